import { availableParallelism } from "node:os";
import { type Command, Option } from "commander";
import { runAsProcess, scriptCommand, wholeNumber } from "../commands/commandLine.ts";
import { say, tell } from "../commands/terminal.ts";
import { bundleFunctions } from "../components/functions/bundle.ts";
import type { Came, OneOfMany, Refused } from "./many/oneOfMany.ts";
import { sideBySide } from "./many/sideBySide.ts";
import { PageFileError, writePage } from "./report/html/write.ts";
import { furtherOf, terminalReport } from "./report/report.ts";
import { storyOf } from "./report/story.ts";
import { readScenario, ScenarioError, scenarioNames } from "./scenario/read.ts";
import { isRunError } from "./scenario/runError.ts";
import type { Scenario } from "./scenario/scenario.ts";
import { readStackFile, StackFileError, stackNames } from "./scenario/stackFile.ts";

const latencyNames = ["off", "normal", "slow"] as const;
type LatencyName = (typeof latencyNames)[number];

interface Flags {
	readonly stack: string;
	readonly seed: number;
	readonly seeds: number;
	readonly latency?: LatencyName | undefined;
	readonly json?: true | undefined;
	readonly html?: string;
	readonly all?: true;
	readonly list?: true;
}

const defaultScenario = "trunk-outage";
const defaultStack = "dev";

function command(): Command {
	return scriptCommand("rehearse")
		.description(
			"Plays an incident on a laptop, against the resources that the Pulumi program declares. Exit status: 0 passed, 1 an expectation failed, 2 wrong input.",
		)
		.argument("[scenario]", `the path of a scenario file (*.yaml), or one of: ${scenarioNames().join(", ")}`, defaultScenario)
		.option("--stack <name>", `the stack whose settings are rehearsed: ${stackNames().join(", ")}`, defaultStack)
		.option("--seed <number>", "decides everything that is random; two runs with one seed are equal", wholeNumber(0, 0xffff_ffff), 1)
		.option("--seeds <number>", "play each scenario with so many seeds, counted from --seed", wholeNumber(1, 999_999), 1)
		.addOption(new Option("--latency <name>", "how long calls take, over what the scenario says: off takes none").choices(latencyNames))
		.option("--json", "print the report as JSON instead")
		.option("--html <file>", "also write the report as one HTML file: the timeline, who was told, the policy beside it, and the figures")
		.option("--all", "play every scenario and print one line for each (with --json: one report a line)")
		.option("--list", "print the scenarios and what each shows");
}

async function run(program: Command): Promise<number> {
	const flags = program.opts<Flags>();
	const [name] = program.args;
	if (flags.all && name !== undefined) program.error(`Expected --all or a scenario, got both --all and ${name}`);
	if (flags.html !== undefined && (flags.all || flags.seeds > 1)) program.error("Expected --html beside one rehearsal, got many");
	if (flags.list) return list();
	if (flags.all) return rehearseMany(scenarioNames().map(readScenario), flags);
	return rehearse(program.processedArgs[0] ?? defaultScenario, flags);
}

const isWrongInput = (error: unknown): error is Error =>
	error instanceof ScenarioError ||
	error instanceof StackFileError ||
	error instanceof Refusal ||
	error instanceof PageFileError ||
	isRunError(error);

/** The bundler is a process of its own: it works while the program and the emulators are loaded. What does not bundle is told by the deployment. */
async function player() {
	bundleFunctions("dynamodb").catch(() => undefined);
	const { play } = await import("./play.ts");
	return play;
}

function list(): number {
	for (const name of scenarioNames()) say(`${name.padEnd(28)} ${readScenario(name).why}`, () => " ".repeat(29));
	return 0;
}

async function rehearse(name: string, { stack, seed, seeds, json, html, latency }: Flags): Promise<number> {
	const scenario = readScenario(name);
	if (seeds > 1) return rehearseMany([scenario], { stack, seed, seeds, json, latency }, name);
	const play = await player();
	const { report, world } = await play({ scenario, file: readStackFile(stack), seed, latency });
	printOnce(world.deployment.warnings, new Set());
	if (json) console.log(JSON.stringify(report));
	else say(terminalReport(report, scenario.why), furtherOf);
	if (html !== undefined) writePage(html, storyOf(report));
	return report.verdict === "passed" ? 0 : 1;
}

/** Starting a thread takes as long as so many rehearsals. */
const fewestOfThread = 8;

/** One line for each play; a failed one is followed by the line that repeats it: `given` is the one scenario as it was typed. */
async function rehearseMany(scenarios: readonly Scenario[], { stack, seed, seeds, json, latency }: Flags, given?: string): Promise<number> {
	readStackFile(stack);
	const each = Array.from({ length: seeds }, (_, index) => seed + index);
	const many = scenarios.flatMap((scenario) => each.map((own) => ({ scenario, stack, seed: own, latency, json: json === true })));
	const printed = new Set<string>();
	let failed = 0;
	let index = 0;
	for await (const came of playAll(many)) {
		if ("refused" in came) throw new Refusal(came.refused);
		printOnce(came.warnings, printed);
		if (json) console.log(came.line);
		else say(came.line, () => " ".repeat(8));
		const one = many[index];
		index += 1;
		if (came.passed || one === undefined) continue;
		failed += 1;
		if (seeds > 1 && !json) say(repeatLine(one, given));
	}
	return failed === 0 ? 0 : 1;
}

/** What the program does not deploy, told by another thread. */
class Refusal extends Error {}

/** A scenario of a path is played again by that path, whatever it is called. */
function repeatLine({ scenario, stack, seed, latency }: OneOfMany, given = scenario.name): string {
	const flags = [
		...(stack === defaultStack ? [] : ["--stack", stack]),
		"--seed",
		seed,
		...(latency === undefined ? [] : ["--latency", latency]),
	];
	return `  npm run rehearse -- ${given} ${flags.join(" ")}`;
}

/** On as many threads as there are cores, where that is worth it. */
async function* playAll(many: readonly OneOfMany[]): AsyncGenerator<Came | Refused> {
	const threads = Math.max(1, Math.min(availableParallelism(), Math.floor(many.length / fewestOfThread)));
	// The first line comes once the program and the emulators are loaded.
	tell(`… playing ${many.length} rehearsals on ${threads === 1 ? "1 thread" : `${threads} threads`}`);
	if (threads > 1) return yield* sideBySide(many, threads);
	bundleFunctions("dynamodb").catch(() => undefined);
	const { createPlayer } = await import("./many/oneOfMany.ts");
	const player = createPlayer();
	for (const one of many) yield await player(one);
}

/** Beside the report: what the program says of settings that contradict each other. */
function printOnce(warnings: readonly string[], printed: Set<string>): void {
	for (const text of warnings) {
		if (!printed.has(text)) tell(`Warning: ${text}`);
		printed.add(text);
	}
}

await runAsProcess({ command, run, isWrongInput });
