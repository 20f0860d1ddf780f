import { rounded } from "../decimals.ts";
import { amountOf, expectOneCode, type Money, money, moneyIn, withAmount } from "../money.ts";
import { type Overload, repeating, row } from "../overload.ts";
import { type Content, decimal } from "../values.ts";

type Items = readonly (number | undefined)[];

/** Rounding, sums and averages; `Sum` counts NOT_SET as 0, `Average` leaves it out. */
export const numberFunctions: Readonly<Record<string, readonly Overload[]>> = {
	Ceiling: rounding(Math.ceil),
	Floor: rounding(Math.floor),
	Round: [
		row(["currency"], "currency", ([one]) => withAmount(one, rounded(amountOf(one), 0))),
		row(["decimal"], "decimal", ([value]) => rounded(value, 0)),
		row(["decimal", "integer"], "decimal", ([value, places]) => rounded(value, places)),
		row(["currency", "integer"], "currency", ([one, places]) => withAmount(one, rounded(amountOf(one), places))),
	],
	Sum: [
		repeating(["integer?"], "integer?", "integer", sum),
		repeating(["currency?"], "currency?", "currency", total),
		repeating(["decimal?"], "decimal?", "decimal", (items) => decimal(sum(items))),
		repeating(["duration?"], "duration?", "duration", sum),
		row(["integerCollection"], "integer", ([items]) => sum(items)),
		row(["currencyCollection"], "currency", ([items]) => total(items)),
		row(["decimalCollection"], "decimal", ([items]) => decimal(sum(items))),
		row(["durationCollection"], "duration", ([items]) => sum(items)),
	],
	Average: [
		repeating([], "currency?", "currency", averageAmount),
		repeating([], "decimal?", "decimal", average),
		repeating([], "duration?", "duration", (items) => Math.trunc(average(items))),
		repeating([], "integer?", "decimal", average),
		row(["currencyCollection"], "currency", ([items]) => averageAmount(items)),
		row(["decimalCollection"], "decimal", ([items]) => average(items)),
		row(["integerCollection"], "decimal", ([items]) => average(items)),
		row(["durationCollection"], "duration", ([items]) => Math.trunc(average(items))),
	],
};

function rounding(run: (value: number) => number): readonly Overload[] {
	return [
		row(["currency"], "currency", ([one]) => withAmount(one, run(amountOf(one)))),
		row(["decimal"], "decimal", ([value]) => run(value)),
		row(["integer"], "integer", ([value]) => value),
	];
}

function sum(items: Items): number {
	return items.reduce<number>((so, item) => so + (item ?? 0), 0);
}

function average(items: Items): number {
	const set = items.filter((item) => item !== undefined);
	return set.length === 0 ? 0 : decimal(sum(set) / set.length);
}

/** NOT_SET currencies are skipped and NOT_SET amounts are 0; of none at all the code is NOT_SET. */
function total(items: readonly (Content | undefined)[]): Money {
	const set = moneyIn(items);
	const [first] = set;
	if (first === undefined) return money(0, null);
	for (const each of set) expectOneCode(first, each);
	return withAmount(first, sum(set.map(({ amount }) => amount ?? 0)));
}

/** The average of the amounts that are set; of none 0. */
function averageAmount(items: readonly (Content | undefined)[]): Money {
	const whole = total(items);
	return withAmount(whole, average(moneyIn(items).map(({ amount }) => amount ?? undefined)));
}
