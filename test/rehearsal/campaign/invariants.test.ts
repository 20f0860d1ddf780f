import { describe, expect, test } from "vitest";
import { Cover } from "../../../rehearsal/campaign/cover.ts";
import type { Facts, Story } from "../../../rehearsal/campaign/facts.ts";
import { invariants } from "../../../rehearsal/campaign/invariants.ts";
import { start } from "../../../rehearsal/offlineWorld.ts";
import type { PagerDutyIncident } from "../../../rehearsal/pagerdutyAccount.ts";
import { scenarioFile } from "../../../rehearsal/scenario.ts";
import { readStackFile } from "../../../rehearsal/stackFile.ts";
import type { TimelineEvent } from "../../../rehearsal/timeline.ts";
import type { TwilioMessage } from "../../../rehearsal/twilioMessages.ts";
import { incident } from "../../functions/pipeline/fixtures.ts";

const key = "inc:1:dev:trunk-down:trunk-base-t";
const { settings } = readStackFile("dev");
const at = (seconds: number): number => start + seconds * 1000;

type Told = Pick<TimelineEvent, "what" | "atSeconds"> & Partial<TimelineEvent>;

const event = ({ what, atSeconds, ...rest }: Told): TimelineEvent => ({ id: 1, who: "overseer", what, atSeconds, ...rest });

const storyOf = (told: readonly Told[]): Story => ({
	incident: key,
	occurrence: 1,
	openedAt: 120,
	item: incident({ key }),
	events: [{ what: "incident-opened" as const, atSeconds: 120 }, ...told].map((each) => event({ incident: key, occurrence: 1, ...each })),
});

const proven: Told = { what: "page-proven", atSeconds: 130, tier: 1 };
const acknowledged: Told = { what: "acknowledged", atSeconds: 260 };
const recovered: Told = { what: "recovered", atSeconds: 600 };
const resolved: Told = { what: "incident-resolved", atSeconds: 660, outcome: "everybody-told" };

const page = (change: Partial<PagerDutyIncident> = {}): PagerDutyIncident => ({
	id: "Q1",
	number: 1,
	serviceId: "PRIMARY1",
	serviceName: "primary",
	incidentKey: `${key}:1:1`,
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

const text = (body: string, seconds: number): TwilioMessage => ({
	sid: `SM${seconds}`,
	accountSid: "AC",
	to: "+15555550101",
	from: "+15555550100",
	body: body.startsWith("RECOVERED") ? `${body} ref ${key}:1:1` : `${body} Acknowledge: https://hook.test/a/signed/${key}:1:1`,
	status: "delivered",
	createdAt: at(seconds),
	sentAt: at(seconds + 5),
	errorCode: undefined,
});

/** One failure that was paged, answered, ended and told. */
const calm: Facts = {
	scenario: scenarioFile.parse({
		name: "calm",
		why: "Nothing is wrong.",
		lasts: "60m",
		trunks: [{ name: "t" }],
		happens: [{ at: "1m", do: "trunk-down", trunk: "t" }],
		invariants: true,
	}),
	settings: settings.runtime,
	latency: "normal",
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

const { resolvedAt: _resolved, ...unresolved } = page();
const nobodyAnswered = { pagerduty: [], sms: [] } as const;

const brokenIn = (facts: Facts): readonly string[] =>
	invariants.flatMap(({ name, violations }) => (violations(facts).length > 0 ? [name] : []));

describe("the invariants", () => {
	test("hold in a story in which all went well", () => {
		expect(brokenIn(calm)).toEqual([]);
	});

	test.each<{ name: string; change: Partial<Facts> }>([
		{ name: "confirmed", change: { stories: [], pagerduty: [], sms: [] } },
		{ name: "kept", change: { stories: [{ ...storyOf([proven, acknowledged, recovered, resolved]), item: undefined }] } },
		{
			name: "paged",
			change: {
				...nobodyAnswered,
				latency: "slow",
				stories: [
					storyOf([
						{ ...recovered, atSeconds: 5000 },
						{ ...resolved, atSeconds: 5060 },
					]),
				],
			},
		},
		{ name: "paged-at-once", change: { ...nobodyAnswered, stories: [storyOf([{ ...proven, atSeconds: 500 }, recovered, resolved])] } },
		{
			name: "escalated",
			change: { ...nobodyAnswered, stories: [storyOf([proven, { ...recovered, atSeconds: 6000 }, { ...resolved, atSeconds: 6060 }])] },
		},
		{
			name: "answer-seen",
			change: {
				stories: [storyOf([proven, { ...recovered, atSeconds: 900 }, { ...resolved, atSeconds: 960 }])],
				pagerduty: [page({ resolvedAt: at(910) })],
			},
		},
		{ name: "not-paged-after", change: { sms: [text("HIGH: t", 500), text("RECOVERED: t", 620)] } },
		{ name: "one-incident", change: { pagerduty: [page(), page({ id: "Q2", incidentKey: `${key}:1:2` })] } },
		{ name: "end-told", change: { sms: [text("HIGH: t", 140)] } },
		{ name: "nothing-left-open", change: { pagerduty: [{ ...unresolved, status: "acknowledged" }] } },
		{ name: "closed", change: { stories: [storyOf([proven, acknowledged, recovered])] } },
		{ name: "few-calls", change: { calls: new Map([["events.pagerduty.com", new Map([[2, 500]])]]) } },
		{ name: "in-budget", change: { calls: new Map([["api.mypurecloud.de", new Map([[2, 1000]])]]) } },
		{
			name: "few-messages",
			change: { sms: [...Array.from({ length: 9 }, (_, index) => text("HIGH: t", 140 + index)), text("RECOVERED: t", 620)] },
		},
		{ name: "in-time", change: { events: [event({ what: "killed", atSeconds: 300, who: "overseer", outcome: "timeout" })] } },
		{ name: "leases-return", change: { leases: [{ launchId: "l", incidentKey: key, until: at(90_000) }], end: 20_000 } },
		{ name: "small-items", change: { items: [{ key, bytes: 65_536 }] } },
		{ name: "no-secret", change: { leaks: ["the ledger"] } },
	])("$name is broken alone where it should be", ({ name, change }) => {
		expect(brokenIn({ ...calm, ...change })).toEqual([name]);
	});

	test.each(["paged", "paged-at-once"])("%s waits for the end of a fault", (name) => {
		const late = storyOf([
			{ ...proven, atSeconds: 4000 },
			{ ...acknowledged, atSeconds: 4020 },
			{ ...recovered, atSeconds: 4100 },
			{ ...resolved, atSeconds: 4160 },
		]);
		const facts = {
			...calm,
			stories: [late],
			pagerduty: [page({ createdAt: at(3990), answeredAt: at(4010), resolvedAt: at(4110) })],
			sms: [],
		};
		expect(brokenIn(facts)).toContain(name);
		expect(brokenIn({ ...facts, cover: new Cover([{ from: 100, until: 3900 }], 150) })).toEqual([]);
	});
});
