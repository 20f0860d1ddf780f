import { functions } from "./catalogue.ts";
import type { Checked } from "./checked.ts";
import { resolve } from "./overload.ts";
import { elementOf, type Type } from "./values.ts";

/** Where a value goes: the inputs of a data action are converted more often than what is assigned. */
export type Destination = "input" | "other";

/** How Architect gets from one type to another by itself: `shown`: its compiled exports hold the cast; `likely`: they hold the like of it. */
export type Conversion = "none" | "shown" | "likely" | "impossible";

const shownForInputs: Readonly<Partial<Record<Type, readonly Type[]>>> = {
	string: ["json", "dateTime", "phoneNumber", "stringCollection"],
	decimal: ["string"],
	integer: ["string"],
};
const casts: Readonly<Partial<Record<Type, string>>> = { string: "ToString", decimal: "ToDecimal", integer: "ToInt" };

/** Whether a value of type `from` may stand where `to` is wanted. */
export function conversion(from: Type, to: Type, destination: Destination): Conversion {
	if (from === to || from === "notSet" || (from === "integer" && to === "decimal")) return "none";
	if (from === "json" && to === "string") return "shown";
	if (destination === "input" && shownForInputs[to]?.includes(from)) return "shown";
	return isLikely(from, to) ? "likely" : "impossible";
}

function isLikely(from: Type, to: Type): boolean {
	if (to === "string") return elementOf(from) === undefined || from === "stringCollection";
	return (to === "decimal" || to === "integer") && (from === "string" || from === "decimal" || from === "json");
}

/** The expression with the cast that makes it one of type `to`; undefined where there is none. */
export function converted(checked: Checked, to: Type): Checked | undefined {
	const entry = functions.get((casts[to] ?? "").toLowerCase());
	const found = entry === undefined ? "wrong-type" : resolve(entry.overloads, [checked.type]);
	if (entry === undefined || typeof found === "string") return undefined;
	return { kind: "apply", type: to, entry, overload: found.overload, args: [checked], position: 1 };
}
