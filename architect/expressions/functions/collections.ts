import { itemAt } from "../operators.ts";
import { type Overload, row } from "../overload.ts";
import { same } from "../values.ts";

/** Functions on collections; indexes count from 0. */
export const collectionFunctions: Readonly<Record<string, readonly Overload[]>> = {
	Count: [row(["anyCollection"], "integer", ([items]) => items.length)],
	Find: [
		row(["anyCollection", "any?"], "integerCollection", ([items, item]) => [...items.keys()].filter((index) => same(items[index], item))),
	],
	FindFirst: [row(["anyCollection", "any?"], "integer", ([items, item]) => items.findIndex((each) => same(each, item)))],
	GetAt: [row(["anyCollection", "integer"], "any", itemAt)],
};
