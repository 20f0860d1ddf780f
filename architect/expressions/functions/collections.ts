import { equalityOf } from "../equality.ts";
import { itemAt } from "../operators.ts";
import { type Call, type Overload, repeating, row } from "../overload.ts";
import type { Content } from "../values.ts";

type Items = readonly (Content | undefined)[];

/**
 * Functions on collections; indexes count from 0. Those that change one give a new one (help.mypurecloud.com articles/modify-collection-values,
 * which shows the arguments of AddItem and AddItemAt only: the others are taken to have theirs in the same order). A blueprint of the vendor's
 * adds to a collection that was never set.
 */
export const collectionFunctions: Readonly<Record<string, readonly Overload[]>> = {
	AddItem: [row(["anyCollection?", "any?"], "anyCollection", ([items = [], item]) => [...items, item])],
	AddItemAt: [
		row(["anyCollection?", "integer", "any?"], "anyCollection", ([items = [], index, item], call) =>
			// One past the last adds at the end.
			index === items.length ? [...items, item] : items.toSpliced(place(items, index, call), 0, item),
		),
	],
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
	RemoveDups: [
		row(["anyCollection"], "anyCollection", ([items], { types }) => {
			const equal = equalityOf(types);
			return items.filter((item, index) => items.findIndex((each) => equal(each, item)) === index);
		}),
	],
	RemoveItem: [
		row(["anyCollection", "any?"], "anyCollection", ([items, item], { types }) => {
			const equal = equalityOf(types);
			return items.filter((each) => !equal(each, item));
		}),
	],
	RemoveItemAt: [
		row(["anyCollection", "integer"], "anyCollection", ([items, index], call) => items.toSpliced(place(items, index, call), 1)),
	],
	ReplaceItem: [
		row(["anyCollection", "any?", "any?"], "anyCollection", ([items, item, by], { types }) => {
			const equal = equalityOf(types);
			return items.map((each) => (equal(each, item) ? by : each));
		}),
	],
	ReplaceItemAt: [
		row(["anyCollection", "integer", "any?"], "anyCollection", ([items, index, by], call) => items.with(place(items, index, call), by)),
	],
	ReplaceItemFirst: [
		row(["anyCollection", "any?", "any?"], "anyCollection", ([items, item, by], { types }) => {
			const equal = equalityOf(types);
			const index = items.findIndex((each) => equal(each, item));
			return index === -1 ? items : items.with(index, by);
		}),
	],
};

/** The index itself; outside of the collection it is an error of the run. */
function place(items: Items, index: number, call: Call): number {
	itemAt([items, index], call);
	return index;
}
