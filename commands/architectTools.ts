import type { Command } from "commander";
import manifest from "../architect/package.json" with { type: "json" };
import { type Script, toolCommand } from "./commandLine.ts";
import { evaluateExpression } from "./evaluate.ts";
import { lintFlows } from "./lintFlow.ts";
import { simulateFlow } from "./simulateFlow.ts";

const tools: ReadonlyMap<string, Script> = new Map([
	["lint", lintFlows],
	["simulate", simulateFlow],
	["evaluate", evaluateExpression],
]);

function command(): Command {
	const program = toolCommand("genesys-architect").description(manifest.description).version(manifest.version);
	for (const [name, tool] of tools) program.addCommand(tool.command().name(name));
	return program;
}

/** The command that was chosen; what names none has been refused before. */
function run(program: Command): number | Promise<number> {
	const chosen = program.commands.find((each) => each.name() === program.args[0]);
	const tool = tools.get(chosen?.name() ?? "");
	return chosen === undefined || tool === undefined ? program.error("error: missing command") : tool.run(chosen);
}

/** The tools for flows as one command, as the package `genesys-architect-tools` has it. */
export const architectTools: Script = { command, run };
