import { choice } from "../operators.ts";
import { type Overload, repeating, row } from "../overload.ts";
import { same } from "../values.ts";

/** Choices and comparisons. */
export const logicFunctions: Readonly<Record<string, readonly Overload[]>> = {
	AreEqual: [
		repeating(["any?"], "any?", "boolean", ([first, ...others]) => others.every((other) => same(first, other))),
		row(["anyCollection", "anyCollection"], "boolean", ([one, other]) => same(one, other)),
		// The flag that ignores case comes first.
		repeating(["boolean", "string?"], "string?", "boolean", ([ignoreCase, first, ...others]) =>
			others.every((other) => (ignoreCase ? same(lower(first), lower(other)) : same(first, other))),
		),
		row(["boolean", "stringCollection", "stringCollection"], "boolean", ([ignoreCase, one, other]) =>
			ignoreCase ? same(one.map(lower), other.map(lower)) : same(one, other),
		),
	],
	If: choice,
	// The vendor gives no overload that accepts a NOT_SET collection.
	IsNotSetOrEmpty: [
		row(["any?"], "boolean", ([value]) => value === undefined || value === ""),
		row(["anyCollection"], "boolean", ([items]) => items.length === 0),
	],
	IsSet: [row(["any?"], "boolean", ([value]) => value !== undefined)],
};

function lower(text: string | undefined): string | undefined {
	return text?.toLowerCase();
}
