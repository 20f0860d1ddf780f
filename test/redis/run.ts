import "../../assert-node.mjs";
import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../../commands/commandLine.ts";
import { closingLine, isGreen, runSuite } from "../gate/suite.ts";
import { findServer, noServer } from "./server.ts";

function command(): Command {
	return scriptCommand("test:redis")
		.description(
			"Tries the ledger in a Redis or Valkey server, which it starts on loopback: the contract of every ledger, lost connections, refused passwords. Exit status: 0 all passed, or skipped because there is no server; 1 a test was red; 2 wrong usage.",
		)
		.argument("[filters...]", "only test files whose path holds one of these");
}

async function run(program: Command): Promise<number> {
	if (findServer(process.env.PATH ?? "") === undefined) {
		console.log(`skipped: ${noServer}`);
		return 0;
	}
	const counts = await runSuite(["--config", "test/redis/vitest.config.ts", ...program.args]);
	console.log(closingLine(counts));
	return isGreen(counts) ? 0 : 1;
}

await runAsProcess({ command, run });
