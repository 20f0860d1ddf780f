import { type Command, InvalidArgumentError } from "commander";
import { runAsProcess, scriptCommand, wholeNumber } from "../commands/commandLine.ts";
import { say, tell } from "../commands/terminal.ts";
import { estimate } from "./cost/estimate.ts";
import { knownRegions, pricesIn } from "./cost/prices.ts";
import { costJson, costText } from "./cost/text.ts";
import { isRunError } from "./scenario/runError.ts";
import { readStackFile, StackFileError, stackNames } from "./scenario/stackFile.ts";

interface Flags {
	readonly stack: string;
	readonly trunks: number;
	readonly incidents: number;
	readonly pages: number;
	readonly region?: string;
	readonly priceFactor?: number;
	readonly json?: true;
}

function command(): Command {
	return scriptCommand("cost")
		.description(
			"Estimates what a month of a stack costs, idle and busy: what the program declares, and what the offline world counts. Exit status: 0, or 2 for wrong input.",
		)
		.option("--stack <name>", `the stack whose settings are read: ${stackNames().join(", ")}`, "prod")
		.option("--trunks <number>", "how many trunks there are, each edge of a trunk counted", wholeNumber(2, 5000), 20)
		.option("--incidents <number>", "how many incidents a busy month has", wholeNumber(0, 100_000), 30)
		.option("--pages <number>", "how many places are paged for each, in the mean", wholeNumber(1, 20), 2)
		.option("--region <name>", `the region of AWS, instead of the stack's own; prices are known of: ${knownRegions.join(", ")}`)
		.option("--price-factor <number>", `prices of ${knownRegions[0]} times this, for any region`, factorOf)
		.option("--json", "print JSON instead: every line, price and assumption");
}

function factorOf(text: string): number {
	const factor = Number(text);
	if (/^\d+(?:\.\d+)?$/.test(text) && factor >= 0.1 && factor <= 10) return factor;
	throw new InvalidArgumentError(`Expected a number from 0.1 to 10, got "${text}".`);
}

async function run(program: Command): Promise<number> {
	const { json, priceFactor, ...flags } = program.opts<Flags>();
	const file = readStackFile(flags.stack);
	const region = flags.region ?? file.config["aws:region"] ?? "";
	const prices = pricesIn(region, priceFactor);
	if (prices === undefined)
		return program.error(
			`Expected a region whose prices are known, ${knownRegions.join(" or ")}, got ${region === "" ? "none" : `"${region}"`}; --price-factor takes ${knownRegions[0]}'s prices times a number`,
		);
	// The program and the emulators are loaded only now: wrong input is told at once.
	const { measure } = await import("./cost/measure.ts");
	tell(`… measuring ${flags.trunks} trunks in the offline world`);
	const measured = await measure(file, flags.trunks);
	if (measured.incidents === undefined && flags.incidents > 0)
		program.error(`Expected --incidents 0: stack ${flags.stack} opens no incident for a trunk, so none was measured`);
	const asked = { ...flags, region };
	const found = estimate(measured, prices, flags);
	if (json) console.log(costJson(found, prices, asked));
	else say(costText(found, prices, asked));
	return 0;
}

const isWrongInput = (error: unknown): error is Error => error instanceof StackFileError || isRunError(error);

await runAsProcess({ command, run, isWrongInput });
