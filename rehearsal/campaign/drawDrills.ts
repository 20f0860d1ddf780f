import { secondsText } from "../scenario/spans.ts";
import { Dice } from "./dice.ts";
import type { Verb } from "./verbs.ts";

/** The policies of the stack whose settings a story is laid over. */
const usualPolicies: readonly string[] = ["telephony", "it-operations"];

/** Somebody asks for a drill, whatever else happens, now and then for several; with dice of its own. */
export function drawDrills(seed: number, { policies }: Readonly<Record<string, unknown>>, lasts: number): readonly Verb[] {
	const dice = new Dice(seed * 51_341 + 37);
	if (!dice.chance(0.12)) return [];
	const names = policies === undefined ? usualPolicies : Object.keys(Object(policies));
	const [first = "telephony", ...others] = names;
	return dice.several(
		dice.weighted([
			[4, 1],
			[1, 3],
		]),
		(): Verb => ({
			at: secondsText(dice.whole(61, Math.max(62, (lasts - 1) * 60))),
			do: "asks-drill",
			policy: dice.pick([first, ...others]),
			by: "Ada",
		}),
	);
}
