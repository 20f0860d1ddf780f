import { castFunctions } from "./functions/casts.ts";
import { chanceFunctions } from "./functions/chance.ts";
import { collectionFunctions } from "./functions/collections.ts";
import { currencyFunctions } from "./functions/currency.ts";
import { entityFunctions } from "./functions/entities.ts";
import { jsonFunctions } from "./functions/json.ts";
import { logicFunctions } from "./functions/logic.ts";
import { numberFunctions } from "./functions/numbers.ts";
import { textFunctions } from "./functions/text.ts";
import { textCasts } from "./functions/textCasts.ts";
import { timeFunctions } from "./functions/time.ts";
import { operators } from "./operators.ts";
import type { Overload } from "./overload.ts";

/** How an operator or a function evaluates its later arguments. */
export type Evaluation =
	| "all"
	/** The first argument selects the second or the third: the other one is never evaluated. */
	| "choose"
	/** A first argument of this value is the result: the second one is not evaluated (the vendor's descriptions of `and` and `or`). */
	| { readonly stopAt: boolean };

/** An operator or a function: its rows, the first that fits the arguments counts. */
export interface Entry {
	readonly name: string;
	readonly overloads: readonly Overload[];
	readonly evaluation: Evaluation;
}

const evaluations: Readonly<Record<string, Evaluation>> = {
	"? :": "choose",
	if: "choose",
	and: { stopAt: false },
	or: { stopAt: true },
};

/** Every function that this project knows, by its name in lower case; whatever is not here is refused by name. */
export const functions: ReadonlyMap<string, Entry> = entries({
	...textFunctions,
	...timeFunctions,
	...collectionFunctions,
	...logicFunctions,
	...castFunctions,
	...textCasts,
	...numberFunctions,
	...currencyFunctions,
	...jsonFunctions,
	...entityFunctions,
	...chanceFunctions,
});

const operatorEntries = entries(operators);

/** The entry of an operator, named as in `operators`. */
export function operatorEntry(name: string): Entry {
	return operatorEntries.get(name) ?? { name, overloads: [], evaluation: "all" };
}

function entries(table: Readonly<Record<string, readonly Overload[]>>): ReadonlyMap<string, Entry> {
	return new Map(
		Object.entries(table).map(([name, overloads]) => {
			const key = name.toLowerCase();
			return [key, { name, overloads, evaluation: evaluations[key] ?? "all" }];
		}),
	);
}
