import { isOver, type Row, ratioOf, type Suite } from "./suite.ts";

/** A suite, and what came of it: rows, or why there are none. */
export interface Result {
	readonly suite: Pick<Suite, "name" | "title" | "howToRead">;
	readonly rows: readonly Row[];
	readonly notMeasured?: string;
}

export interface Machine {
	readonly cores: number;
	readonly processor: string;
	readonly memoryGigabytes: number;
	readonly system: string;
	readonly node: string;
	readonly date: string;
}

const number = (value: number): string =>
	value.toLocaleString("en-US", value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 });
const amount = (value: number, unit: string): string => `${number(value)} ${unit}`;
const times = (row: Row): string => {
	const ratio = ratioOf(row);
	return ratio === undefined ? "–" : number(ratio);
};
const limit = ({ atMost, unit }: Row): string => (atMost === undefined ? "" : amount(atMost, unit));

export const machineText = ({ cores, processor, memoryGigabytes, system, node, date }: Machine): string =>
	`${cores} × ${processor}, ${number(memoryGigabytes)} GB, ${system}, Node ${node}, ${date}`;

/** For a terminal: what is compared, then the ratio with both figures. */
export function benchText({ suite, rows, notMeasured }: Result): string {
	if (notMeasured !== undefined) return `${suite.title}\n  – not measured: ${notMeasured}`;
	return [suite.title, ...rows.flatMap(rowLines)].join("\n");
}

function rowLines(row: Row): readonly string[] {
	const { figure, unit, baseline, baselineFigure } = row;
	const over = isOver(row) ? `\n  ✗ over its limit of ${limit(row)}` : "";
	return [`  ${row.what}`, `    ${times(row)} times ${baseline}: ${amount(figure, unit)} to ${amount(baselineFigure, unit)}${over}`];
}

const introduction = [
	"# Performance",
	"Written by `npm run bench -- --write`, or suite by suite with `--only`; nobody edits it by hand. A figure of time says little by itself: another machine has another one. So each stands beside a baseline that was measured in the same run, and the **ratio** is what to look at: it changes when the code does, and hardly with the machine.",
	"- **machine**: `this` is the one that the section names; `any` is counted or in virtual time, and the same everywhere.\n- **limit**: a figure above it makes the command end with status 1.\n- A ratio that has grown by less than a quarter between two runs on a busy machine says nothing.",
];

/** The whole document: a section for each suite, of which those that were not measured now stay as they were `before`. */
export function document(all: readonly Result["suite"][], results: readonly Result[], machine: Machine, before = ""): string {
	const standing = new Map(
		before
			.split(/^(?=## )/m)
			.slice(1)
			.map((text) => [text.slice("## ".length, text.indexOf("\n")), text.trim()]),
	);
	const sections = all.map((suite) => {
		const now = results.find((result) => result.suite.name === suite.name);
		return now === undefined
			? (standing.get(suite.title) ?? section({ suite, rows: [], notMeasured: "nobody asked for it" }, machine))
			: section(now, machine);
	});
	return `${[...introduction, ...sections].join("\n\n")}\n`;
}

function section({ suite, rows, notMeasured }: Result, machine: Machine): string {
	const table = [
		["what", "figure", "baseline", "its figure", "ratio", "limit", "machine"],
		["---", "--:", "---", "--:", "--:", "--:", "---"],
		...rows.map((row) => [
			row.what,
			amount(row.figure, row.unit),
			row.baseline,
			amount(row.baselineFigure, row.unit),
			`**${times(row)}**`,
			limit(row),
			row.machine,
		]),
	].map((cells) => `| ${cells.join(" | ")} |`);
	const measured = `${table.join("\n")}\n\nMeasured on ${machineText(machine)}.`;
	const body = notMeasured === undefined ? measured : `Not measured in this run: ${notMeasured}.`;
	return `## ${suite.title}\n\n${suite.howToRead}\n\n${body}`;
}
