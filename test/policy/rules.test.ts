import { describe, expect, test } from "vitest";
import { knownParts, notYetKnown } from "../../policy/resource.ts";
import { rules, violationsIn } from "../../policy/rules/index.ts";
import { accessCases } from "./cases/access.ts";
import { type Case, type Inputs, lambda, made, variables } from "./cases/made.ts";
import { storeCases } from "./cases/stores.ts";

const cases = { ...accessCases, ...storeCases };

const told = ({ type, beside = [], protect = false }: Case, inputs: Inputs): readonly string[] =>
	violationsIn([made(type, inputs, protect), ...beside], { protect: false }).map(({ rule, message }) => `${rule}: ${message}`);

const flat = Object.entries(cases).flatMap(([rule, own]) => own.map((each) => ({ rule, type: each.type, each })));

test.each(flat)("$rule lets pass what is right of $type", ({ each }) => {
	expect(each.good.map((inputs) => told(each, inputs))).toEqual(each.good.map(() => []));
});

test.each(flat.filter(({ each }) => each.bad.length > 0))("$rule says what is wrong with $type", ({ rule, each }) => {
	for (const [inputs, message] of each.bad) {
		const found = told(each, inputs);
		expect(
			found.filter((line) => line.startsWith(`${rule}: `) && line.includes(message)),
			`${message} in ${found.join("; ")}`,
		).toHaveLength(1);
	}
});

test("a secret that is found is not told", () => {
	expect(
		told({ type: lambda, good: [], bad: [] }, variables({ SECRET_X: "hunter2", Y: "0123456789abcdef0123456789abcdef" })).join(),
	).not.toMatch(/hunter2|0123456789abcdef/);
});

test("every rule has a good and a bad resource, and says why", () => {
	expect(Object.keys(cases).toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
	expect(rules.filter(({ info, explanation }) => info.length < 20 || explanation.length < 40)).toEqual([]);
});

describe("hostile shapes", () => {
	const types = [...new Set(flat.map(({ type }) => type)), "aws:s3/bucket:Bucket", "", "x"];
	const properties = [
		"policy",
		"assumeRolePolicy",
		"inlinePolicies",
		"environment",
		"loggingConfig",
		"serverSideEncryption",
		"redrivePolicy",
		"scalingConfig",
		"permissionPolicies",
		"permissions",
		"deadLetterConfig",
		"target",
		"name",
		"functionName",
		"function",
		"filepath",
		"principal",
		"managedPolicyArns",
	];
	const values: readonly unknown[] = [
		null,
		undefined,
		0,
		-1,
		"",
		"null",
		"[[]]",
		'{"Statement":null}',
		'{"Statement":[null,7,"x",[]]}',
		[],
		[null],
		{},
		{ enabled: null },
		{ variables: [] },
		{ Statement: {} },
		true,
		notYetKnown,
		Object.create(null),
		{ "*": "*" },
	];

	test("never make a rule throw", () => {
		for (const type of types)
			for (const value of values) {
				const inputs = Object.fromEntries(properties.map((property) => [property, value]));
				expect(
					() => violationsIn([made(type, inputs, true), made(type, {})], { protect: true }),
					`${type} ${JSON.stringify(value)}`,
				).not.toThrow();
			}
	});
});

test("what cannot be read yet is no value, and everything else is kept", () => {
	const holder = { known: [1, { two: "2" }], none: null };
	Object.defineProperty(holder, "later", {
		enumerable: true,
		get: () => {
			throw new Error("not known during preview");
		},
	});
	expect(knownParts(holder)).toEqual({ known: [1, { two: "2" }], none: null, later: notYetKnown });
});
