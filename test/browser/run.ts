import "../../assert-node.mjs";
import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../../commands/commandLine.ts";
import { closingLine, isGreen, runSuite } from "../gate/suite.ts";
import { findChromium, noChromium } from "./chromium.ts";

function command(): Command {
	return scriptCommand("test:browser")
		.description(
			"Looks at the pages for people in Chromium: WCAG 2.1 A and AA by axe, nothing wider than a phone, by day and by night, without scripts, by keyboard. Pictures of them go to build/browser. Exit status: 0 all passed, or skipped because there is no Chromium; 1 a test was red; 2 wrong usage.",
		)
		.argument("[filters...]", "only test files whose path holds one of these");
}

async function run(program: Command): Promise<number> {
	if (findChromium(process.env.PATH ?? "") === undefined) {
		console.log(`skipped: ${noChromium}`);
		return 0;
	}
	const counts = await runSuite(["--config", "test/browser/vitest.config.ts", ...program.args]);
	console.log(closingLine(counts));
	return isGreen(counts) ? 0 : 1;
}

await runAsProcess({ command, run });
