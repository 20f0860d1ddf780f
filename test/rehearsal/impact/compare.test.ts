import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { compareStories } from "../../../rehearsal/impact/compareStories.ts";
import { lossesOf } from "../../../rehearsal/impact/losses.ts";
import { comparePolicies } from "../../../rehearsal/impact/policies.ts";
import { compareRouting } from "../../../rehearsal/impact/routing.ts";
import { plain } from "../../../rehearsal/impact/said.ts";
import { type Outcome, outcomesOf, type Told } from "../../../rehearsal/impact/told.ts";
import { parseStackFile } from "../../../rehearsal/scenario/stackFile.ts";

const base = readFileSync(new URL("../../../examples/impact/before.yaml", import.meta.url), "utf8");

/** The settings of the example, with one part of the text in the place of another. */
function runtime(from = "", to = "") {
	if (!base.includes(from)) throw new Error(`Expected the example to hold ${from}`);
	return parseStackFile(
		"dev",
		base.replace(from, () => to),
	).settings.runtime;
}

const primary: Told = { target: "pagerduty primary", people: "telephony/primary", atSeconds: 120 };
const secondary: Told = { target: "pagerduty secondary", people: "telephony/secondary", atSeconds: 420 };
const text: Told = { target: "sms +15555550102", people: "telephony/secondary", atSeconds: 430 };

const outcome = (told: readonly Told[], change: Partial<Outcome> = {}): Outcome => ({
	key: "inc:1:dev:trunk-down:base-1",
	occurrence: 1,
	condition: "trunk-down",
	entity: "Frankfurt-1",
	severity: "high",
	told,
	because: "silenced by works",
	...change,
});

describe("two outcomes of one story", () => {
	const about = { scenario: "s", incident: "inc:1:dev:trunk-down:base-1", occurrence: 1, condition: "trunk-down", entity: "Frankfurt-1" };

	test.each([
		{ name: "nothing differs", from: [outcome([primary])], to: [outcome([primary])], is: [] },
		{ name: "so little later is the same", from: [outcome([primary])], to: [outcome([{ ...primary, atSeconds: 150 }])], is: [] },
		{
			name: "later",
			from: [outcome([primary])],
			to: [outcome([{ ...primary, atSeconds: 151 }])],
			is: [{ kind: "later", people: "telephony/primary", target: "pagerduty primary", bySeconds: 31 }],
		},
		{
			name: "earlier",
			from: [outcome([primary])],
			to: [outcome([{ ...primary, atSeconds: 60 }])],
			is: [{ kind: "earlier", people: "telephony/primary", target: "pagerduty primary", bySeconds: 60 }],
		},
		{
			name: "newly paged",
			from: [outcome([primary])],
			to: [outcome([primary, secondary])],
			is: [{ kind: "newly-paged", people: "telephony/secondary", target: "pagerduty secondary", atSeconds: 420 }],
		},
		{
			name: "no longer paged",
			from: [outcome([primary, secondary])],
			to: [outcome([primary])],
			is: [
				{
					kind: "no-longer-paged",
					people: "telephony/secondary",
					target: "pagerduty secondary",
					because: "paged instead: pagerduty primary",
				},
			],
		},
		{
			name: "the same people by another channel",
			from: [outcome([primary, secondary])],
			to: [outcome([primary, text])],
			is: [
				{
					kind: "other-channel",
					people: "telephony/secondary",
					target: "pagerduty secondary",
					instead: "sms +15555550102",
					bySeconds: 10,
				},
			],
		},
		{
			name: "other severity",
			from: [outcome([primary])],
			to: [outcome([primary], { severity: "low" })],
			is: [{ kind: "other-severity", from: "high", to: "low" }],
		},
		{
			name: "nobody is paged, with the reason of the story",
			from: [outcome([primary])],
			to: [outcome([])],
			is: [
				{ kind: "nobody-paged", because: "silenced by works" },
				{ kind: "no-longer-paged", people: "telephony/primary", target: "pagerduty primary", because: "silenced by works" },
			],
		},
		{
			name: "nobody is paged, as it is not opened",
			from: [outcome([primary])],
			to: [],
			is: [
				{ kind: "nobody-paged", because: "it is not opened" },
				{ kind: "no-longer-paged", people: "telephony/primary", target: "pagerduty primary", because: "it is not opened" },
			],
		},
		{ name: "what nobody was paged for is lost by nobody", from: [outcome([])], to: [], is: [] },
		{ name: "what both only list is told where it is listed", from: [outcome([primary], { isListed: true })], to: [], is: [] },
	])("$name", ({ from, to, is }) => {
		const shown = compareStories(from, to, { scenario: "s", toleratedSeconds: 30 });
		expect(shown).toEqual(is.map((difference) => ({ ...difference, ...about })));
	});

	test("a second occurrence that is a part of the first, which told people, is no loss", () => {
		const two = [outcome([primary]), outcome([primary], { occurrence: 2 })];
		expect(compareStories(two, [outcome([primary])], { scenario: "s", toleratedSeconds: 30 })).toEqual([]);
		const untold = compareStories([outcome([]), outcome([primary], { occurrence: 2 })], [outcome([])], {
			scenario: "s",
			toleratedSeconds: 30,
		});
		expect(untold.map(({ kind }) => kind)).toEqual(["nobody-paged", "no-longer-paged"]);
	});
});

describe("what a story tells", () => {
	const key = "inc:1:dev:trunk-down:base-1";
	const edge = "inc:1:dev:edge-offline:edge-1";
	const policies = {
		telephony: {
			proofSeconds: 60,
			acknowledgeSeconds: 300,
			staleSeconds: 900,
			repeatSeconds: 3600,
			repeatsADay: 1,
			tiers: [{ name: "primary", channels: [{ name: "pagerduty", reaches: "pagerduty primary" }] }],
		},
	};
	const page = { incident: edge, occurrence: 1, tier: 1, channel: "pagerduty", who: "overseer" } as const;
	const opened = { id: 1, atSeconds: 60, who: "poller", what: "incident-opened", incident: edge, occurrence: 1, outcome: "high" } as const;
	const routed = { id: 2, atSeconds: 60, who: "poller", what: "routed", incident: edge, occurrence: 1, outcome: "telephony" } as const;
	const listed = {
		id: 3,
		atSeconds: 60,
		who: "poller",
		what: "observed",
		incident: key,
		outcome: "inhibited",
		detail: `Frankfurt-1: not-connected, carried-by-offline-edges: ${edge}`,
	} as const;

	test("a page counts once it is proven, and reaches those that another failure lists", () => {
		const sent = { ...page, id: 4, atSeconds: 60, what: "page-sent" } as const;
		const proven = { ...page, id: 5, atSeconds: 70, what: "page-proven" } as const;
		const told = [{ target: "pagerduty primary", people: "telephony/primary", atSeconds: 70 }];
		expect(outcomesOf({ events: [opened, routed, listed, sent, proven], policies })).toMatchObject([
			{ key: edge, severity: "high", told },
			{ key, entity: "Frankfurt-1", told, isListed: true },
		]);
		const [unproven] = outcomesOf({ events: [opened, routed, sent], policies });
		expect(unproven?.told).toEqual([]);
	});
});

describe("two settings", () => {
	const planners = `    - match: { condition: queue-overflow }\n      policy: workforce\n`;
	const second = `        - name: secondary\n          channels:\n            - kind: pagerduty\n              service: secondary\n              serviceId: PSECOND2\n`;
	const texts = `            - kind: sms\n              to: "+15555550101"\n`;
	const queue = `    queue-overflow:\n      enabled: true`;

	test.each([
		{ name: "equal ones", from: "", to: "", losses: [], policies: [] },
		{ name: "a route is removed", from: planners, to: "", losses: ["dev:policy:workforce"], policies: [] },
		{ name: "a level is removed", from: second, to: "", losses: ["dev:tier:telephony/secondary"], policies: ["tier-removed"] },
		{ name: "a channel is removed", from: texts, to: "", losses: ["dev:channel:telephony/primary/sms"], policies: ["channel-removed"] },
		{ name: "a channel is replaced", from: "+15555550101", to: "+15555550109", losses: [], policies: ["channel-replaced"] },
		{ name: "a level is renamed", from: "name: secondary", to: "name: managers", losses: [], policies: [] },
		{
			name: "a level is later",
			from: "acknowledgeSeconds: 300",
			to: "acknowledgeSeconds: 301",
			losses: [],
			policies: ["tier-moved", "time-changed"],
		},
		{
			name: "a runbook is off",
			from: queue,
			to: queue.replace("true", "false"),
			losses: ["dev:condition:queue-overflow", "dev:policy:workforce"],
			policies: [],
		},
	])("$name", ({ from, to, losses, policies }) => {
		const [before, after] = [runtime(), runtime(from, to)];
		const changes = comparePolicies(before, after);
		const routing = compareRouting(before, after);
		const unwatched = from === queue ? ["queue-overflow"] : [];
		expect(changes.map(({ what }) => what)).toEqual(policies);
		expect(
			lossesOf({ stack: "dev", from: before, to: after, policies: changes, unwatched, routing, shown: [] }).map(({ id }) => id),
		).toEqual(losses);
	});

	test("say what is routed otherwise, and in which hours", () => {
		const hours = `  genesyscloud-runbooks:hours:\n    night:\n      days: [monday, tuesday, wednesday, thursday, friday, saturday, sunday]\n      from: "22:00"\n      to: "06:00"\n      zone: Etc/UTC\n  genesyscloud-runbooks:routes:\n`;
		const before = runtime("  genesyscloud-runbooks:routes:\n", hours);
		const routes = hours.replace(
			"routes:\n",
			'routes:\n    - match: { condition: trunk-down, entity: "Frank*" }\n      hours: night\n      policy: workforce\n',
		);
		const { rerouted } = compareRouting(before, runtime("  genesyscloud-runbooks:routes:\n", routes));
		expect(rerouted).toEqual([
			{
				failures: ["trunk-down, entity Frank"],
				from: { policy: "telephony", severity: "high", targets: ["pagerduty primary", "sms +15555550101", "pagerduty secondary"] },
				to: { policy: "workforce", severity: "high", targets: ["pagerduty planners"] },
				when: "56 of 168 h a week, such as Mon 00:00 UTC",
			},
		]);
	});

	test("lose each condition that a rehearsal pages nobody for, once", () => {
		const settings = runtime();
		const shown = ["a", "b"].flatMap((scenario) => compareStories([outcome([primary])], [outcome([])], { scenario, toleratedSeconds: 0 }));
		const routing = compareRouting(settings, settings);
		const losses = lossesOf({ stack: "dev", from: settings, to: settings, policies: [], unwatched: [], routing, shown });
		expect(losses.map(({ id, reason }) => [id, plain(reason)])).toEqual([
			["dev:unpaged:trunk-down", "nobody is paged any more for 2 incidents of trunk-down, such as Frankfurt-1 in a: silenced by works"],
		]);
	});
});
