import { secondsIn, secondsText } from "../scenario/spans.ts";
import { Dice } from "./dice.ts";
import type { Verb } from "./verbs.ts";

type Settings = Readonly<Record<string, unknown>>;

/** What a silence may be about: some trunks, one condition, some severities, queues. */
type Match = Extract<Verb, { do: "silences" }>["match"];

const pickMatch = (dice: Dice): Match =>
	dice.pick<Match>([
		{ entity: "Trunk-1*" },
		{ condition: "trunk-down" },
		{ condition: ["trunk-down", "edge-offline"], entity: ["*-1", "*-2"] },
		{ severity: ["high", "medium"] },
		{ queue: "*" },
	]);

/** Windows that open while the story is told, in a third of all profiles; with dice of their own, so that what was drawn before stays as it was. */
export function drawWindows(profile: number): Settings {
	const dice = new Dice(profile * 9091 + 53);
	if (!dice.chance(1 / 3)) return {};
	const windows = dice.several(dice.whole(1, 2), (index) => ({
		name: `works-${index + 1}`,
		why: "works that the campaign drew",
		who: "Ada",
		match: pickMatch(dice),
		minutes: dice.weighted([
			[4, dice.whole(5, 40)],
			[1, 1],
			[1, 1440],
		]),
		...dice.pick<Settings>([
			{ zone: "UTC", recurrence: { days: ["monday"], at: dice.pick(["08:02", "08:05", "08:15"]) } },
			{ zone: "Europe/Berlin", start: dice.pick(["2026-01-05T09:00", "2026-01-05T09:04", "2026-01-05T09:20"]) },
		]),
	}));
	return { windows };
}

/** Somebody silences by hand what is about to fail, sometimes again and for longer, and sometimes ends it early. */
export function drawSilences(seed: number, failures: readonly Verb[], lasts: number): readonly Verb[] {
	const dice = new Dice(seed * 69_621 + 29);
	if (!dice.chance(0.15)) return [];
	const match = pickMatch(dice);
	const fails = failures.map(({ at }) => secondsIn(at));
	const first = fails.length === 0 ? dice.whole(1, lasts) * 60 : Math.min(...fails);
	const verbs = dice.several(dice.whole(1, 2), (index): readonly Verb[] => {
		const from = Math.max(1, first + dice.whole(-300, index === 0 ? 120 : 600));
		const silence = `hand-${index + 1}`;
		const seconds = dice.whole(2, 25) * 60;
		const begun: Verb = { at: secondsText(from), do: "silences", silence, match, lasts: secondsText(seconds), why: "drawn", by: "Ben" };
		const ended: Verb = { at: secondsText(from + dice.whole(30, seconds)), do: "ends-silence", silence, by: "Cleo" };
		return dice.chance(0.4) ? [begun, ended] : [begun];
	});
	return verbs.flat();
}
