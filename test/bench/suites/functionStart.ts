import { type FunctionRow, functionRows } from "../functions.ts";
import type { Row, Suite } from "../suite.ts";

/** How often each of two functions is started: an odd number has a median. */
const pairs = 11;

/** What each function weighs and how long it takes to start, beside one with the same AWS clients and nothing else. */
export const functionStart: Suite = {
	name: "functions",
	title: "A start of each function",
	howToRead:
		"Beside a bare function that has the same AWS clients, bundled in the same way, and nothing else. Medians of fresh processes that take turns. CPU time is what counts on Lambda, where a function of 256 MB has a seventh of a CPU; a start should be near 1.15 times the bare one's. Five of the eight are below 400 KB, of which the bare clients are 208 KB, with SQS 235 KB. The dispatcher and the overseer page, and hold every vendor; the normalizer holds the links, the formats of alerts and what vendors tell.",
	measure: async () => (await functionRows(pairs)).flatMap(rowsOf),
};

function rowsOf(row: FunctionRow): readonly Row[] {
	const baseline = `a bare function with ${row.clients.join(", ")}`;
	const bundle: Row = {
		machine: "any",
		what: `${row.name}: bundle`,
		figure: row.bytes / 1000,
		unit: "KB",
		baseline,
		baselineFigure: row.bareBytes / 1000,
	};
	const measured = (what: string, figure: number | undefined, baselineFigure: number | undefined): readonly Row[] =>
		figure === undefined || baselineFigure === undefined
			? []
			: [{ machine: "this", what: `${row.name}: ${what}`, figure, unit: "ms", baseline, baselineFigure }];
	return [
		bundle,
		...measured("loaded", row.loaded, row.bareLoaded),
		...measured("first event answered", row.answered, row.bareAnswered),
		...measured("CPU until then", row.cpu, row.bareCpu),
	];
}
