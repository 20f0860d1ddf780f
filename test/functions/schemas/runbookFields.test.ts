import { describe, expect, test } from "vitest";
import type { Field } from "../../../conditions/fields.ts";
import { fieldSchema } from "../../../functions/schemas/runbookFields.ts";

const whole: Field = { kind: "whole", from: 1, to: 60, unit: "seconds", default: 5, about: "A span." };
const share: Field = { kind: "share", default: 0.5, about: "A part of it." };
const list: Field = {
	kind: "list",
	entry: "site",
	most: 2,
	expected: "at most 2 sites, each a name and, where edges belong to it, edges",
	about: "The sites that are watched.",
	of: { name: { kind: "name" }, edges: { kind: "names", expected: "a list of edge names", about: "Its edges." } },
};
const sites = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `Site ${index}` }));

describe("the schema of a runbook's own field", () => {
	test.each([
		{ field: whole, values: [1, 60] },
		{ field: share, values: [0.001, 1] },
		{ field: list, values: [[], [{ name: "Berlin", edges: ["Edge 1", "E"] }], sites(2)] },
	])("of kind $field.kind takes what it says", ({ field, values }) => {
		for (const value of values) expect(fieldSchema(field).parse(value)).toEqual(value);
	});

	test.each([
		{ name: "a number below its bounds", field: whole, value: 0, expected: "a whole number of seconds from 1 to 60" },
		{ name: "a number above its bounds", field: whole, value: 61, expected: "a whole number of seconds from 1 to 60" },
		{ name: "a number that is not whole", field: whole, value: 1.5, expected: "a whole number of seconds from 1 to 60" },
		{ name: "a share of nothing", field: share, value: 0, expected: "a share above 0 and at most 1" },
		{ name: "more than the whole", field: share, value: 1.01, expected: "a share above 0 and at most 1" },
		{
			name: "too many entries",
			field: list,
			value: sites(3),
			expected: "at most 2 sites, each a name and, where edges belong to it, edges",
		},
		{ name: "an entry that is none", field: list, value: ["Berlin"], expected: "a section with name, edges" },
		{
			name: "a name with a space around it",
			field: list,
			value: [{ name: " B" }],
			expected: expect.stringContaining("1 to 256 characters"),
		},
		{ name: "names that are no list", field: list, value: [{ name: "B", edges: "E" }], expected: "a list of edge names" },
		{ name: "an entry with something else in it", field: list, value: [{ name: "B", trunks: [] }], expected: "a section with name, edges" },
	])("refuses $name, and says what it expects", ({ field, value, expected }) => {
		expect(
			fieldSchema(field)
				.safeParse(value)
				.error?.issues.map(({ message }) => message),
		).toEqual([expected]);
	});
});
