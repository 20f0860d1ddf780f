import { Command, CommanderError, InvalidArgumentError } from "commander";
import { DocumentError } from "../architect/expressions/variables.ts";
import { oneLine } from "./document.ts";
import { coloured, columns, fitted, tell } from "./terminal.ts";

/** A command by the name of its npm script; of wrong usage it says one sentence. */
export const scriptCommand = (name: string): Command => toolCommand(`npm run ${name} --`);

/** A command by what is typed to start it; of wrong usage it says one sentence. */
export function toolCommand(name: string): Command {
	return new Command(name).exitOverride().configureOutput({
		getOutHelpWidth: columns,
		getErrHelpWidth: columns,
		writeOut: (text) => process.stdout.write(fitted(text)),
		outputError: (text, write) => write(`${coloured(fitted(`${oneLine(text.trim())} (--help shows what is allowed)`), process.stderr)}\n`),
	});
}

/** Reads a whole number of an option or an argument. */
export const wholeNumber =
	(least: number, most: number) =>
	(text: string): number => {
		const number = Number(text);
		if (!/^\d{1,10}$/.test(text) || number < least || number > most)
			throw new InvalidArgumentError(`Expected a whole number from ${least} to ${most}.`);
		return number;
	};

/** A command: its options, and what it does with them. */
export interface Script {
	readonly command: () => Command;
	/** Gives the exit status. */
	readonly run: (command: Command) => number | Promise<number>;
	/** Beside wrong documents: what `run` throws of input that it cannot take, in words that a person can act on. */
	readonly isWrongInput?: (error: unknown) => error is Error;
}

/** Reads the arguments of the process and acts on them. The exit status is what `run` gives; 2 for wrong usage and wrong input. */
export async function runAsProcess(script: Script): Promise<void> {
	// A reader that has seen enough (`| head`) closes the pipe: that is no error.
	process.stdout.on("error", (error: NodeJS.ErrnoException) => {
		if (error.code !== "EPIPE") throw error;
		// As a shell reports a program that ended by SIGPIPE: nobody has seen the verdict.
		process.exit(141);
	});
	process.exitCode = await statusOf(script.command(), script, process.argv.slice(2));
}

/** What the process would end with for these arguments. */
export function statusOf(command: Command, script: Omit<Script, "command">, args: readonly string[]): number | Promise<number> {
	const refused = (error: unknown): number => statusOfError(error, script);
	try {
		command.parse(args, { from: "user" });
		const status = script.run(command);
		return typeof status === "number" ? status : status.catch(refused);
	} catch (error) {
		return refused(error);
	}
}

function statusOfError(error: unknown, { isWrongInput }: Omit<Script, "command">): number {
	// Its words are out already.
	if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
	if (error instanceof DocumentError) tell(oneLine(error.message));
	else if (isWrongInput?.(error)) tell(error.message);
	else throw error;
	return 2;
}
