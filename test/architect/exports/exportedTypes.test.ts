import { describe, expect, it } from "vitest";
import { check } from "../../../architect/expressions/check.ts";
import type { Checked } from "../../../architect/expressions/checked.ts";
import { conversion, converted } from "../../../architect/expressions/implicit.ts";
import type { Type } from "../../../architect/expressions/values.ts";
import facts from "./exportedTypes.json" with { type: "json" };

/**
 * What Architect itself made of expressions like these: compiled exports hold a typed tree of each. `type` and `operations` are the types of its tree;
 * `cast` stands at its root where the author wrote none, and makes it the type that its place wants.
 */
interface Fact {
	readonly expression: string;
	readonly variables: Readonly<Record<string, Type>>;
	readonly type: Type;
	readonly cast?: string;
	readonly becomes?: Type;
	readonly operations: Readonly<Record<string, readonly Type[]>>;
}

const known = facts.map((fact) => fact as Fact);

function operationsOf(checked: Checked): readonly (readonly [name: string, type: Type])[] {
	if (checked.kind === "property") return operationsOf(checked.target);
	if (checked.kind !== "apply") return [];
	return [[checked.entry.name.toLowerCase(), checked.type], ...checked.args.flatMap(operationsOf)];
}

describe("Architect's own compiler agrees with the checker", () => {
	it.each(known)("$expression", ({ expression, variables, type, operations }) => {
		const { checked, findings } = check(expression, variables);
		expect({ type: checked?.type, findings }).toEqual({ type, findings: [] });
		const ours = checked === undefined ? [] : operationsOf(checked);
		for (const [name, types] of Object.entries(operations)) {
			expect(new Set(ours.filter(([each]) => each === name.toLowerCase()).map(([, each]) => each))).toEqual(new Set(types));
		}
	});

	it.each(known.filter(({ cast }) => cast !== undefined))(
		"$cast makes $expression a $becomes",
		({ expression, variables, cast, becomes }) => {
			const { checked } = check(expression, variables);
			if (checked === undefined || becomes === undefined) throw new Error("Expected an expression with a cast, got none.");
			expect(conversion(checked.type, becomes, "input")).toBe("shown");
			expect(converted(checked, becomes)).toMatchObject({ kind: "apply", type: becomes, entry: { name: cast } });
		},
	);
});
