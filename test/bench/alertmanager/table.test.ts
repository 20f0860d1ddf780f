import { describe, expect, test } from "vitest";
import { configuration } from "./alertmanager.ts";
import { scenarioOf } from "./ours.ts";
import { cases } from "./schedule.ts";
import { sectionOf } from "./section.ts";
import { markdownTable, type Row, withSection } from "./table.ts";

const row: Row = {
	case: "one",
	system: "this",
	lost: 1,
	duplicates: 2,
	twoChannels: 3,
	others: 0,
	medianSeconds: 84.5,
	worstSeconds: 117.4,
};

test("a row shows whole seconds, nothing where nobody was told, and other notices only where there are any", () => {
	const lines = markdownTable([row, { ...row, others: 4, medianSeconds: undefined, worstSeconds: undefined }]).split("\n");
	expect(lines.slice(2)).toEqual(["| one | this | 1 | 2 | 3 | 85 | 117 |", "| one | this | 1 | 2 (+4 others) | 3 | – | – |"]);
});

describe("the section is written between its markers", () => {
	const block = (text: string): string => `<!-- alertmanager:begin -->\n${text}\n<!-- alertmanager:end -->`;
	test("at the end of a document that has none", () => {
		expect(withSection("# Reliability\n\nText.\n", "new\n")).toBe(`# Reliability\n\nText.\n\n${block("new")}\n`);
	});
	test("in place of the one before, and nothing else changes", () => {
		expect(withSection(`before\n${block("old")}\nafter\n`, "new")).toBe(`before\n${block("new")}\nafter\n`);
	});
	test("in a document of its own where there is none", () => {
		expect(withSection(undefined, "new")).toMatch(/^# Reliability\n\n[^\n]+\n\n<!-- alertmanager:begin -->\nnew\n/);
	});
	test("not at all where one marker is missing, or the two stand the wrong way round", () => {
		expect(withSection("<!-- alertmanager:begin -->", "new")).toBeUndefined();
		expect(withSection("<!-- alertmanager:end -->\n<!-- alertmanager:begin -->", "new")).toBeUndefined();
	});
});

test("the section says what was run, with which settings and at which scale", () => {
	const text = sectionOf({ alertmanager: "0.25.0", scale: 30, seed: 7, rows: [row] });
	for (const said of ["Alertmanager 0.25.0", "30 times", "seed 7", "`group_wait` 30 s", "| one | this | 1 |", "Not compared"])
		expect(text).toContain(said);
});

test("the settings of Alertmanager are those of the policy, by the scale", () => {
	const targets = { pagerdutyUrl: "http://127.0.0.1:1/v2/enqueue", webhookUrl: "http://127.0.0.1:1/webhook", routingKey: "key" };
	expect(configuration(targets, 30)).toMatch(/group_wait: 1000ms\n {2}group_interval: 10000ms\n {2}repeat_interval: 120000ms\n/);
	expect(configuration(targets, 1)).toMatch(/group_wait: 30000ms\n {2}group_interval: 300000ms\n {2}repeat_interval: 3600000ms\n/);
});

test.each(cases)("the case is a scenario of the rehearsal: $name", (given) => {
	const { happens, trunks, latency } = scenarioOf(given, "pagerduty-then-sms");
	expect({ trunks: trunks.length, latency }).toEqual({ trunks: 10, latency: "normal" });
	expect(happens.length > 10).toBe(given.kind !== "nothing");
});
