import { randomUUID } from "node:crypto";
import type { Command } from "commander";
import { runAsProcess, scriptCommand } from "../../../commands/commandLine.ts";
import { say } from "../../../commands/terminal.ts";
import { channelKinds, isChannelKind } from "../../../vendors/kinds.ts";
import { runContracts } from "./realRun.ts";
import { variablesOf } from "./realVendor.ts";

class WrongKind extends Error {}

interface Flags {
	readonly variables?: true;
}

const command = (): Command =>
	scriptCommand("test:vendor")
		.description(
			"Plays the contract of every vendor on a real one: it takes the credential, pages, reads the page back, repeats it, acknowledges and ends it. It pages whoever is on call there, with words that say that it is a test. The account and its secrets are read from the environment; a vendor that it does not name is skipped. Exit status: 0 nothing failed, 1 a contract did not hold, 2 wrong usage.",
		)
		.argument("[kinds...]", `which vendors; all where none is named. Allowed: ${channelKinds.join(", ")}`)
		.option("--variables", "only print the variables of these vendors, with what each is");

async function run(program: Command): Promise<number> {
	const named: readonly string[] = program.processedArgs[0];
	const wrong = named.filter((kind) => !isChannelKind(kind));
	if (wrong.length > 0) throw new WrongKind(`Expected kinds of vendors, got ${wrong.join(", ")}; allowed: ${channelKinds.join(", ")}`);
	const kinds = named.length === 0 ? channelKinds : named.filter(isChannelKind);
	if (program.opts<Flags>().variables) {
		for (const { name, words, usual } of kinds.flatMap(variablesOf))
			say(`${name}\n  ${words}${usual === undefined ? "" : `; ${usual === "" ? "none" : usual} where it is not set`}`);
		return 0;
	}
	const machine = {
		env: process.env,
		fetch: globalThis.fetch,
		clock: { now: () => Date.now() },
		sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
		run: randomUUID(),
	};
	const verdicts = await runContracts(kinds, machine, (line) => say(line));
	return verdicts.includes("failed") ? 1 : 0;
}

await runAsProcess({ command, run, isWrongInput: (error) => error instanceof WrongKind });
