import { describe, expect, test } from "vitest";
import { Cover } from "../../../rehearsal/campaign/cover.ts";
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

const { resolvedAt: _resolved, ...unresolved } = page();
const nobodyAnswered = { pagerduty: [], sms: [] } as const;

describe("the invariants", () => {
	test("hold in a story in which all went well", () => {
		expect(brokenIn(calm)).toEqual([]);
	});

	test.each<{ name: string; change: Partial<Given> }>([
		{ name: "confirmed", change: { stories: [], pagerduty: [], sms: [] } },
		{
			name: "confirmed",
			change: { scenario: withVerb({ at: "10m", do: "webhook", trunk: "seen-elsewhere", format: "alertmanager", verdict: "breach" }) },
		},
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
		{
			name: "nobody-else-answers",
			change: {
				stories: [storyOf([proven, { ...acknowledged, who: "normalizer", detail: "by Mallory" }, recovered, resolved])],
			},
		},
		{ name: "not-paged-after", change: { sms: [text("HIGH: t", 500), text("RECOVERED: t", 620)] } },
		{
			name: "not-paged-after",
			change: {
				stories: [storyOf([proven, { ...acknowledged, who: "normalizer", outcome: "link" }, recovered, resolved])],
				pagerduty: [unanswered({})],
				sms: [text("HIGH: t", 500), text("RECOVERED: t", 620)],
			},
		},
		{ name: "one-incident", change: { pagerduty: [page(), page({ id: "Q2", incidentKey: `${key}:1:2` })] } },
		{ name: "end-told", change: { sms: [text("HIGH: t", 140)] } },
		{ name: "end-told", change: { sms: [{ ...text("HIGH: t", 140), status: "sent" }] } },
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

	test("a page is read back as seldom as the workflow does it, not as often as the settings ask", () => {
		const late = storyOf([{ ...proven, atSeconds: 315 }, { ...acknowledged, atSeconds: 330 }, recovered, resolved]);
		const brokenWith = (proofSeconds: number) => {
			const settings = withPolicy({ proofSeconds, readBackSeconds: 1 });
			return brokenIn({ ...calm, stories: [late], pagerduty: [page({ answeredAt: at(320) })], settings });
		};
		expect(brokenWith(60)).toEqual(["paged-at-once"]);
		expect(brokenWith(900)).toEqual([]);
	});

	test("a text that its carrier only has is a page where a fault touches it", () => {
		const presumed = storyOf([
			{ what: "page-presumed", atSeconds: 400, tier: 1 },
			{ ...recovered, atSeconds: 5000 },
			{ ...resolved, atSeconds: 5060 },
		]);
		const facts = { ...calm, ...nobodyAnswered, latency: "slow" as const, stories: [presumed] };
		expect(brokenIn(facts)).toEqual(["paged"]);
		expect(brokenIn({ ...facts, cover: new Cover([{ from: 200, until: 300 }], 60) })).toEqual([]);
	});

	test("an end waits for the reads of each earlier round, and no longer", () => {
		const settings = { ...calm.settings, limits: { ...calm.settings.limits, vendorRequestsPerMinute: 1 } };
		const closedAt = (atSeconds: number, rounds: number) => {
			const again = Array.from({ length: rounds }, (_, index): NewEvent => ({ what: "repeated", atSeconds: 300 + index }));
			const story = storyOf([proven, ...again, acknowledged, recovered, { ...resolved, atSeconds }]);
			return brokenIn({ ...calm, settings, stories: [story], pagerduty: [], sms: [] });
		};
		expect(closedAt(7000, 0)).toContain("closed");
		expect(closedAt(7000, 9)).not.toContain("closed");
	});
});
