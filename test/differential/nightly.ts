import type { Command } from "commander";
import { runAsProcess, scriptCommand, wholeNumber } from "../../commands/commandLine.ts";
import { search } from "./search.ts";
import { searchTroubled } from "./troubledSearch.ts";

interface Flags {
	readonly cases: number;
	readonly seed: number;
}

const whole = wholeNumber(1, 999_999_999);

/** So many cases without troubles for one in which calls hang, lose their answers or kill their caller. */
const casesForATroubledOne = 10;

/** A day's own seed, so that every night looks at other cases: its days since 1970. */
const today = (): number => Math.floor(Date.now() / 86_400_000);

function command(): Command {
	return scriptCommand("differential")
		.description(
			"Plays generated policies in generated worlds through the compiled workflow and the overseer, and compares. Exit status: 0 no difference, 1 a difference, 2 wrong input.",
		)
		.option("--cases <number>", "how many cases", whole, 50_000)
		.option("--seed <number>", "decides the cases; by default it changes every day", whole, today());
}

async function run(program: Command): Promise<number> {
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
	const troubled = await searchTroubled(Math.ceil(cases / casesForATroubledOne), seed);
	if (troubled.counterexample !== undefined) {
		console.log(troubled.counterexample);
		return 1;
	}
	console.log(`No difference in ${troubled.runs} cases with troubles: ${counts(troubled.met)}.`);
	return 0;
}

await runAsProcess({ command, run });
