import { Dice } from "./dice.ts";

/** Draws of one profile that came later than the others, apart from them, so that what a seed drew before stays as it was. */
const diceOf = (profile: number): Dice => new Dice(profile * 6151 + 29);

/** How long silence may last, and an answer: mostly as usual, often so short that a story of an hour sees several rounds. */
export interface Rounds {
	readonly repeatSeconds: number;
	readonly repeatsADay: number;
	readonly acknowledgedForSeconds: number;
	readonly reopenSeconds: number;
}

export function drawRounds(profile: number): Rounds {
	const dice = diceOf(profile);
	return {
		repeatSeconds: dice.weighted([
			[4, 3600],
			[3, 300],
			[2, dice.whole(301, 1800)],
			[1, 86_400],
		]),
		repeatsADay: dice.weighted([
			[6, 24],
			[1, 0],
			[1, dice.whole(1, 3)],
			[1, 288],
		]),
		acknowledgedForSeconds: dice.weighted([
			[4, 14_400],
			[3, 600],
			[2, dice.whole(601, 3600)],
			[1, 604_800],
		]),
		reopenSeconds: drawReopening(new Dice(profile * 6151 + 37)),
	};
}

const drawReopening = (dice: Dice): number =>
	dice.weighted([
		[4, 900],
		[2, 60],
		[2, dice.whole(61, 1800)],
		[1, 604_800],
	]);

/** The rule about failures that come and go: mostly the usual one, sometimes none, sometimes at an end of what is valid. */
export function drawIntermittent(
	dice: Dice,
	breachesToOpen: number,
): { readonly intermittent?: false | { readonly breaches: number; readonly of: number } } {
	const least = Math.max(2, breachesToOpen + 1);
	const breaches = dice.small(least, 30);
	return dice.weighted([
		[6, {}],
		[1, { intermittent: false }],
		[1, { intermittent: { breaches: least, of: Math.max(3, least) } }],
		[1, { intermittent: { breaches: least, of: 30 } }],
		[1, { intermittent: { breaches: 30, of: 30 } }],
		[1, { intermittent: { breaches, of: Math.max(3, dice.whole(breaches, 30)) } }],
	]);
}
