import { Command, CommanderError } from "commander";
import { DocumentError } from "../architect/expressions/variables.ts";
import { oneLine } from "./document.ts";

/** A command by the name of its npm script; of wrong usage it says one line. */
export function scriptCommand(name: string): Command {
	return new Command(`npm run ${name} --`).exitOverride().configureOutput({
		outputError: (text, write) => write(`${oneLine(text.trim())} (--help shows what is allowed)\n`),
	});
}

type Act = (command: Command) => number | Promise<number>;

/** Reads the arguments of the process and acts on them. The exit status is what `act` gives; 2, and one line, for wrong usage and wrong documents. */
export async function runAsProcess(command: Command, act: Act): Promise<void> {
	// A reader that has seen enough (`| head`) closes the pipe: that is no error.
	process.stdout.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
		process.exit(0);
	});
	process.exitCode = await statusOf(command, act);
}

async function statusOf(command: Command, act: Act): Promise<number> {
	try {
		command.parse();
		return await act(command);
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		if (!(error instanceof DocumentError)) throw error;
		console.error(oneLine(error.message));
		return 2;
	}
}
