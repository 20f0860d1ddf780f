import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import type { Command } from "commander";
import { stringify } from "yaml";
import { runAsProcess, scriptCommand, wholeNumber } from "../../commands/commandLine.ts";
import { say, tell } from "../../commands/terminal.ts";
import { PageFileError } from "../report/html/write.ts";
import { playAll } from "./crew.ts";
import { writeFailure } from "./failurePage.ts";
import { figuresLine, Tally } from "./figures.ts";
import type { Outcome } from "./playSeed.ts";
import { longestMilliseconds, mostPlays, type Shrunk } from "./shrink.ts";
import type { ScenarioInput } from "./verbs.ts";

interface Flags {
	readonly seeds: number;
	readonly from: number;
	readonly minutes?: number;
	readonly json?: true;
	readonly record?: true;
	readonly html?: string;
}

function command(): Command {
	return scriptCommand("campaign")
		.description(
			"Draws worlds, settings, failures and faults by seed, plays them, and checks the invariants. Exit status: 0 none failed, 1 a seed failed, 2 wrong input.",
		)
		.option("--seeds <number>", "how many seeds", wholeNumber(1, 10_000_000), 1000)
		.option("--from <seed>", "the first seed", wholeNumber(0, 0xffff_ffff), 1)
		.option("--minutes <number>", "how long things happen in each story; by default the seed says", wholeNumber(15, 1440))
		.option("--json", "print the figures and every failing seed as JSON instead")
		.option("--html <folder>", "write the report of each shrunk story into this folder, as one HTML file")
		.option("--record", "write the invariants and the figures into docs/reliability.md");
}

const folder = "build/campaign/";

/** Writes a shrunk story where `npm run rehearse -- <path>` finds it. */
function writeScenario(seed: number, scenario: ScenarioInput): string {
	const path = `${folder}seed-${seed}.yaml`;
	const root = new URL("../../", import.meta.url);
	mkdirSync(new URL(folder, root), { recursive: true });
	writeFileSync(fileURLToPath(new URL(path, root)), stringify(scenario));
	return path;
}

function repeatLine({ seed }: Outcome, { minutes }: Flags): string {
	return `npm run campaign -- --from ${seed} --seeds 1${minutes === undefined ? "" : ` --minutes ${minutes}`}`;
}

function printFailure(outcome: Outcome, flags: Flags): void {
	for (const { invariant, what } of outcome.broken) say(`seed ${outcome.seed}  ✗ ${invariant}: ${what}`);
	say(`  ${repeatLine(outcome, flags)}`);
}

/** How far a story was shrunk. */
const shrunkWord: Readonly<Record<Shrunk["stopped"], string>> = {
	smallest: "shrunk",
	"plays-over": `shrunk as far as ${mostPlays} plays go`,
	"time-over": `shrunk as far as ${longestMilliseconds / 1000} s go`,
};

const progressMilliseconds = 2000;

/** The most invariants whose first story is shrunk in one campaign. */
const mostShrinks = 20;

async function run(program: Command): Promise<number> {
	const flags = program.opts<Flags>();
	const { seeds, from, json } = flags;
	const tally = new Tally();
	const stop = new AbortController();
	const began = performance.now();
	const figures = () => tally.figures((performance.now() - began) / 1000);
	const shrunk: Record<string, string> = {};
	const stories: { seed: number; scenario: ScenarioInput }[] = [];
	process.once("SIGINT", () => stop.abort());
	const progress = setInterval(() => tell(`… of ${seeds}: ${figuresLine(figures())}`), progressMilliseconds);
	await playAll(
		{
			from,
			seeds,
			threads: Math.min(availableParallelism(), Math.ceil(seeds / 10)),
			draw: { minutes: flags.minutes },
			shrinks: mostShrinks,
			finished: (outcome) => {
				tally.add(outcome);
				if (outcome.broken.length > 0 && json === undefined) printFailure(outcome, flags);
			},
			shrunk: (seed, { scenario, stopped }) => {
				shrunk[seed] = writeScenario(seed, scenario);
				stories.push({ seed, scenario });
				if (json === undefined) say(`seed ${seed} ${shrunkWord[stopped]}: npm run rehearse -- ${shrunk[seed]} --seed ${seed}`);
			},
		},
		stop.signal,
	).finally(() => clearInterval(progress));
	if (flags.html !== undefined) for (const { seed, scenario } of stories) await writeFailure(flags.html, seed, scenario);
	const failing = tally.failing();
	const reached = figures();
	if (flags.record && !stop.signal.aborted) {
		// The invariants know everything that is played: only this needs them here, and wrong usage is told at once.
		const { record } = await import("./reliability.ts");
		record(from, reached);
	}
	if (json) {
		const finished = failing.map((outcome) => ({ ...outcome, repeat: repeatLine(outcome, flags), scenario: shrunk[outcome.seed] }));
		console.log(JSON.stringify({ ...reached, failing: finished }));
	} else say(`${stop.signal.aborted ? "Stopped: " : ""}${figuresLine(reached)}`);
	return failing.length === 0 ? 0 : 1;
}

const isWrongInput = (error: unknown): error is Error => error instanceof PageFileError;

await runAsProcess({ command, run, isWrongInput });
