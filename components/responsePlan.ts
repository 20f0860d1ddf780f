import type { PlannedChannel, ResponsePlan } from "../architect/plan.ts";
import type { WatchedCondition } from "../functions/pipeline/incident.ts";
import type { Channel } from "../functions/pipeline/settings.ts";
import { type ActionSet, actionRef } from "./dataAction.ts";
import { type GenesysActionSet, genesysActions } from "./genesysActions.ts";
import { type PagerDutyActions, pagerDutyActions, pagerDutyChannel } from "./incidentSystems/pagerDuty.ts";
import { type TwilioActions, twilioActions, twilioChannel } from "./incidentSystems/twilio.ts";
import { type LedgerActionSet, ledgerActions } from "./ledgerActions.ts";
import type { Settings } from "./settings.ts";

/** HealthCheckTrigger reads the instances of a trunk base, which is these conditions' entity. */
const trunkConditions: readonly WatchedCondition[] = ["trunk-down", "trunk-degraded"];

/** Every data action of a stack, by the system that it talks to. Computed: complete before anything is declared. */
export interface ActionSets {
	readonly ledger: LedgerActionSet;
	readonly genesys: GenesysActionSet;
	/** By the service's name, in the order of the tiers. */
	readonly pagerDuty: ReadonlyMap<string, PagerDutyActions>;
	readonly twilio: TwilioActions | undefined;
}

/** The data actions that a stack's channels need. */
export function actionSets({ base, runtime }: Settings): ActionSets {
	const channels = runtime.escalation.tiers.flatMap((tier) => tier.channels);
	const services = channels.flatMap((channel) => (channel.kind === "pagerduty" ? [channel.service] : []));
	const texts = channels.some((channel) => channel.kind === "sms");
	return {
		ledger: ledgerActions(base),
		genesys: genesysActions(base),
		pagerDuty: new Map(services.map((service) => [service, pagerDutyActions(base, service, runtime.pagerduty.region)])),
		twilio: texts && runtime.twilio !== undefined ? twilioActions(base, runtime.twilio) : undefined,
	};
}

export function allSets({ ledger, genesys, pagerDuty, twilio }: ActionSets): readonly ActionSet[] {
	return [ledger, genesys, ...pagerDuty.values(), ...(twilio === undefined ? [] : [twilio])];
}

/** The escalation policy of a stack, resolved to data actions: what the compiler turns into the response workflow. */
export function responsePlan(settings: Settings, sets: ActionSets): ResponsePlan {
	const { escalation, limits } = settings.runtime;
	const { ledger, genesys } = sets;
	return {
		flowName: `${settings.base} Response`,
		description:
			"Claims an incident, pages its tiers until somebody acknowledges, and releases it. Generated: edit the stack's settings instead.",
		...(settings.genesys.division === undefined ? {} : { division: settings.genesys.division }),
		attemptsPerChannel: escalation.attemptsPerChannel,
		waitsSeconds: escalation.waitsSeconds,
		proofSeconds: escalation.proofSeconds,
		readBackSeconds: escalation.readBackSeconds,
		acknowledgeSeconds: escalation.acknowledgeSeconds,
		acknowledgePollSeconds: 60,
		// The incident itself holds one lease; with half of them in use, looking first would only delay the page.
		skipRemediationFromLeases: Math.max(2, Math.ceil(limits.incidentsInResponse / 2)),
		actions: {
			claim: actionRef(ledger, "claim"),
			record: actionRef(ledger, "record"),
			read: actionRef(ledger, "read"),
			release: actionRef(ledger, "release"),
			checkCredentials: actionRef(genesys, "checkCredentials"),
			healthCheck: actionRef(genesys, "healthCheckTrigger"),
		},
		healthCheckFor: trunkConditions,
		tiers: escalation.tiers.map((tier, index) => ({
			name: tier.name,
			channels: tier.channels.map((channel) => plannedChannel(sets, channel, index + 1)),
		})),
	};
}

function plannedChannel({ pagerDuty, twilio }: ActionSets, channel: Channel, tier: number): PlannedChannel {
	if (channel.kind === "pagerduty") {
		const set = pagerDuty.get(channel.service);
		if (set !== undefined) return pagerDutyChannel(set, channel, tier);
	} else if (twilio !== undefined) return twilioChannel(twilio, channel, tier);
	throw new Error(`Expected data actions for the ${channel.kind} channel "${channel.name}" of tier ${tier}, got none`);
}
