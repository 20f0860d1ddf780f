import { secondsText } from "../scenario/spans.ts";
import { tellingSystems, type VendorSystem } from "../vendors/emulators.ts";
import { Dice } from "./dice.ts";
import type { World } from "./drawFailures.ts";
import type { Verb } from "./verbs.ts";

/** Who claims what is not so. */
export const intruder = "Mallory";

/** Whether vendors tell by webhooks what happens: in a third of all profiles, because a stack has their secrets or not. */
export const drawTelling = (profile: number): readonly VendorSystem[] =>
	new Dice(profile * 9103 + 47).chance(1 / 3) ? tellingSystems : [];

/**
 * What people do at a vendor with what goes on, and what others claim that they did; with dice of its own, so that what a seed drew before stays as it
 * was.
 */
export function drawAtVendors(seed: number, { trunks, services }: World, lasts: number, isTold: boolean): readonly Verb[] {
	const dice = new Dice(seed * 69_621 + 23);
	const [first, ...others] = services;
	const trunk = trunks[dice.whole(0, trunks.length - 1)] ?? "";
	const ends = dice.chance(0.08);
	const intrudes = dice.chance(0.25);
	if (first === undefined) return [];
	const service = dice.pick([first, ...others]);
	return [...(ends ? endsByHand(dice, trunk, service, lasts) : []), ...(intrudes && isTold ? intrusions(dice, service, lasts) : [])];
}

/** A failure that goes on, and whose page somebody ends by hand, sometimes after an answer. */
function endsByHand(dice: Dice, trunk: string, service: string, lasts: number): readonly Verb[] {
	const from = dice.small(1, Math.max(1, lasts - 30)) * 60;
	const ended = from + dice.whole(150, 900);
	const until = Math.min((lasts - 1) * 60, from + dice.whole(900, 5400));
	return [
		{ at: secondsText(from), do: "trunk-down", trunk },
		...(dice.chance(0.5) ? [{ at: secondsText(ended - dice.whole(10, 60)), do: "acknowledge", service, by: "Dora" } as const] : []),
		{ at: secondsText(ended), do: "acts", act: "resolve", service, by: "Dora" },
		{ at: secondsText(Math.max(until, from + 60)), do: "trunk-up", trunk },
	];
}

/** Somebody forges an answer or repeats one, again and again. */
const intrusions = (dice: Dice, service: string, lasts: number): readonly Verb[] =>
	dice.several(dice.whole(1, 4), () => ({
		at: secondsText(dice.whole(120, (lasts - 1) * 60)),
		do: "intrudes",
		how: dice.pick(["forged", "replayed"]),
		service,
		by: intruder,
	}));
