import "../../assert-node.mjs";
import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../../commands/commandLine.ts";
import { findEngine } from "../../rehearsal/engine/engine.ts";
import { closingLine, isGreen, runSuite } from "../gate/suite.ts";
import { useRealProvider } from "./realProvider.ts";

function command(): Command {
	return scriptCommand("test:engine")
		.description(
			"Deploys both stacks by Pulumi's own engine, with a state of its own, to the emulator of Genesys Cloud and to a stand-in for AWS: several minutes. Exit status: 0 all passed, or skipped because there is no engine; 1 a test was red; 2 wrong usage.",
		)
		.option(
			"--real-provider",
			"let the engine fetch the real provider of Genesys Cloud instead of the stand-in for it, and compare its schema",
		)
		.argument("[filters...]", "only test files whose path holds one of these");
}

async function run(program: Command): Promise<number> {
	const engine = findEngine(process.env.PATH ?? "");
	if ("missing" in engine) {
		console.log(`skipped: ${engine.missing}`);
		return 0;
	}
	console.log(`Pulumi ${engine.version}; each operation of the engine takes half a minute`);
	if (program.opts<{ realProvider?: true }>().realProvider) useRealProvider();
	const counts = await runSuite(["--config", "test/engine/vitest.config.ts", ...program.args]);
	console.log(closingLine(counts));
	return isGreen(counts) ? 0 : 1;
}

await runAsProcess({ command, run });
