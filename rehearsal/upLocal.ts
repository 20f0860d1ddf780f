import { type Command, Option } from "commander";
import { runAsProcess, scriptCommand } from "../commands/commandLine.ts";
import { say, tell } from "../commands/terminal.ts";
import { findEngine } from "./engine/engine.ts";
import { readStackFile, StackFileError, stackNames } from "./scenario/stackFile.ts";

interface Flags {
	readonly stack: string;
	readonly stay?: true;
}

function command(): Command {
	return scriptCommand("up:local")
		.description(
			"Runs pulumi up on a state of its own, to an organization and an AWS account that are served on loopback ports, and then rehearses an incident on what the engine deployed. Needs Pulumi's command; no account, and nothing is kept. Exit status: 0 passed, 1 the engine or an expectation failed, or there is no engine, 2 wrong usage, 130 by Ctrl-C.",
		)
		.addOption(new Option("--stack <name>", "the stack whose settings are deployed").choices(stackNames()).default("dev"))
		.option("--stay", "serve it on until Ctrl-C, with the lines that let you run pulumi on it yourself");
}

async function run(program: Command): Promise<number> {
	const { stack, stay = false } = program.opts<Flags>();
	const engine = findEngine(process.env.PATH ?? "");
	if ("missing" in engine) {
		tell(`not run: ${engine.missing}`);
		return 1;
	}
	const file = readStackFile(stack);
	const ended = new AbortController();
	// For good: what starts the engine ends this process at once where nobody else listens.
	for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => ended.abort());
	// What it takes is only loaded where there is an engine.
	const { upLocal } = await import("./engine/upLocal.ts");
	return upLocal({ file, stay, signal: ended.signal, path: process.env.PATH ?? "", say, tell });
}

await runAsProcess({
	command,
	run,
	isWrongInput: (error): error is Error => error instanceof StackFileError,
});
