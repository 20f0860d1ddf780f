import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { settingsShape } from "../../components/settings/schema.ts";
import * as listed from "../../conditions/index.ts";
import { runbooks, watchedRunbooks } from "../../conditions/runbooks.ts";
import { runbookTable, withRunbookTable } from "../../conditions/table.ts";
import { conditions, watchedConditions } from "../../functions/pipeline/model/incident.ts";
import { unknownPermissions } from "../../rehearsal/genesyscloud/permissions.ts";

it("every one in the list is a condition with a name of its own, and every one of the poller's has its settings", () => {
	const names = Object.values(listed).map(({ name }) => name);
	expect(new Set(names).size).toBe(names.length);
	expect(runbooks.map(({ name }) => name)).toEqual([...conditions]);
	expect(names.toSorted()).toEqual(conditions.toSorted());
	expect(Object.keys(settingsShape.runbooks.def.innerType.shape)).toEqual([...watchedConditions]);
	for (const name of names) expect(name).toMatch(/^[a-z]+(-[a-z]+)*$/);
});

it.each(watchedRunbooks)("what $name may read is a permission that Genesys Cloud has", ({ permissions }) => {
	expect(permissions.length).toBeGreaterThan(0);
	expect(unknownPermissions([...permissions])).toEqual([]);
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
