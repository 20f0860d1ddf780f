import { Command, CommanderError } from "commander";
import { DocumentError } from "../architect/expressions/variables.ts";
import { oneLine } from "./document.ts";

/** A command by the name of its npm script; of wrong usage it says one line. */
export function scriptCommand(name: string): Command {
	return new Command(`npm run ${name} --`).exitOverride().configureOutput({
		outputError: (text, write) => write(`${oneLine(text.trim())} (--help shows what is allowed)\n`),
	});
}

/** A command: its options, and what it does with them. */
export interface Script {
	readonly command: () => Command;
	/** Gives the exit status. */
	readonly run: (command: Command) => number | Promise<number>;
}

/** Reads the arguments of the process and acts on them. The exit status is what `run` gives; 2, and one line, for wrong usage and wrong documents. */
export async function runAsProcess({ command, run }: Script): Promise<void> {
	// A reader that has seen enough (`| head`) closes the pipe: that is no error.
	process.stdout.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
		process.exit(0);
	});
	process.exitCode = await statusOf(command(), run, process.argv.slice(2));
}

/** What the process would end with for these arguments. */
export function statusOf(command: Command, run: Script["run"], args: readonly string[]): number | Promise<number> {
	try {
		command.parse(args, { from: "user" });
		return run(command);
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		if (!(error instanceof DocumentError)) throw error;
		console.error(oneLine(error.message));
		return 2;
	}
}
