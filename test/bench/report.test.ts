import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { benchText, document, type Machine, type Result } from "./report.ts";
import { isOver, type Row, ratioOf } from "./suite.ts";
import { suites } from "./suites/index.ts";

const row: Row = { what: "a poll of many", figure: 12, unit: "reads", baseline: "a poll of few", baselineFigure: 10, machine: "any" };
const machine: Machine = { cores: 2, processor: "Some CPU", memoryGigabytes: 8.2, system: "linux 6", node: "24.0.0", date: "2026-11-28" };
const suite = { name: "poll", title: "A poll", howToRead: "Near 1 is good." };
const result = (...rows: readonly Row[]): Result => ({ suite, rows });

describe("a row", () => {
	test("is a ratio against its baseline; none where there is nothing to divide by", () => {
		expect(ratioOf(row)).toBeCloseTo(1.2);
		expect(ratioOf({ ...row, baselineFigure: 0 })).toBeUndefined();
	});
	test.each([
		{ atMost: undefined, over: false },
		{ atMost: 12, over: false },
		{ atMost: 11.9, over: true },
	])("with the limit $atMost is over it: $over", ({ atMost, over }) => {
		expect(isOver({ ...row, ...(atMost !== undefined && { atMost }) })).toBe(over);
	});
	test("names the limit that it is over, and fits a terminal", () => {
		const text = benchText(result({ ...row, atMost: 11 }));
		expect(text).toBe("A poll\n  a poll of many\n    1.2 times a poll of few: 12 reads to 10 reads\n  ✗ over its limit of 11 reads");
	});
});

describe("the document", () => {
	test("has a section for each suite, with how to read it, and the machine", () => {
		const text = document([suite], [result(row, { ...row, baselineFigure: 0 })], machine);
		expect(text).toContain("Measured on 2 × Some CPU, 8.2 GB, linux 6, Node 24.0.0, 2026-11-28");
		expect(text).toContain("## A poll\n\nNear 1 is good.\n\n| what |");
		expect(text).toContain("| a poll of many | 12 reads | a poll of few | 10 reads | **1.2** |  | any |");
		expect(text).toContain("| **–** |");
	});
	test("says why a suite was not measured", () => {
		expect(document([suite], [{ suite, rows: [], notMeasured: "no such program" }], machine)).toContain(
			"Not measured in this run: no such program.",
		);
		expect(benchText({ suite, rows: [], notMeasured: "no such program" })).toContain("not measured: no such program");
	});
	test("keeps the sections of suites that were not measured now, and their order", () => {
		const other = { name: "start", title: "A start", howToRead: "Less is good." };
		const before = document([suite], [result(row)], machine);
		const after = document([other, suite], [{ suite: other, rows: [{ ...row, what: "a start" }] }], { ...machine, cores: 64 }, before);
		expect(after).toMatch(
			/## A start[\s\S]+\| a start \|[\s\S]+Measured on 64 × [\s\S]+## A poll[\s\S]+\| a poll of many \|[\s\S]+Measured on 2 × /,
		);
		expect(document([suite], [], machine)).toContain("Not measured in this run: nobody asked for it.");
	});
	test("that is committed was written of every suite that there is", () => {
		const committed = readFileSync(new URL("../../docs/performance.md", import.meta.url), "utf8");
		for (const { title, howToRead } of suites) expect(committed).toContain(`## ${title}\n\n${howToRead}\n`);
		expect(committed.match(/^## /gm)).toHaveLength(suites.length);
	});
});

test("suites have names of their own", () => {
	expect(new Set(suites.map(({ name }) => name)).size).toBe(suites.length);
});
