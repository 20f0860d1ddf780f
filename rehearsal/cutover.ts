import { Argument, type Command } from "commander";
import { runAsProcess, scriptCommand } from "../commands/commandLine.ts";
import { say } from "../commands/terminal.ts";
import type { Incident } from "../functions/pipeline/model/incident.ts";
import { comparedReceipts, isReady, type Mirrored, receiptsText } from "./cutover/receipts.ts";
import { incidentsInTable } from "./cutover/table.ts";
import { readScenario, ScenarioError, scenarioNames } from "./scenario/read.ts";
import { isRunError } from "./scenario/runError.ts";
import { readStackFile, StackFileError, stackNames } from "./scenario/stackFile.ts";

interface Flags {
	readonly stack: string;
	readonly scenario: string;
	readonly table?: string;
	readonly from: string;
	readonly to: string;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("cutover")
		.description(
			"Moves a stack from one incident system to another. report: compares what both have of the same pages, those of a rehearsal, or with --table those of a deployed stack. Exit status: 0 the new one has everything, 1 it lacks something, 2 wrong input.",
		)
		.addArgument(new Argument("<what>", "what to do").choices(["report"]))
		.option("--scenario <name>", `the scenario that is played: a file, or one of: ${scenarioNames().join(", ")}`, "opsgenie-to-jsm")
		.option("--stack <name>", `the stack whose settings are rehearsed: ${stackNames().join(", ")}`, "dev")
		.option("--table <name>", "the DynamoDB table of a deployed stack's ledger, read with your own AWS credentials, instead of a rehearsal")
		.option("--from <kind>", "the kind of channel that the shop has", "opsgenie")
		.option("--to <kind>", "the kind that it moves to", "jsm")
		.option("--json", "print JSON instead");
}

async function run(program: Command): Promise<number> {
	const { from, to, json, ...flags } = program.opts<Flags>();
	const mirrored: Mirrored = { from, to };
	const pairs = comparedReceipts(await incidentsOf(flags), mirrored);
	if (json) console.log(JSON.stringify(pairs));
	else say(receiptsText(pairs, mirrored));
	return isReady(pairs) ? 0 : 1;
}

async function incidentsOf({ table, scenario, stack }: Pick<Flags, "table" | "scenario" | "stack">): Promise<readonly Incident[]> {
	if (table !== undefined) return incidentsInTable(table);
	const { play } = await import("./play.ts");
	const { world } = await play({ scenario: readScenario(scenario), file: readStackFile(stack), seed: 1 });
	const items = world.aws.state.tables.flatMap(({ ledger }) => ledger.items());
	return items.filter(({ key }) => key.startsWith("inc:")).map(({ value }) => value as Incident);
}

const isWrongInput = (error: unknown): error is Error =>
	error instanceof ScenarioError || error instanceof StackFileError || isRunError(error);

await runAsProcess({ command, run, isWrongInput });
