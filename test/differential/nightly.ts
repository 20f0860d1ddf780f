import { Command, CommanderError, InvalidArgumentError } from "commander";
import { search } from "./search.ts";

interface Flags {
	readonly cases: number;
	readonly seed: number;
}

function whole(text: string): number {
	const number = Number(text);
	if (!/^\d{1,9}$/.test(text) || number < 1) throw new InvalidArgumentError("Expected a whole number from 1 to 999999999.");
	return number;
}

/** A day's own seed, so that every night looks at other cases: its days since 1970. */
const today = (): number => Math.floor(Date.now() / 86_400_000);

async function run(args: readonly string[]): Promise<number> {
	const program = new Command("npm run differential --")
		.description(
			"Plays generated policies in generated worlds through the compiled workflow and the overseer, and compares. Exit status: 0 no difference, 1 a difference, 2 wrong input.",
		)
		.option("--cases <number>", "how many cases", whole, 50_000)
		.option("--seed <number>", "decides the cases; by default it changes every day", whole, today())
		.exitOverride();
	try {
		program.parse([...args], { from: "user" });
	} catch (error) {
		if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
		throw error;
	}
	const { cases, seed } = program.opts<Flags>();
	const { counterexample, runs, common, partings, ends } = await search({ runs: cases, seed });
	if (counterexample !== undefined) {
		console.log(counterexample);
		return 1;
	}
	const counts = (of: Readonly<Record<string, number>>): string =>
		Object.entries(of)
			.map(([name, count]) => `${name} ${count}`)
			.join(", ");
	console.log(`No difference in ${runs} cases (seed ${seed}); ${common} steps in common.`);
	console.log(`The overseer's stories ended in: ${counts(ends)}.`);
	console.log(`Stories that parted before their end: ${counts(partings) || "none"}.`);
	return 0;
}

process.exitCode = await run(process.argv.slice(2));
