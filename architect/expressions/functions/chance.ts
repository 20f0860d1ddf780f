import { chance } from "../chance.ts";
import { type Call, type Overload, row } from "../overload.ts";
import { decimal } from "../values.ts";

/** Chance, decided by the seed of the run: `Random()` is from 0.0 to below 1.0, `RandomInt(least, most)` includes both (an assumption: the vendor only names them). */
export const chanceFunctions: Readonly<Record<string, readonly Overload[]>> = {
	Random: [row([], "decimal", (_, { seed, position }) => decimal(chance(seed, position)))],
	RandomInt: [row(["integer", "integer"], "integer", between)],
};

function between([least, most]: readonly [number, number], call: Call): number {
	if (most < least) throw call.error("out-of-range", `Expected a second number of at least ${least}, got ${most}.`);
	return Math.min(most, least + Math.floor(chance(call.seed, call.position) * (most - least + 1)));
}
