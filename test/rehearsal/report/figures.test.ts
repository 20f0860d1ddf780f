import { expect, test } from "vitest";
import { figuresOf } from "../../../rehearsal/report/figures/figures.ts";
import { isMonth, occurrencesIn } from "../../../rehearsal/report/figures/month.ts";
import { spreadOf } from "../../../rehearsal/report/figures/spread.ts";
import { figuresText } from "../../../rehearsal/report/figures/text.ts";
import { incidentItem } from "../../../rehearsal/report/ledger/item.ts";
import { incident, page, seconds } from "../../functions/pipeline/fixtures.ts";

test.each([
	{ name: "nothing", values: [], spread: undefined },
	{ name: "one", values: [7], spread: { count: 1, mean: 7, median: 7, p90: 7 } },
	{ name: "an even number, in any order", values: [40, 10, 30, 20], spread: { count: 4, mean: 25, median: 25, p90: 40 } },
	{
		name: "ten: nine of them took no longer",
		values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 100],
		spread: { count: 10, mean: 14.5, median: 5.5, p90: 9 },
	},
])("the spread of $name", ({ values, spread }) => {
	expect(spreadOf(values)).toEqual(spread);
});

const proven = { state: "proven", acceptedAt: seconds(1), provenAt: seconds(10) } as const;
const items = [
	incident({
		policy: "night",
		state: "closed",
		acknowledged: { at: seconds(100), by: "Ada", tier: 1, channel: "pagerduty" },
		recoveredAt: seconds(600),
		closedAt: seconds(660),
		pages: [page(proven), page({ channel: "sms", kind: "sms", state: "unproven", acceptedAt: seconds(2) })],
	}),
	incident({
		key: "inc:1:dev:edge-offline:edge-1",
		condition: "edge-offline",
		policy: "night",
		state: "closed",
		recoveredAt: seconds(60),
		closedAt: seconds(120),
		pages: [page({ ...proven, provenAt: seconds(30) })],
	}),
	incident({ key: "inc:1:dev:trunk-down:base-2", memberOf: { key: "inc:1:dev:trunk-down:group", occurrence: 1 } }),
].map((item) => incidentItem.parse(item));

test("page loss, noise and times are counted by incident, by condition and by policy; members page nobody", () => {
	const figures = figuresOf(occurrencesIn({ reports: [], items }, undefined));
	expect(figures).toMatchObject({
		incidents: 2,
		members: 1,
		placesTold: 3,
		placesLost: 1,
		incidentsWithLoss: 1,
		clearedUnanswered: 1,
		pagesPerIncident: 1.5,
		spreads: {
			page: { count: 2, mean: 20, median: 20, p90: 30 },
			acknowledge: { count: 1, mean: 100 },
			recover: { count: 2, mean: 330 },
			resolve: { count: 2, mean: 390 },
		},
	});
	expect(figures.spreads.detect).toBeUndefined();
	expect(Object.entries(figures.byCondition).map(([name, { incidents, placesLost }]) => [name, incidents, placesLost])).toEqual([
		["edge-offline", 1, 0],
		["trunk-down", 1, 1],
	]);
	expect(Object.keys(figures.byPolicy)).toEqual(["night"]);
});

test("a month holds what opened in it, by UTC", () => {
	const late = incidentItem.parse(incident({ openedAt: Date.UTC(2026, 0, 31, 23, 59, 59) }));
	const count = (month: string) => occurrencesIn({ reports: [], items: [late] }, month).length;
	expect([count("2026-01"), count("2026-02"), count("2025-01")]).toEqual([1, 0, 0]);
	expect(["2026-11", "2026-13", "2026-1", "11-2026"].map(isMonth)).toEqual([true, false, false, false]);
});

test("the text fits a terminal, says what is not known, and has a line for each condition", () => {
	const text = figuresText(figuresOf(occurrencesIn({ reports: [], items }, undefined)), "table runbooks-prod, 2026-01 (UTC)");
	expect(text.split("\n").filter((line) => line.length > 80)).toEqual([]);
	expect(text.split("\n")).toEqual([
		"table runbooks-prod, 2026-01 (UTC)",
		"2 incidents, and 1 members of group incidents, which page nobody",
		"",
		"                                    of         mean       median         90 %",
		"MTTD  failure to opening             0            -            -            -",
		"      opening to proven page         2         20 s         20 s         30 s",
		"MTTA  opening to answer              1   1 min 40 s   1 min 40 s   1 min 40 s",
		"      opening to recovery            2   5 min 30 s   5 min 30 s       10 min",
		"MTTR  opening to close               2   6 min 30 s   6 min 30 s       11 min",
		"Detection is not known: the ledger keeps nothing of before the opening.",
		"",
		"Page loss   1 of 3 places that were told are not proven (33 %),",
		"            in 1 of 2 incidents",
		"Noise       1 of 2 were over before anybody answered (50 %);",
		"            1.5 places told an incident",
		"",
		"By condition (medians)        n        page      answer       close  lost  noise",
		"edge-offline                  1        30 s           -       2 min     0      1",
		"trunk-down                    1        10 s  1 min 40 s      11 min     1      0",
		"",
		"By policy (medians)           n        page      answer       close  lost  noise",
		"night                         2        20 s  1 min 40 s  6 min 30 s     1      1",
	]);
	expect(figuresText(figuresOf([]), "a.json")).toBe("a.json\n0 incidents");
});

test("drills are counted in a line of their own, and nowhere else", () => {
	const drill = incidentItem.parse(
		incident({
			key: "inc:1:dev:drill:night",
			condition: "drill",
			policy: "night",
			state: "closed",
			acknowledged: { at: seconds(70), by: "Ada", tier: 1, channel: "pagerduty" },
			recoveredAt: seconds(130),
			closedAt: seconds(190),
			drill: { verdict: "passed", reason: "acknowledged" },
			pages: [page(proven)],
		}),
	);
	const [without, beside, alone] = [items, [...items, drill], [drill]].map((some) =>
		figuresOf(occurrencesIn({ reports: [], items: some }, undefined)),
	);
	expect({ ...beside, drills: undefined }).toEqual({ ...without, drills: undefined });
	expect(beside?.drills).toMatchObject({ begun: 1, reached: 1, answered: 1, page: { median: 10 }, acknowledge: { median: 70 } });
	if (beside === undefined || alone === undefined) throw new Error("Expected figures, got none");
	const line = ["Drills      1, counted nowhere above: 1 proven, median 10 s;", "            1 answered, median 1 min 10 s"];
	expect(figuresText(beside, "all").split("\n")).toEqual(expect.arrayContaining(line));
	expect(figuresText(alone, "all").split("\n")).toEqual(["all", "0 incidents", ...line]);
});
