import { describe, expect, test } from "vitest";
import { typeOf } from "../../../architect/expressions/check.ts";
import { conversion } from "../../../architect/expressions/implicit.ts";
import type { Type } from "../../../architect/expressions/values.ts";
import table from "./exportedTypes.json" with { type: "json" };

// The types are those that compiled exports of 26 published blueprint flows hold for expressions of these shapes.
describe("an expression has the type that Architect compiled for it", () => {
	test.each(table.types)("$exp is $type", ({ exp, of, type }) => {
		const types = Object.fromEntries(Object.entries(of).map(([name, each]) => [name, each as Type]));
		const typing = typeOf(exp, types);
		expect({ type: typing.type, findings: typing.findings }).toEqual({ type, findings: [] });
	});
});

describe("an input of a data action is cast as Architect compiled it", () => {
	test.each(table.casts)("$from to $to by $cast", ({ from, to }) => {
		expect(conversion(from as Type, to as Type, "input")).toBe("shown");
	});
});
