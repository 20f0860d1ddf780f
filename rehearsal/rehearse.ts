import { Command, CommanderError, InvalidArgumentError } from "commander";
import { bundleFunctions } from "../components/bundle.ts";
import { summaryLine, terminalReport } from "./report.ts";
import { readScenario, ScenarioError, scenarioNames } from "./scenario.ts";
import { readStackFile, StackFileError, stackNames } from "./stackFile.ts";

interface Flags {
	readonly stack: string;
	readonly seed: number;
	readonly json?: true;
	readonly all?: true;
	readonly list?: true;
}

const defaultScenario = "trunk-outage";

function seedOf(text: string): number {
	const seed = Number(text);
	if (!/^\d{1,10}$/.test(text) || seed > 0xffffffff) throw new InvalidArgumentError(`Expected a whole number from 0 to ${0xffffffff}.`);
	return seed;
}

function command(): Command {
	return new Command("npm run rehearse --")
		.description(
			"Plays an incident on a laptop, against the resources that the Pulumi program declares. Exit status: 0 passed, 1 an expectation failed, 2 wrong input.",
		)
		.argument("[scenario]", `one of: ${scenarioNames().join(", ")}`, defaultScenario)
		.option("--stack <name>", `the stack whose settings are rehearsed: ${stackNames().join(", ")}`, "dev")
		.option("--seed <number>", "decides everything that is random; two runs with one seed are equal", seedOf, 1)
		.option("--json", "print the report as JSON instead")
		.option("--all", "play every scenario and print one line for each (with --json: one report a line)")
		.option("--list", "print the scenarios and what each shows")
		.exitOverride()
		.configureOutput({ outputError: (text, write) => write(`${text.trim()} (--help shows what is allowed)\n`) });
}

async function run(args: readonly string[]): Promise<number> {
	const program = command();
	try {
		program.parse([...args], { from: "user" });
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		throw error;
	}
	const flags = program.opts<Flags>();
	const [name] = program.args;
	if (flags.all && name !== undefined) {
		console.error(`Expected --all or a scenario, got both --all and ${name} (--help shows what is allowed)`);
		return 2;
	}
	try {
		if (flags.list) return list();
		if (flags.all) return await rehearseAll(flags);
		return await rehearse(program.processedArgs[0] ?? defaultScenario, flags);
	} catch (error) {
		if (!(error instanceof ScenarioError || error instanceof StackFileError || isRunError(error))) throw error;
		console.error(error.message);
		return 2;
	}
}

/** What the Pulumi program says of settings or a workflow that it will not deploy; the class is of another realm under some runners, hence by name. */
const isRunError = (error: unknown): error is Error => error instanceof Error && "__pulumiRunError" in error;

/** The bundler is a process of its own: it works while the program and the emulators are loaded. What does not bundle is told by the deployment. */
async function player() {
	bundleFunctions().catch(() => undefined);
	const { play } = await import("./play.ts");
	return play;
}

function list(): number {
	for (const name of scenarioNames()) console.log(`${name.padEnd(28)} ${readScenario(name).why}`);
	return 0;
}

async function rehearse(name: string, { stack, seed, json }: Flags): Promise<number> {
	const scenario = readScenario(name);
	const play = await player();
	const { report } = await play({ scenario, file: readStackFile(stack), seed });
	console.log(json ? JSON.stringify(report) : terminalReport(report, scenario.why));
	return report.verdict === "passed" ? 0 : 1;
}

async function rehearseAll({ stack, seed, json }: Flags): Promise<number> {
	const file = readStackFile(stack);
	const play = await player();
	let failed = 0;
	for (const name of scenarioNames()) {
		const { report } = await play({ scenario: readScenario(name), file, seed });
		console.log(json ? JSON.stringify(report) : summaryLine(report));
		if (report.verdict === "failed") failed += 1;
	}
	return failed === 0 ? 0 : 1;
}

// A reader that has seen enough (`| head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
	// As a shell reports a program that ended by SIGPIPE.
	if (error.code === "EPIPE") process.exit(141);
	throw error;
});

process.exitCode = await run(process.argv.slice(2));
