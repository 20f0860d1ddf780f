import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settingsShape } from "../../components/settings/schema.ts";
import { selfCheck, selfReading } from "../../functions/pipeline/detect/health.ts";
import { detectors } from "../../functions/pipeline/detect/rules.ts";
import { conditions, severities, watchedConditions } from "../../functions/pipeline/model/incident.ts";
import { runbooks } from "../../runbooks/index.ts";
import { runbookTable, withRunbookTable } from "../../runbooks/table.ts";

it("the set of runbooks is exactly this", () => {
	expect(runbooks.map(({ name, severity, remediation }) => `${name} ${severity} ${remediation}`)).toEqual([
		"trunk-down high observe",
		"trunk-degraded medium observe",
		"edge-offline high observe",
		"queue-overflow medium observe",
		"platform-unreachable critical observe",
		"credentials-failing critical observe",
		"detector-silent critical observe",
	]);
});

it("every condition has its runbook, and every one that the poller looks for its detector and its settings", () => {
	expect(runbooks.map(({ name }) => name)).toEqual([...conditions]);
	expect(Object.keys(detectors).toSorted()).toEqual(watchedConditions.toSorted());
	expect(Object.keys(settingsShape.runbooks.def.innerType.shape)).toEqual([...watchedConditions]);
});

it("the overseer's own conditions have the severity that their runbooks say", () => {
	const health = { firstSeenAt: 0, failures: 0 };
	const limits = { detectorSilentSeconds: 300, failedPollsToOpen: 3 };
	for (const check of selfCheck(health, limits, 0))
		expect(runbooks.find(({ name }) => name === check.condition)?.severity).toBe(selfReading(check, health, 0).severity);
});

it.each(runbooks)("runbook $name says why, what it detects and what it tells, in sentences", (runbook) => {
	expect(Object.keys(runbook)).toEqual(["name", "why", "detects", "severity", "remediation", "tells"]);
	expect(severities).toContain(runbook.severity);
	for (const text of [runbook.why, runbook.detects, runbook.tells]) expect(text).toMatch(/^[A-Z].{30,}\.$/);
});

describe("the table for people", () => {
	const readme = new URL("../../README.md", import.meta.url);

	it("has a row for each runbook, in their order", () => {
		const rows = runbookTable().split("\n").slice(2);
		expect(rows.map((row) => /^\| `([a-z-]+)` \|/.exec(row)?.[1])).toEqual(runbooks.map(({ name }) => name));
		for (const row of rows) expect(row.split(" | ")).toHaveLength(5);
	});

	it("is put between its markers, and nothing else is touched", () => {
		const text = "before\n<!-- runbooks -->\nold\n<!-- /runbooks -->\nafter";
		expect(withRunbookTable(text)).toBe(`before\n<!-- runbooks -->\n\n${runbookTable()}\n\n<!-- /runbooks -->\nafter`);
		expect(withRunbookTable(withRunbookTable(text) ?? "")).toBe(withRunbookTable(text));
		expect(withRunbookTable("no place")).toBeUndefined();
		expect(withRunbookTable("<!-- /runbooks --><!-- runbooks -->")).toBeUndefined();
	});

	it("stands in README.md as it is generated: npm run docs writes it", () => {
		const text = existsSync(readme) ? readFileSync(readme, "utf8") : "<!-- runbooks --><!-- /runbooks -->";
		const expected = existsSync(readme) ? withRunbookTable(text) : text;
		expect(text).toBe(expected);
	});
});
