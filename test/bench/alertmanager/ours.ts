import { parseDedupKey, parseIncidentKey } from "../../../functions/pipeline/model/keys.ts";
import { play } from "../../../rehearsal/play.ts";
import { type Happens, type Scenario, scenarioFile } from "../../../rehearsal/scenario/scenario.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import { type OfflineWorld, start } from "../../../rehearsal/world/offlineWorld.ts";
import type { Notice } from "./count.ts";
import { type Case, type CaseKind, failures, fault, flood, lastsSeconds, restart } from "./schedule.ts";

/** The channels of the one tier; the rest of the settings is that of the stack `dev`. */
export type Channels = "pagerduty" | "pagerduty-then-sms";

const pagerduty = { kind: "pagerduty", service: "primary", serviceId: "PRIMARY1" };
const sms = { kind: "sms", to: "+15555550101" };
const channelsOf = { pagerduty: [pagerduty], "pagerduty-then-sms": [pagerduty, sms] } as const;
/** Nobody answers, and Alertmanager does not escalate: neither does this policy before the end. */
const unanswered = 7200;
const webhooksAtOnce = 1000;

/** Plays the case in virtual time, with calls that take time, and returns what reached people. */
export async function playOurs(given: Case, channels: Channels, seed: number): Promise<readonly Notice[]> {
	const { world } = await play({ scenario: scenarioOf(given, channels), file: readStackFile("dev"), seed });
	return [...incidents(world), ...messages(world)];
}

/** The case as a scenario of the rehearsal. */
export function scenarioOf(given: Case, channels: Channels): Scenario {
	return scenarioFile.parse({
		name: given.name,
		why: "The same schedule as for Alertmanager.",
		lasts: span(lastsSeconds),
		latency: "normal",
		trunks: failures.map(({ name }) => ({ name, edges: 1 })),
		settings: { policies: { telephony: { staleSeconds: unanswered, tiers: [{ name: "primary", channels: channelsOf[channels] }] } } },
		happens: [...failures.map(({ name, atSeconds }) => ({ at: span(atSeconds), do: "trunk-down", trunk: name })), ...faultsOf(given.kind)],
		must: [{ by: span(lastsSeconds), what: "incident-opened" }],
	});
}

function faultsOf(kind: CaseKind): readonly object[] {
	const of = { system: "pagerduty", for: span(fault.untilSeconds - fault.fromSeconds) };
	const at = span(fault.fromSeconds);
	switch (kind) {
		case "nothing":
			return [];
		case "unavailable":
			return [{ at, do: "answers", status: 503, ...of }];
		case "hangs":
		case "loses":
		case "drops-answers":
			return [{ at, do: kind, ...of }];
		case "restart":
			return killEverything();
		case "flood":
			return repeatReading();
	}
}

/** Every function dies at its next call, and for the minute every workflow that is launched fails. */
function killEverything(): readonly object[] {
	const at = span(restart.killedSeconds);
	const functions: readonly Extract<Happens, { do: "kills" }>["function"][] = ["poller", "dispatcher", "ledger", "overseer"];
	return [
		...functions.map((name) => ({ at, do: "kills", function: name })),
		{ at, do: "workflows", how: "error", for: span(restart.backSeconds - restart.killedSeconds) },
	];
}

/** The first failure is reported again and again by a signed webhook, in steps of a thousand. */
function repeatReading(): readonly object[] {
	const steps = flood.times / webhooksAtOnce;
	return Array.from({ length: steps }, (_, step) => ({
		at: span(flood.fromSeconds + (step * flood.forSeconds) / steps),
		do: "webhook",
		trunk: failures[0]?.name,
		verdict: "breach",
		times: webhooksAtOnce,
	}));
}

const span = (seconds: number): string => `${seconds}s`;
const policySeconds = (at: number): number => (at - start) / 1000;

/** An incident at PagerDuty pages once, however many triggers it takes in. */
function incidents({ vendors, trunkIds }: OfflineWorld): readonly Notice[] {
	const names = new Map([...trunkIds].map(([name, id]) => [id, name]));
	return vendors.pagerduty.world.incidents().map(({ incidentKey, createdAt }) => {
		const entityId = parseIncidentKey(parseDedupKey(incidentKey)?.key ?? "")?.entityId;
		return { channel: "pagerduty", failure: names.get(entityId ?? ""), atSeconds: policySeconds(createdAt) };
	});
}

function messages({ vendors }: OfflineWorld): readonly Notice[] {
	return vendors.sms.world.messages().flatMap(({ body, status, sentAt }) => {
		if (status !== "delivered" || sentAt === undefined) return [];
		const failure = failures.find(({ name }) => body.includes(name))?.name;
		return [{ channel: "sms", failure, atSeconds: policySeconds(sentAt) }];
	});
}
