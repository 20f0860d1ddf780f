import { policyOf } from "../../../functions/pipeline/route/policy.ts";
import type { EscalationPolicy, RuntimeSettings } from "../../../functions/pipeline/settings.ts";
import { Cover } from "../../../rehearsal/campaign/cover.ts";
import type { Facts, Story } from "../../../rehearsal/campaign/facts.ts";
import { invariants } from "../../../rehearsal/campaign/invariants.ts";
import type { Verb } from "../../../rehearsal/campaign/verbs.ts";
import type { TimelineEvent } from "../../../rehearsal/report/timelineEvent.ts";
import { scenarioFile } from "../../../rehearsal/scenario/scenario.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import type { PagerDutyIncident } from "../../../rehearsal/vendors/pagerduty/account.ts";
import { incidentArrival } from "../../../rehearsal/vendors/pagerduty.ts";
import type { TwilioMessage } from "../../../rehearsal/vendors/sms/messages.ts";
import { messageArrival } from "../../../rehearsal/vendors/sms.ts";
import { start } from "../../../rehearsal/world/offlineWorld.ts";
import { incident } from "../../functions/pipeline/fixtures.ts";

export const key = "inc:1:dev:trunk-down:trunk-base-t";
const { settings } = readStackFile("dev");
export const at = (seconds: number): number => start + seconds * 1000;

export type NewEvent = Pick<TimelineEvent, "what" | "atSeconds"> & Partial<TimelineEvent>;

export const event = ({ what, atSeconds, ...rest }: NewEvent): TimelineEvent => ({ id: 1, who: "overseer", what, atSeconds, ...rest });

export const storyOf = (logged: readonly NewEvent[]): Story => ({
	incident: key,
	occurrence: 1,
	openedAt: 120,
	item: incident({ key, state: "closed" }),
	events: [{ what: "incident-opened" as const, atSeconds: 120 }, ...logged].map((each) => event({ incident: key, occurrence: 1, ...each })),
});

export const proven: NewEvent = { what: "page-proven", atSeconds: 130, tier: 1 };
export const acknowledged: NewEvent = { what: "acknowledged", atSeconds: 260 };
export const recovered: NewEvent = { what: "recovered", atSeconds: 600 };
export const resolved: NewEvent = { what: "incident-resolved", atSeconds: 660, outcome: "everybody-told" };

export const page = (change: Partial<PagerDutyIncident> = {}): PagerDutyIncident => ({
	id: "Q1",
	number: 1,
	serviceId: "PRIMARY1",
	serviceName: "primary",
	incidentKey: `${key}:1:1`,
	alerts: [{ key: `${key}:1:1`, summary: "t", createdAt: at(125), isResolved: true }],
	title: "t",
	severity: "error",
	source: "t",
	component: "",
	group: "",
	details: { condition: "trunk-down", occurrence: "1", tier: "1", openedAt: "x" },
	status: "resolved",
	createdAt: at(125),
	changedAt: at(610),
	answeredAt: at(250),
	resolvedAt: at(610),
	changedBy: { summary: "primary", person: false },
	triggers: 1,
	...change,
});

export function unanswered(change: Partial<PagerDutyIncident>): PagerDutyIncident {
	const { answeredAt: _answer, ...rest } = page(change);
	return rest;
}

export const text = (body: string, seconds: number, occurrence = 1): TwilioMessage => ({
	sid: `SM${seconds}`,
	accountSid: "AC",
	to: "+15555550101",
	from: "+15555550100",
	body: body.startsWith("RECOVERED")
		? `${body} ref ${key}:${occurrence}:1`
		: `${body} Acknowledge: https://hook.test/a/signed/${key}:${occurrence}:1`,
	status: "delivered",
	createdAt: at(seconds),
	sentAt: at(seconds + 5),
	errorCode: undefined,
});

const scenarioInput = {
	name: "calm",
	why: "Nothing is wrong.",
	lasts: "60m",
	trunks: [{ name: "t" }],
	happens: [{ at: "1m", do: "trunk-down", trunk: "t" }],
	invariants: true,
};

/** The facts of a story, with what each vendor has in its own words. */
export interface Given extends Omit<Facts, "arrivals"> {
	readonly pagerduty: readonly PagerDutyIncident[];
	readonly sms: readonly TwilioMessage[];
}

const factsOf = ({ pagerduty, sms, ...facts }: Given): Facts => ({
	...facts,
	arrivals: [
		...pagerduty.map((incident) => ({ ...incidentArrival(incident), kindOfChannel: "pagerduty" as const })),
		...sms.map((message) => ({ ...messageArrival(message), kindOfChannel: "sms" as const })),
	],
});

/** One failure that was paged, answered, ended and told. */
export const calm: Given = {
	scenario: scenarioFile.parse(scenarioInput),
	settings: settings.runtime,
	latency: "normal",
	start,
	end: 7200,
	events: [],
	stories: [storyOf([proven, acknowledged, recovered, resolved])],
	items: [{ key, bytes: 3000 }],
	leases: [],
	pagerduty: [page()],
	sms: [text("HIGH: t", 140), text("RECOVERED: t:", 620)],
	entities: { trunk: new Map([["t", "trunk-base-t"]]), edge: new Map(), queue: new Map() },
	cover: new Cover([], 0),
	skew: 0,
	calls: new Map([["events.pagerduty.com", new Map([[2, 3]])]]),
	leaks: [],
};

/** The calm story with one verb more. */
export const withVerb = (verb: Verb): Facts["scenario"] => ({
	...calm.scenario,
	happens: [...calm.scenario.happens, ...scenarioFile.parse({ ...scenarioInput, happens: [verb] }).happens],
});

export const brokenIn = (given: Given): readonly string[] =>
	invariants.flatMap(({ name, violations }) => (violations(factsOf(given)).length > 0 ? [name] : []));

/** The calm settings with another default policy. */
export const withPolicy = (change: Partial<EscalationPolicy>): RuntimeSettings => ({
	...calm.settings,
	policies: { ...calm.settings.policies, telephony: { ...policyOf(calm.settings, {}), ...change } },
});
