import { assumptions } from "./assumptions.ts";
import type { Amount, Busy, Estimate, Line, Unpriced } from "./estimate.ts";
import { type PriceList, priceNames } from "./prices.ts";

export interface Asked extends Busy {
	readonly stack: string;
	readonly trunks: number;
	readonly region: string;
}

const dollars = (usd: number): string => (usd > 0 && usd < 0.005 ? "<0.01" : usd.toFixed(2));

/** Three digits, in thousands where there are more. */
function short(quantity: number): string {
	if (quantity > 0 && quantity < 0.001) return "<0.001";
	return quantity.toLocaleString("en-US", quantity < 1000 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
}

const row = (what: string, idle: readonly [string, string], busy: readonly [string, string]): string =>
	`${what.padEnd(30)}${idle[0].padStart(14)}${idle[1].padStart(9)}${busy[0].padStart(16)}${busy[1].padStart(9)}`;

/** For people: what is billed, line by line, what is not, and what the numbers rest on. */
export function costText(estimate: Estimate, prices: PriceList, asked: Asked): string {
	const { lines, idleUsd, busyUsd } = estimate;
	const { stack, trunks, region, incidents, pages } = asked;
	return [
		`A month of stack ${stack} in ${region}, ${trunks} trunks, in US dollars`,
		`Busy: ${incidents} incidents, each of which pages ${pages} places`,
		"",
		row("", ["idle", "$"], ["busy", "$"]),
		...[...Map.groupBy(lines, ({ service }) => service)].flatMap(([service, own]) => [service, ...own.map(lineText)]),
		row("All of AWS", ["", dollars(idleUsd)], ["", dollars(busyUsd)]),
		"",
		"Without a price here",
		...[...Map.groupBy(estimate.unpriced, ({ of }) => of)].flatMap(([of, own]) => [of, ...own.map(unpricedText)]),
		"",
		...notes(prices),
	].join("\n");
}

const amount = ({ quantity, usd }: Amount): readonly [string, string] => [short(quantity), dollars(usd)];
const lineText = ({ what, idle, busy }: Line): string => row(`  ${what}`, amount(idle), amount(busy));

const unpricedText = ({ what, idle, busy }: Unpriced): string => row(`  ${what}`, [short(idle), ""], [short(busy), ""]).trimEnd();

function notes(prices: PriceList): readonly string[] {
	const read = priceNames.filter((name) => prices[name].isAssumed === undefined);
	const assumed = priceNames.filter((name) => prices[name].isAssumed === true);
	const days = [...new Set(read.map((name) => prices[name].read))].join(", ");
	return [
		...(read.length === 0 ? [] : [`Prices: AWS's list, first tier, as read on ${days}; no free allowance is taken off.`]),
		...(assumed.length === 0 ? [] : [`Assumed, not read: ${assumed.join(", ")}.`]),
		`Counts: from a quiet hour and two incidents in the offline world, times ${assumptions.hoursAMonth} hours; a function's time is waiting as rehearsed, and computing as assumed (--json lists every assumption and the page of every price).`,
		"Genesys Cloud: ask your account team what data actions and workflows cost. Requests of the API count against the fair use of your licences (https://help.genesys.cloud/articles/genesys-cloud-fair-use-policy/).",
		"Not in it: alerts that others send by webhook, remedies, taxes, support, and what the vendors charge for a seat or a message.",
	];
}

/** For a machine: one line. */
export const costJson = (estimate: Estimate, prices: PriceList, asked: Asked): string =>
	JSON.stringify({ ...asked, ...estimate, prices, assumptions });
