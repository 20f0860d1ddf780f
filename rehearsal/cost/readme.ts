import { readStackFile } from "../scenario/stackFile.ts";
import { type Estimate, estimate } from "./estimate.ts";
import { measure } from "./measure.ts";
import { type PriceList, pricesIn } from "./prices.ts";

export const costBegin = "<!-- costs -->";
export const costEnd = "<!-- /costs -->";

/** The two organizations of which the README speaks, on the stack that it ships. */
export const organizations = [
	{ name: "small", stack: "prod", trunks: 4, incidents: 10, pages: 2 },
	{ name: "large", stack: "prod", trunks: 500, incidents: 100, pages: 3 },
] as const;
type Organization = (typeof organizations)[number];

export async function estimateOf({ stack, trunks, incidents, pages }: Organization): Promise<Estimate> {
	return estimate(await measure(readStackFile(stack), trunks), frankfurt(), { incidents, pages });
}

function frankfurt(): PriceList {
	const prices = pricesIn("eu-central-1");
	if (prices === undefined) throw new Error("Expected prices of eu-central-1, got none");
	return prices;
}

/** In tens of cents: a cent more or less is no news. */
const dollars = (usd: number): string => (usd < 0.05 ? "–" : usd.toFixed(1));

/** Service by service, what each organization pays in a month, and what it uses that has no price here. */
export function costTable(estimates: readonly Estimate[]): string {
	const columns = organizations.flatMap(({ name, trunks, incidents }) => [
		`${name} (${trunks} trunks), idle`,
		`${name}, ${incidents} incidents`,
	]);
	const services = [...new Set(estimates.flatMap(({ lines }) => lines.map(({ service }) => service)))];
	const paid = (service: string): readonly string[] =>
		estimates.flatMap(({ lines }) => {
			const own = lines.filter((line) => line.service === service);
			return [own.reduce((sum, { idle }) => sum + idle.usd, 0), own.reduce((sum, { busy }) => sum + busy.usd, 0)].map(dollars);
		});
	const rows = services.map((service) => [service, ...paid(service)]).filter(([, ...cells]) => cells.some((cell) => cell !== "–"));
	const sums = estimates.flatMap(({ idleUsd, busyUsd }) => [dollars(idleUsd), dollars(busyUsd)]);
	return [
		["US dollars a month", ...columns],
		["---", ...columns.map(() => "--:")],
		...rows,
		["**All of AWS**", ...sums.map((sum) => `**${sum}**`)],
		...["requests of its API", "data action executions"].map((what) => [`Genesys Cloud: ${what}`, ...usedRow(estimates, what)]),
	]
		.map((cells) => `| ${cells.join(" | ")} |`)
		.join("\n");
}

/** Two digits. */
const roughly = (used: number): string => used.toLocaleString("en-US", { maximumSignificantDigits: 2 });

const usedRow = (estimates: readonly Estimate[], what: string): readonly string[] =>
	estimates.flatMap(({ unpriced }) => {
		const found = unpriced.find((each) => each.what === what);
		return [found?.idle ?? 0, found?.busy ?? 0].map(roughly);
	});

/** The document with this table between its markers; undefined for one without them. */
export function withCosts(document: string, table: string): string | undefined {
	const [begin, end] = [document.indexOf(costBegin), document.indexOf(costEnd)];
	if (begin < 0 || end < begin) return undefined;
	return `${document.slice(0, begin + costBegin.length)}\n${table}\n${document.slice(end)}`;
}
