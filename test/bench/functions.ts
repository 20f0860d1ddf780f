import type { Command } from "commander";
import { runAsProcess, scriptCommand, wholeNumber } from "../../commands/commandLine.ts";
import type { FunctionName } from "../../components/functions/bundle.ts";
import { isRun } from "./functionStart/events.ts";
import { Launchpad, type Pair, type Start } from "./functionStart/measure.ts";

/** One function, beside a bare one with the same AWS clients and nothing else. Bytes, and milliseconds: medians of fresh processes. */
export interface FunctionRow {
	readonly name: FunctionName;
	readonly clients: readonly string[];
	readonly bytes: number;
	readonly bareBytes: number;
	/** From the start of the process until everything is loaded. */
	readonly loaded: number;
	readonly bareLoaded: number;
	/** Until the first event is answered, and the CPU time of that; undefined for a run of a schedule, whose first answer is a whole look at everything. */
	readonly answered?: number;
	readonly bareAnswered?: number;
	readonly cpu?: number;
	readonly bareCpu?: number;
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

/** What each function weighs and how long it takes to start. In pairs that take turns, so that what else the machine does hits both. */
export async function functionRows(pairs: number, told: (name: FunctionName) => void = () => {}): Promise<readonly FunctionRow[]> {
	const pad = await Launchpad.open();
	try {
		const rows: FunctionRow[] = [];
		for (const pair of await pad.pairs()) {
			told(pair.name);
			rows.push(rowOf(pair, await inTurns(pad, pair, pairs)));
		}
		return rows;
	} finally {
		await pad.close();
	}
}

interface Measured {
	readonly own: readonly Start[];
	readonly bare: readonly Start[];
}

async function inTurns(pad: Launchpad, { name, own, bare }: Pair, pairs: number): Promise<Measured> {
	const measured: { own: Start[]; bare: Start[] } = { own: [], bare: [] };
	for (let turn = 0; turn <= pairs; turn++) {
		const order = turn % 2 === 0 ? (["own", "bare"] as const) : (["bare", "own"] as const);
		for (const which of order) {
			const start = await pad.start(which === "own" ? own : bare, name);
			// The first of each finds nothing in the caches of the disk.
			if (turn > 0) measured[which].push(start);
		}
	}
	return measured;
}

function rowOf({ name, clients, own, bare }: Pair, measured: Measured): FunctionRow {
	const of = (which: keyof Measured, time: keyof Start): number => median(measured[which].map((start) => start[time]));
	const both = { answered: of("own", "answered"), bareAnswered: of("bare", "answered"), cpu: of("own", "cpu"), bareCpu: of("bare", "cpu") };
	const loaded = { loaded: of("own", "loaded"), bareLoaded: of("bare", "loaded") };
	return { name, clients, bytes: own.bytes, bareBytes: bare.bytes, ...loaded, ...(isRun(name) ? {} : both) };
}

/** A figure, and how many times the bare one's it is. */
function figures(own: number | undefined, bare: number | undefined): string {
	const [figure, ratio] = own === undefined || bare === undefined ? ["–", ""] : [`${Math.round(own)}`, `${(own / bare).toFixed(2)} ×`];
	return `${figure.padStart(9)}${ratio.padStart(8)}`;
}

/** At most 80 columns wide. */
export function functionTable(rows: readonly FunctionRow[]): string {
	const line = (row: FunctionRow): string =>
		[
			row.name.padEnd(10),
			figures(row.bytes / 1000, row.bareBytes / 1000),
			figures(row.loaded, row.bareLoaded),
			figures(row.answered, row.bareAnswered),
			figures(row.cpu, row.bareCpu),
		].join("");
	const head = ["KB", "loaded", "answered", "CPU"].map((words) => `${words.padStart(9)}${"÷ bare".padStart(8)}`);
	return [`${"function".padEnd(10)}${head.join("")}`, ...rows.map(line)].join("\n");
}

function command(): Command {
	return scriptCommand("bench:functions")
		.description(
			"Starts every function in fresh processes, in turns with a bare function that has the same AWS clients and nothing else. Bare: bundled in the same way. Loaded, answered: milliseconds from the start of the process until it asks for its first event, and until that is answered. CPU: milliseconds of CPU time until then.",
		)
		.option("--pairs <number>", "how often each of the two is started", wholeNumber(3, 1000), 11)
		.option("--json", "prints the rows as JSON");
}

if (import.meta.main)
	await runAsProcess({
		command,
		run: async (given) => {
			const { pairs, json } = given.opts<{ pairs: number; json?: true }>();
			const rows = await functionRows(pairs, (name) => console.error(`${name} …`));
			console.log(json ? JSON.stringify(rows, undefined, "\t") : functionTable(rows));
			return 0;
		},
	});
