import { describe, expect, test } from "vitest";
import type { Story } from "../../../rehearsal/campaign/facts.ts";
import type { TimelineEvent } from "../../../rehearsal/report/timelineEvent.ts";
import type { PagerDutyIncident } from "../../../rehearsal/vendors/pagerduty/account.ts";
import { incident } from "../../functions/pipeline/fixtures.ts";
import {
	acknowledged,
	at,
	brokenIn,
	calm,
	event,
	type Given,
	key,
	type NewEvent,
	page,
	proven,
	recovered,
	resolved,
	storyOf,
	text,
	unanswered,
	withPolicy,
	withVerb,
} from "./calmStory.ts";

/** Everybody was asked, nobody answered, and nobody was asked anew for five hours. */
const exhaustedAt = 900;
const long = { end: 40_000 } as const;
const silent = (logged: readonly NewEvent[]): Partial<Given> => ({
	...long,
	stories: [
		storyOf([
			proven,
			{ what: "page-sent", atSeconds: 430, tier: 2 },
			{ what: "exhausted", atSeconds: exhaustedAt },
			...logged,
			{ ...recovered, atSeconds: 20_000 },
			{ ...resolved, atSeconds: 20_060 },
		]),
	],
	pagerduty: [unanswered({ resolvedAt: at(20_010) })],
	sms: [],
});
const silentAfterLastTier = silent([]);

const observed = (outcome: "breach" | "clear", atSeconds: number, detail = ""): TimelineEvent =>
	event({ what: "observed", incident: key, outcome, atSeconds, detail });

/** It was answered, well for three readings while it was held, and failed again; nothing came of it. */
const relapseEvents = [
	observed("clear", 300),
	observed("clear", 360),
	observed("clear", 420),
	observed("breach", 480, "breach-counted"),
	observed("breach", 540, "breach-streak-reached"),
];
const silentRelapse: Partial<Given> = {
	events: relapseEvents,
	stories: [
		storyOf([proven, acknowledged, { what: "held", atSeconds: 300 }, { ...recovered, atSeconds: 1200 }, { ...resolved, atSeconds: 1260 }]),
	],
	pagerduty: [page({ resolvedAt: at(1210) })],
	sms: [text("HIGH: t", 140), text("RECOVERED: t:", 1220)],
};

/** The end could not be told once, and was not tried again for an hour. */
const forgottenEnd: Partial<Given> = {
	stories: [
		storyOf([
			proven,
			acknowledged,
			recovered,
			{ what: "page-failed", atSeconds: 605, tier: 1, channel: "pagerduty", attempt: 1, outcome: "unavailable", detail: "recovery: 503" },
			{ ...resolved, atSeconds: 4300 },
		]),
	],
	pagerduty: [page({ resolvedAt: at(4290) })],
};

const refusedKey: Partial<Given> = { scenario: withVerb({ at: "10m", do: "refuses", client: "pagerduty-primary", for: "45m" }) };

const relapsed = (logged: readonly NewEvent[]): Story => {
	const opened = { what: "incident-opened" as const, atSeconds: 541 };
	return {
		incident: key,
		occurrence: 2,
		openedAt: 541,
		item: incident({ key, occurrence: 2, state: "closed" }),
		events: [opened, ...logged].map((each) => event({ incident: key, occurrence: 2, ...each })),
	};
};
const relapsedPage = (title: string): PagerDutyIncident =>
	page({
		id: "Q2",
		title,
		incidentKey: `${key}:2:1`,
		createdAt: at(550),
		answeredAt: at(565),
		details: { condition: "trunk-down", occurrence: "2", tier: "1", openedAt: "y" },
	});

const keyIncident = "inc:1:dev:credentials-failing:pagerduty-primary";
const keyStory: Story = {
	incident: keyIncident,
	occurrence: 1,
	openedAt: 1500,
	item: incident({ key: keyIncident, state: "closed" }),
	events: [
		{ what: "incident-opened" as const, atSeconds: 1500 },
		{ ...proven, atSeconds: 1510 },
		{ ...acknowledged, atSeconds: 1520 },
		{ ...recovered, atSeconds: 3600 },
		{ ...resolved, atSeconds: 3660 },
	].map((each) => event({ incident: keyIncident, occurrence: 1, ...each })),
};

describe("the invariants of the policy", () => {
	test.each<{ name: string; change: Partial<Given> }>([
		{ name: "asked-again", change: silentAfterLastTier },
		{ name: "asked-again", change: { ...silentAfterLastTier, skew: exhaustedAt - 100 } },
		{
			name: "asked-again",
			change: { ...silentAfterLastTier, sms: [text("HIGH: t", exhaustedAt + 20), text("RECOVERED: t:", 20_020)], skew: exhaustedAt - 50 },
		},
		{ name: "relapse-told", change: silentRelapse },
		{ name: "owed-until-told", change: forgottenEnd },
		{ name: "credentials-watched", change: refusedKey },
	])("$name is broken alone where it should be", ({ name, change }) => {
		expect(brokenIn({ ...calm, ...change })).toEqual([name]);
	});

	test.each<{ name: string; change: Partial<Given> }>([
		{
			name: "everybody is asked as often as the settings allow",
			change: { ...silentAfterLastTier, settings: withPolicy({ repeatsADay: 0 }) },
		},
		{
			name: "the next round is paged in time",
			change: {
				...silent([
					{ what: "repeated", atSeconds: 4600, outcome: "nobody-answered" },
					{ ...acknowledged, atSeconds: 6000 },
				]),
				sms: [text("HIGH: t; still failing", 4620), text("RECOVERED: t:", 20_020)],
			},
		},
		{
			name: "the relapse is an occurrence of its own, and its page says so",
			change: {
				...silentRelapse,
				stories: [
					storyOf([
						proven,
						acknowledged,
						{ what: "held", atSeconds: 300 },
						{ ...recovered, atSeconds: 540, outcome: "relapsed" },
						{ ...resolved, atSeconds: 600 },
					]),
					relapsed([{ ...proven, atSeconds: 560 }, { ...acknowledged, atSeconds: 570 }, recovered, resolved]),
				],
				pagerduty: [page({ resolvedAt: at(580) }), relapsedPage("t is down; failed again after 2 minutes")],
				sms: [],
			},
		},
		{
			name: "the end that could not be told is told later",
			change: {
				...forgottenEnd,
				stories: (forgottenEnd.stories ?? []).map((story) => ({
					...story,
					events: story.events.flatMap((each) =>
						each.what === "page-failed" ? [each, { ...each, what: "recovery-sent" as const, atSeconds: 700 }] : [each],
					),
				})),
			},
		},
		{
			name: "the refused key has an incident",
			change: { ...refusedKey, stories: [...calm.stories, keyStory] },
		},
	])("hold where $name", ({ change }) => {
		expect(brokenIn({ ...calm, ...change })).toEqual([]);
	});

	test.each([
		{ name: "page", pages: [relapsedPage("t is down")], texts: [] },
		{ name: "text, which came first,", pages: [relapsedPage("t is down; failed again after 2 minutes")], texts: ["HIGH: t"] },
	])("a relapse whose $name does not say so is none that anybody hears of", ({ pages, texts }) => {
		const next = relapsed([{ ...proven, atSeconds: 560 }, { ...acknowledged, atSeconds: 570 }, recovered, resolved]);
		const before = storyOf([
			proven,
			acknowledged,
			{ what: "held", atSeconds: 300 },
			{ ...recovered, atSeconds: 540, outcome: "relapsed" },
			{ ...resolved, atSeconds: 600 },
		]);
		const change = {
			...silentRelapse,
			stories: [before, next],
			pagerduty: [page({ resolvedAt: at(580) }), ...pages],
			sms: texts.flatMap((body) => [text(body, 545, 2), text("RECOVERED: t:", 620, 2)]),
		};
		expect(brokenIn({ ...calm, ...change })).toEqual(["relapse-told"]);
	});

	/** The first page was answered; the next round's page came to the same place `newerAt`, and its next tier was paged long after the answer. */
	const rounds = (answeredAt: number, newerAt: number, endedAt: number): Partial<Given> => {
		const repeat = { what: "repeated" as const, atSeconds: 3700, outcome: "nobody-answered" };
		const late = { what: "acknowledged" as const, atSeconds: 7400 };
		const logged = [proven, { what: "exhausted" as const, atSeconds: 400 }, repeat, late];
		const end = [
			{ ...recovered, atSeconds: 20_000 },
			{ ...resolved, atSeconds: 20_060 },
		];
		return {
			end: 24_000,
			stories: [storyOf([...logged, ...end])],
			pagerduty: [
				page({ answeredAt: at(answeredAt), resolvedAt: at(endedAt) }),
				unanswered({ id: "Q2", incidentKey: `${key}:1:1r2`, createdAt: at(newerAt), resolvedAt: at(7360) }),
				page({ id: "Q3", incidentKey: `${key}:1:2r2`, createdAt: at(7310), answeredAt: at(7350), resolvedAt: at(20_010) }),
			],
			sms: [],
		};
	};

	test.each([
		{ name: "an answer that we end unread", answeredAt: 3720, newerAt: 3725, endedAt: 3760, broken: ["not-paged-after"] },
		{ name: "an answer beside a newer page, while the old one is ended", answeredAt: 3730, newerAt: 3725, endedAt: 3760, broken: [] },
		{
			name: "an answer beside a newer page, long before the end",
			answeredAt: 3730,
			newerAt: 3725,
			endedAt: 6000,
			broken: ["answer-seen", "not-paged-after"],
		},
	])("$name breaks $broken", ({ answeredAt, newerAt, endedAt, broken }) => {
		expect(brokenIn({ ...calm, ...rounds(answeredAt, newerAt, endedAt) }).filter((name) => /answer|not-paged/.test(name))).toEqual(broken);
	});

	test("an answer is looked for among as many pages as there were rounds: with little allowance that takes its time", () => {
		const settingsOf = (vendorRequestsPerMinute: number) => ({
			...calm.settings,
			limits: { ...calm.settings.limits, vendorRequestsPerMinute },
		});
		const seenLate = { ...rounds(3730, 3725, 7380), ...{ stories: rounds(0, 0, 0).stories ?? [] } };
		expect(brokenIn({ ...calm, ...seenLate, settings: settingsOf(60) })).toContain("answer-seen");
		// 4 places x 4 requests x 2 rounds, one a minute: 32 minutes.
		expect(brokenIn({ ...calm, ...seenLate, settings: settingsOf(0.25) })).not.toContain("answer-seen");
	});
});
