import { pollEverySeconds, readEverySeconds } from "../../functions/pipeline/limits/pace.ts";
import { trunkConditions } from "../../functions/pipeline/model/incident.ts";
import { holdsLink } from "../../functions/pipeline/page/link.ts";
import { remediationSkippedFrom } from "../../functions/pipeline/remedy/rules.ts";
import { pagingChannels, policyOf } from "../../functions/pipeline/route/policy.ts";
import type { Channel, Remediation } from "../../functions/pipeline/settings.ts";
import type { PlannedChannel, PlannedRemediation, ResponsePlan } from "../../response/plan.ts";
import { isAction } from "../../vendors/actions.ts";
import { credentialOf } from "../../vendors/credentials.ts";
import { channelKinds } from "../../vendors/kinds.ts";
import { accountOf } from "../../vendors/settings.ts";
import { asksPeople, remediationsOf } from "../remediator.ts";
import type { Settings } from "../settings/settings.ts";
import { type ActionSet, actionRef } from "./dataAction.ts";
import { type GenesysActionSet, genesysActions } from "./genesysActions.ts";
import { type LedgerActionSet, ledgerActions } from "./ledgerActions.ts";
import { type MessengerActionSet, messengerActions, messengerChannel } from "./messengerActions.ts";
import { type RemedyActionSet, remedyActions } from "./remedyActions.ts";
import { type VendorActions, vendorActions } from "./vendors/vendorActions.ts";
import { type PageLinks, vendorChannel } from "./vendors/vendorChannel.ts";

/** Every data action of a stack, by the system that it talks to. Computed: complete before anything is declared. */
export interface ActionSets {
	readonly ledger: LedgerActionSet;
	readonly genesys: GenesysActionSet;
	/** By the credential's name, in the order of the vendors. */
	readonly vendors: ReadonlyMap<string, VendorActions>;
	/** Only where a runbook may act. */
	readonly remedy: RemedyActionSet | undefined;
	/** Only where a channel pages that no data action can call. */
	readonly messenger: MessengerActionSet | undefined;
}

/** The data actions that a stack's channels need. */
export function actionSets({ base, runtime }: Settings): ActionSets {
	return {
		ledger: ledgerActions(base),
		genesys: genesysActions(base),
		vendors: vendorSets(base, runtime),
		remedy: remediationsOf(runtime).length > 0 ? remedyActions(base) : undefined,
		messenger: pagingChannels(runtime).every(({ kind }) => isAction(kind)) ? undefined : messengerActions(base),
	};
}

function vendorSets(base: string, runtime: Settings["runtime"]): ActionSets["vendors"] {
	const channels = pagingChannels(runtime).filter(({ kind }) => isAction(kind));
	const ordered = channelKinds.flatMap((kind) => channels.filter((channel) => channel.kind === kind));
	return new Map(
		ordered.flatMap((channel) => {
			const account = accountOf(runtime, channel.kind);
			return account === undefined ? [] : [[credentialOf(channel), vendorActions(base, channel, account)]];
		}),
	);
}

export function allSets({ ledger, genesys, vendors, remedy, messenger }: ActionSets): readonly ActionSet[] {
	return [ledger, genesys, ...vendors.values(), ...[remedy, messenger].flatMap((set) => set ?? [])];
}

/** One policy of a stack, resolved to data actions: what the compiler turns into its response workflow. */
export function responsePlan(settings: Settings, policy: string, sets: ActionSets): ResponsePlan {
	const escalation = policyOf(settings.runtime, { policy });
	const { limits } = settings.runtime;
	const { ledger, genesys, remedy } = sets;
	const asks = asksPeople(remediationsOf(settings.runtime));
	return {
		flowName: `${settings.base} Response ${policy}`,
		description:
			"Claims an incident, pages its tiers until somebody acknowledges, and releases it. Generated: edit the stack's settings instead.",
		...(settings.genesys.division === undefined ? {} : { division: settings.genesys.division }),
		attemptsPerChannel: escalation.attemptsPerChannel,
		waitsSeconds: escalation.waitsSeconds,
		proofSeconds: escalation.proofSeconds,
		readBackSeconds: readEverySeconds(escalation),
		acknowledgeSeconds: escalation.acknowledgeSeconds,
		acknowledgePollSeconds: pollEverySeconds(escalation),
		skipRemediationFromLeases: remediationSkippedFrom(limits),
		actions: {
			claim: actionRef(ledger, "claim"),
			record: actionRef(ledger, "record"),
			read: actionRef(ledger, "read"),
			release: actionRef(ledger, "release"),
			checkCredentials: actionRef(genesys, "checkCredentials"),
			healthCheck: actionRef(genesys, "healthCheckTrigger"),
		},
		// HealthCheckTrigger reads the instances of a trunk base, which is these conditions' entity.
		healthCheckFor: trunkConditions,
		...(remedy === undefined ? {} : { remediation: plannedRemediation(remedy, remediationsOf(settings.runtime)) }),
		tiers: escalation.tiers.map((tier, index) => ({
			name: tier.name,
			channels: tier.channels.map((channel) =>
				plannedChannel(sets, channel, index + 1, { approves: asks, acknowledges: holdsLink(escalation, channel.kind) }),
			),
		})),
	};
}

function plannedRemediation(set: RemedyActionSet, remediations: readonly Remediation[]): PlannedRemediation {
	const windows = remediations.filter(({ mode }) => mode === "auto").map(({ windowSeconds }) => windowSeconds);
	return {
		begin: actionRef(set, "begin"),
		check: actionRef(set, "check"),
		undo: actionRef(set, "undo"),
		windowSeconds: Math.max(0, ...windows),
		pollSeconds: 60,
	};
}

function plannedChannel({ vendors, messenger }: ActionSets, channel: Channel, tier: number, links: PageLinks): PlannedChannel {
	if (messenger !== undefined && !isAction(channel.kind)) return messengerChannel(messenger, channel, tier);
	const set = vendors.get(credentialOf(channel));
	if (set !== undefined) return vendorChannel(set, channel, tier, links);
	throw new Error(`Expected data actions for the ${channel.kind} channel "${channel.name}" of tier ${tier}, got none`);
}
