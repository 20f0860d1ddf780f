import { equalityOf } from "../equality.ts";
import { itemAt } from "../operators.ts";
import { type Overload, repeating, row } from "../overload.ts";

/** Functions on collections; indexes count from 0. */
export const collectionFunctions: Readonly<Record<string, readonly Overload[]>> = {
	// A new collection: the given one stays as it is.
	AddItem: [row(["anyCollection", "any?"], "anyCollection", ([items, item]) => [...items, item])],
	Count: [row(["anyCollection"], "integer", ([items]) => items.length)],
	Find: [
		row(["anyCollection", "any?"], "integerCollection", ([items, item], { types }) => {
			const equal = equalityOf(types);
			return [...items.keys()].filter((index) => equal(items[index], item));
		}),
	],
	FindFirst: [
		row(["anyCollection", "any?"], "integer", ([items, item], { types }) => {
			const equal = equalityOf(types);
			return items.findIndex((each) => equal(each, item));
		}),
	],
	GetAt: [row(["anyCollection", "integer"], "any", itemAt)],
	MakeEmptyList: [row(["any?"], "anyCollection", () => [])],
	MakeList: [repeating([], "any?", "anyCollection", (items) => [...items])],
};
