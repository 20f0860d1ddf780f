import { describe, expect, test } from "vitest";
import { call, flow, here, rulesOf } from "./flowParts.ts";
import { markedLine } from "./flowText.ts";

describe("lintFlow, given the contracts of data actions", () => {
	const contracts = {
		"Ledger/Read": { inputs: { id: "string", tier: "integer" }, required: ["id"], outputs: { status: "string" } },
	} as const;
	test.each([
		{ name: "an input that the contract lacks", inputs: 'id:\n  lit: "x"\nname:\n  lit: "y"', rule: "contract-input" },
		{ name: "a required input without a value", inputs: "id:\n  noValue: true", rule: "contract-required" },
		{ name: "an output that the contract lacks", success: 'state:\n  var: "Flow.text"', rule: "contract-output" },
		{ name: "an output bound to another type", success: 'status:\n  var: "Flow.number"', rule: "type" },
	])("compares a call with its contract: $name", ({ inputs, success, rule }) => {
		const text = flow(
			here(call({ ...(inputs === undefined ? {} : { inputs }), ...(success === undefined ? {} : { success }) }), "- callData:"),
		);
		expect(rulesOf(text, { contracts })).toEqual([`${markedLine(text)} ${rule}`]);
		expect(rulesOf(text)).toEqual([]);
	});

	test.each([
		{ name: "a literal", value: 'lit: "1" # here' },
		{ name: "an expression", value: 'exp: "true" # here' },
	])("compares the type of an input with its contract: $name", ({ value }) => {
		const text = flow(call({ inputs: `id:\n  lit: "x"\ntier:\n  ${value}` }));
		expect(rulesOf(text, { contracts })).toEqual([`${markedLine(text)} type`]);
	});
});
