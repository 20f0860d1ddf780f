import { equalityOf } from "../equality.ts";
import { isMoney } from "../money.ts";
import { choice } from "../operators.ts";
import { type Overload, repeating, row } from "../overload.ts";
import { type Content, same, type Type } from "../values.ts";

/** Choices and comparisons. */
export const logicFunctions: Readonly<Record<string, readonly Overload[]>> = {
	AreEqual: [
		repeating(["any?"], "any?", "boolean", ([first, ...others], { types }) => others.every((other) => equalityOf(types)(first, other))),
		row(["anyCollection", "anyCollection"], "boolean", ([one, other], { types }) => equalityOf(types)(one, other)),
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
		row(["any?"], "boolean", ([value], { types }) => isEmpty(value, types[0])),
		row(["anyCollection"], "boolean", ([items]) => items.length === 0),
	],
	IsSet: [row(["any?"], "boolean", ([value]) => value !== undefined)],
};

/** A currency is empty without an amount. */
function isEmpty(value: Content | undefined, type: Type | undefined): boolean {
	return value === undefined || value === "" || (type === "currency" && isMoney(value) && value.amount === null);
}

function lower(text: string | undefined): string | undefined {
	return text?.toLowerCase();
}
