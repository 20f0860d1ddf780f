import "../../assert-node.mjs";
import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../../commands/commandLine.ts";
import { closingLine, isGreen, runSuite } from "../gate/suite.ts";
import { preparePython } from "./python.ts";

function command(): Command {
	return scriptCommand("test:aws")
		.description(
			"Judges what is declared in AWS by botocore's service models, makes it in moto, runs the shipped bundles there and checks each of their calls against the roles' policies. Installs both from PyPI below build/ the first time. Exit status: 0 all passed, or skipped because there is no Python or no PyPI; 1 a test was red; 2 wrong usage.",
		)
		.argument("[filters...]", "only test files whose path holds one of these");
}

async function run(program: Command): Promise<number> {
	console.log("looking for botocore and moto, which are installed the first time: about a minute");
	const python = preparePython();
	if ("missing" in python) {
		console.log(`skipped: ${python.missing}`);
		return 0;
	}
	const counts = await runSuite(["--config", "test/aws/vitest.config.ts", ...program.args]);
	console.log(closingLine(counts));
	return isGreen(counts) ? 0 : 1;
}

await runAsProcess({ command, run });
