import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { Worker } from "node:worker_threads";
import type { Command } from "commander";
import { runAsProcess, scriptCommand, wholeNumber } from "../../../commands/commandLine.ts";
import { groupIntervalSeconds, leastPatienceSeconds, versionOf } from "./alertmanager.ts";
import { playPeer } from "./peer.ts";
import { cases, lastsSeconds } from "./schedule.ts";
import { type Measured, sectionOf } from "./section.ts";
import { inOrder, peerRows } from "./systems.ts";
import { markdownTable, type Row, withSection } from "./table.ts";

interface Flags {
	readonly binary: string;
	readonly scale: number;
	readonly seed: number;
	readonly json?: true;
	readonly write?: true;
}

const largestScale = groupIntervalSeconds / leastPatienceSeconds;
const document = new URL("../../../docs/reliability.md", import.meta.url);
/** Beyond the schedule itself: the start of the processes, and the rehearsals where they take longer. */
const spareMilliseconds = 80_000;
const progressMilliseconds = 10_000;
const interrupted = 130;

const howToGetIt = `On Debian and Ubuntu: apt-get install prometheus-alertmanager (its service need not run).
Elsewhere: https://prometheus.io/download/#alertmanager, and --binary path/to/alertmanager.`;

function command(): Command {
	return scriptCommand("bench:alertmanager")
		.description(
			"Plays the same failures and faults through Prometheus Alertmanager and through this system. Exit status: 0 measured, 1 could not be measured, 2 wrong input or no Alertmanager.",
		)
		.option("--binary <path>", "the Alertmanager to run", "prometheus-alertmanager")
		.option(
			"--scale <number>",
			"how many seconds of the policy go by in one second of real time",
			wholeNumber(1, largestScale),
			largestScale,
		)
		.option("--seed <number>", "decides everything that is random in this system's world", wholeNumber(1, 0xffff_ffff), 1)
		.option("--json", "print the figures as JSON instead")
		.option("--write", "write the table into docs/reliability.md");
}

async function run(program: Command): Promise<number> {
	const flags = program.opts<Flags>();
	const alertmanager = versionOf(flags.binary);
	if (alertmanager === undefined) {
		console.error(`Expected Alertmanager, got no ${flags.binary}.\n${howToGetIt}`);
		return 2;
	}
	const ending = new AbortController();
	process.once("SIGINT", () => ending.abort(new Error("interrupted")));
	process.once("SIGTERM", () => ending.abort(new Error("interrupted")));
	const late = setTimeout(() => ending.abort(new Error("it took too long")), (lastsSeconds * 1000) / flags.scale + spareMilliseconds);
	try {
		return report({ alertmanager, scale: flags.scale, seed: flags.seed, rows: await measure(flags, ending.signal) }, flags);
	} catch (error) {
		const reason = ending.signal.aborted ? ending.signal.reason : error;
		console.error(`Not measured: ${reason instanceof Error ? reason.message : String(reason)}`);
		return ending.signal.aborted && reason instanceof Error && reason.message === "interrupted" ? interrupted : 1;
	} finally {
		clearTimeout(late);
	}
}

/** Both sides at once. Where one fails, the other is ended first. */
async function measure({ binary, scale, seed }: Flags, ending: AbortSignal): Promise<readonly Row[]> {
	const failed = new AbortController();
	const signal = AbortSignal.any([ending, failed.signal]);
	const progress = showProgress(scale);
	const sides = [rehearse(seed, signal), ...cases.map(async (given) => peerRows(given, await playPeer(given, binary, scale, signal)))];
	try {
		return inOrder(cases, (await Promise.all(sides)).flat());
	} catch (error) {
		failed.abort(error);
		await Promise.allSettled(sides);
		throw error;
	} finally {
		clearInterval(progress);
	}
}

function showProgress(scale: number): NodeJS.Timeout {
	const seconds = Math.ceil(lastsSeconds / scale);
	const began = Date.now();
	console.error(`${cases.length} cases through Alertmanager at once, ${scale} times as fast as the policy: about ${seconds} s`);
	return setInterval(() => console.error(`  ${Math.round((Date.now() - began) / 1000)} of about ${seconds} s`), progressMilliseconds);
}

function rehearse(seed: number, signal: AbortSignal): Promise<readonly Row[]> {
	return new Promise((resolve, reject) => {
		const rows: Row[] = [];
		const worker = new Worker(new URL("./oursWorker.ts", import.meta.url), { workerData: { seed } });
		signal.addEventListener("abort", () => void worker.terminate());
		worker.on("message", (row: Row) => {
			rows.push(row);
			console.error(`  rehearsed: ${row.case}, ${row.system}`);
		});
		worker.once("error", reject);
		worker.once("exit", (code) => (code === 0 ? resolve(rows) : reject(new Error("the rehearsal was ended"))));
	});
}

function report(measured: Measured, { json, write }: Flags): number {
	console.log(json ? JSON.stringify(measured) : markdownTable(measured.rows));
	if (!write) return 0;
	const written = withSection(existsSync(document) ? readFileSync(document, "utf8") : undefined, sectionOf(measured));
	if (written === undefined) {
		console.error("docs/reliability.md: expected both markers of this section or none, got one");
		return 1;
	}
	writeFileSync(document, written);
	return 0;
}

await runAsProcess({ command, run });
