import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Command } from "commander";
import { runAsProcess, scriptCommand, wholeNumber } from "../commands/commandLine.ts";
import { Child, endWithThisProcess } from "./gate/child.ts";
import { startLoad } from "./gate/load.ts";
import { type JsonReport, kindOf, outsideOfTests, type Run, redTests, runText, verdictText } from "./gate/repetition.ts";

interface Flags {
	readonly load: number;
}

const whole = wholeNumber(1, 9999);

function command(): Command {
	return scriptCommand("test:repeat")
		.description(
			"Runs the whole test suite again and again, by turns on an idle and on a loaded machine, and names every test that was red. Exit status: 0 no run was red, 1 a run was red, 2 wrong usage, 130 interrupted.",
		)
		.argument("[runs]", "how often", whole, 20)
		.argument("[filters...]", "only test files whose path holds one of these")
		.option("--load <threads>", "how many busy threads make the machine a loaded one", whole, availableParallelism());
}

const suite = ["--import", "./assert-node.mjs", "test/run.ts"];
const root = resolve(import.meta.dirname, "..");

interface Repetition {
	readonly runs: number;
	readonly filters: readonly string[];
	readonly load: number;
	/** Where the runs put their reports. */
	readonly folder: string;
}

/** What is under way, to be ended with this process. */
let child: Child | undefined;

/** Runs the suite once, and reads what came of it. */
async function runOnce(number: number, { filters, load, folder }: Repetition): Promise<Run> {
	const kind = kindOf(number);
	const report = join(folder, `${number}.json`);
	const endLoad = kind === "loaded" ? startLoad(load) : undefined;
	const begun = performance.now();
	child = new Child(process.execPath, [...suite, "--reporter=json", `--outputFile=${report}`, ...filters]);
	const status = await child.ended;
	await endLoad?.();
	const { passed, red } = readReport(report);
	const failed = status !== 0 && red.length === 0 ? [outsideOfTests] : red;
	if (failed.includes(outsideOfTests)) console.error(child.output.trimEnd());
	return { kind, passed, red: failed, seconds: (performance.now() - begun) / 1000 };
}

/** A run that ended before it could report has passed nothing. */
function readReport(path: string): Pick<Run, "passed" | "red"> {
	try {
		const report: JsonReport = JSON.parse(readFileSync(path, "utf8"));
		return { passed: report.numPassedTests, red: redTests(report, root) };
	} catch (error) {
		if (error instanceof SyntaxError || (error instanceof Error && "code" in error && error.code === "ENOENT"))
			return { passed: 0, red: [] };
		throw error;
	}
}

async function repeat(repetition: Repetition): Promise<number> {
	const { runs, folder } = repetition;
	const done: Run[] = [];
	endWithThisProcess(() => {
		child?.end();
		rmSync(folder, { recursive: true, force: true });
		if (done.length < runs) console.log(`ended early: ${verdictText(done)}`);
	});
	for (let number = 1; number <= runs; number += 1) {
		if (process.stdout.isTTY) process.stdout.write(`run ${number} of ${runs}, ${kindOf(number)} …\r`);
		const run = await runOnce(number, repetition);
		done.push(run);
		console.log(runText(run, number, runs));
	}
	console.log(verdictText(done));
	return done.some(({ red }) => red.length > 0) ? 1 : 0;
}

async function run(program: Command): Promise<number> {
	const [runs, filters]: readonly [number, readonly string[]] = [program.processedArgs[0], program.processedArgs[1] ?? []];
	const folder = mkdtempSync(join(tmpdir(), "runbooks-repeat-"));
	return repeat({ runs, filters, load: program.opts<Flags>().load, folder });
}

await runAsProcess({ command, run });
