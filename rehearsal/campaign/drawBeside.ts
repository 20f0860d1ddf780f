import { secondsText } from "../scenario/spans.ts";
import { Dice } from "./dice.ts";
import { alerted } from "./drawAlerts.ts";
import type { World } from "./drawFailures.ts";
import type { Verb } from "./verbs.ts";

const minute = (number: number): string => secondsText(number * 60);

/**
 * What happens beside the other draws of a seed, with dice of its own: a story without any of it is what it was before. Each is seldom, so that
 * most stories have one of them at most.
 */
export function drawBeside(seed: number, world: World, lasts: number): readonly Verb[] {
	const dice = new Dice(seed * 48_271 + 13);
	const isDrawn = [0.1, 0.1, 0.12, 0.2].map((probability) => dice.chance(probability));
	const draws = [comesAndGoes, refusesKey, takesBack, alerted];
	return draws.flatMap((draw, index) => {
		const verbs = draw(dice, world, lasts);
		return isDrawn[index] === true ? verbs : [];
	});
}

const trunkOf = (dice: Dice, { trunks }: World): string => trunks[dice.whole(0, trunks.length - 1)] ?? "";

/** A trunk that is down for a moment, every few minutes, for as long as the story allows; often never twice in a row for the poller. */
function comesAndGoes(dice: Dice, world: World, lasts: number): readonly Verb[] {
	const trunk = trunkOf(dice, world);
	const every = dice.pick([2, 2, 3, 4]);
	const downSeconds = dice.pick([30, 60, 60, 90]);
	const from = dice.small(1, Math.max(1, lasts - 20));
	const rounds = Math.max(1, Math.min(dice.whole(3, 20), Math.floor((lasts - 2 - from) / every)));
	return dice
		.several(rounds, (index): readonly Verb[] => [
			{ at: minute(from + index * every), do: "trunk-down", trunk },
			{ at: secondsText((from + index * every) * 60 + downSeconds), do: "trunk-up", trunk },
		])
		.flat();
}

/** A secret that is taken no longer, for as long as somebody must hear of it; sometimes for a moment only. */
function refusesKey(dice: Dice, { services, acts }: World, lasts: number): readonly Verb[] {
	const [first, ...others] = services;
	const ofPagerDuty = first === undefined ? "twilio" : (`pagerduty-${dice.pick([first, ...others])}` as const);
	const client = dice.weighted<Extract<Verb, { do: "refuses" }>["client"]>([
		[3, ofPagerDuty],
		[2, "twilio"],
		[1, acts ? "remediator" : "launcher"],
		[1, "launcher"],
	]);
	const from = dice.small(1, Math.max(1, lasts - 30));
	const minutes = dice.weighted([
		[4, dice.whole(20, 40)],
		[1, dice.whole(2, 10)],
	]);
	return [{ at: minute(from), do: "refuses", client, for: minute(Math.min(minutes, Math.max(2, lasts - from - 1))) }];
}

/** A long failure that somebody answers for and then does not: the answer is taken back, or nothing follows it. */
function takesBack(dice: Dice, world: World, lasts: number): readonly Verb[] {
	const [first, ...others] = world.services;
	const trunk = trunkOf(dice, world);
	const from = dice.small(1, Math.max(1, lasts - 30));
	const answered = from * 60 + dice.whole(150, 600);
	const taken = answered + dice.small(20, 1200);
	const until = Math.min(lasts - 1, from + dice.whole(15, 90));
	const isAccepted = dice.chance(0.75);
	if (first === undefined) return [];
	const service = dice.pick([first, ...others]);
	return [
		{ at: minute(from), do: "trunk-down", trunk },
		{ at: secondsText(answered), do: "acknowledge", service, by: "Ben" },
		...(isAccepted ? [{ at: secondsText(taken), do: "unacknowledge", service, by: "Ben" } as const] : []),
		{ at: minute(Math.max(until, from + 2)), do: "trunk-up", trunk },
	];
}
