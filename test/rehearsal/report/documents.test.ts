import { marshall } from "@aws-sdk/util-dynamodb";
import { expect, test } from "vitest";
import { DocumentsError, documentsIn, readDocuments } from "../../../rehearsal/report/documents.ts";
import { incident, page } from "../../functions/pipeline/fixtures.ts";

const item = incident({ pages: [page()] });
const stored = { pk: item.key, version: 3, value: item };
const other = { pk: "streaks:1:dev:0", version: 1, value: { rest: {} } };
const typed = (value: object) => marshall(value, { removeUndefinedValues: true });
const report = { scenario: "own", stack: "dev", seed: 1, verdict: "passed", expectations: [], events: [] };

test.each([
	{ name: "an incident", value: item, items: 1, reports: 0 },
	{ name: "a list", value: [item, report], items: 1, reports: 1 },
	{ name: "the ledger's own item", value: stored, items: 1, reports: 0 },
	{ name: "what get-item prints", value: { Item: typed(stored) }, items: 1, reports: 0 },
	{ name: "what scan prints, with what is no incident", value: { Items: [stored, other].map(typed), Count: 2 }, items: 1, reports: 0 },
	{ name: "a rehearsal of an earlier version", value: report, items: 0, reports: 1 },
])("reads $name", ({ value, items, reports }) => {
	const found = documentsIn(JSON.stringify(value), "a.json");
	expect([found.items.length, found.reports.length]).toEqual([items, reports]);
	if (items === 1) expect(found.items[0]).toMatchObject({ key: item.key, openedAt: item.openedAt, pages: [{ channel: "pagerduty" }] });
});

test("reads one document a line, as `rehearse --all --json` and an export write them", () => {
	const text = `${JSON.stringify(report)}\n${JSON.stringify({ Item: typed(stored) })}\n\n`;
	expect(documentsIn(text, "a.json")).toMatchObject({ reports: [{ scenario: "own" }], items: [{ occurrence: 1 }] });
});

test.each([
	{ name: "no JSON", text: '{"a":1}\nhello', says: "Expected JSON, or one JSON document a line, got something else in a.json, line 2" },
	{
		name: "neither",
		text: '{"Items":[]}',
		says: "Expected rehearsals (npm run rehearse -- --json) or incidents of the ledger, got neither in a.json",
	},
	{
		name: "an incident that lacks something",
		text: JSON.stringify({ ...item, openedAt: "now" }),
		says: /^a\.json: an incident is not as.*openedAt/s,
	},
])("says of $name what was expected", ({ text, says }) => {
	expect(() => documentsIn(text, "a.json")).toThrow(DocumentsError);
	expect(() => documentsIn(text, "a.json")).toThrow(says);
});

test("a file that is not there is named", () => {
	expect(() => readDocuments(["build/nowhere.json"])).toThrow(/^Expected a file that can be read, got build\/nowhere\.json: ENOENT/);
});
