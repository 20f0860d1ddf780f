import { secondsText } from "../scenario/spans.ts";
import type { Dice } from "./dice.ts";
import type { Verb } from "./verbs.ts";

/** What a drawn world holds, by name. */
export interface World {
	readonly trunks: readonly string[];
	/** Edges that trunks share; a trunk of its own edges has none here. */
	readonly edges: readonly string[];
	readonly queues: readonly string[];
	/** PagerDuty services of the policy. */
	readonly services: readonly string[];
	/** Whether something of ours may act in Genesys Cloud, and has a client of its own for that. */
	readonly acts: boolean;
	/** Whether the webhook takes alerts of other systems. */
	readonly takesAlerts: boolean;
}

const oneOf = (dice: Dice, all: readonly string[]): string => all[dice.whole(0, all.length - 1)] ?? "";

const minute = (number: number): string => secondsText(number * 60);

/** One failure from its beginning to its end: `from` and `until` in minutes. */
export function drawFailure(dice: Dice, world: World, from: number, until: number): readonly Verb[] {
	const trunk = oneOf(dice, world.trunks);
	const down: Verb = { at: minute(from), do: "trunk-down", trunk };
	const up: Verb = { at: minute(until), do: "trunk-up", trunk };
	return dice.weighted<() => readonly Verb[]>([
		[8, () => [down, up]],
		[1, () => [{ ...down, edges: 1 }, up]],
		[2, () => flaps(dice, trunk, from, until)],
		[
			2,
			() => [
				{ at: minute(from), do: "trunk-degrades", trunk, proxies: 4, failing: dice.whole(1, 4), mismatchesPerMinute: dice.small(0, 50) },
				up,
			],
		],
		[1, () => [down, { at: minute(until), do: dice.pick(["trunk-disabled", "trunk-deleted"]), trunk }]],
		[world.edges.length > 0 ? 3 : 0, () => edgeFails(oneOf(dice, world.edges), from, until)],
		[world.queues.length > 0 ? 2 : 0, () => queueFills(dice, oneOf(dice, world.queues), from, until)],
		[2, () => reported(dice, from, until)],
	])();
}

function flaps(dice: Dice, trunk: string, from: number, until: number): readonly Verb[] {
	const times = dice.whole(2, 5);
	const each = Math.max(2, Math.floor((until - from) / times));
	const down = dice.whole(1, each - 1);
	return dice
		.several(times, (index): readonly Verb[] => [
			{ at: minute(from + index * each), do: "trunk-down", trunk },
			{ at: minute(from + index * each + down), do: "trunk-up", trunk },
		])
		.flat();
}

const edgeFails = (edge: string, from: number, until: number): readonly Verb[] => [
	{ at: minute(from), do: "edge-offline", edge },
	{ at: minute(until), do: "edge-online", edge },
];

const queueFills = (dice: Dice, queue: string, from: number, until: number): readonly Verb[] => [
	{ at: minute(from), do: "queue-fills", queue, waiting: dice.pick([1, 21, 101, 400]), oldestSeconds: dice.pick([0, 60, 900]) },
	{ at: minute(until), do: "queue-drains", queue },
];

/** A monitor of somebody else's reports what only it can see, once a minute, and at last that it is over. */
function reported(dice: Dice, from: number, until: number): readonly Verb[] {
	const trunk = `monitor-${dice.whole(1, 3)}`;
	const raw = dice.pick<unknown>([{}, { at: 1764000000000000000, id: "x" }, "text"]);
	const metrics = dice.pick<Readonly<Record<string, number>>>([{}, { calls: 7 }, { nanoseconds: 1764000000000000000 }]);
	const breaches = dice.several(
		Math.min(12, until - from),
		(index): Verb => ({
			at: secondsText((from + index) * 60 + 10),
			do: "webhook",
			trunk,
			verdict: "breach",
			times: dice.weighted([
				[8, 1],
				[1, 5],
			]),
			repeats: 2,
			raw,
			metrics,
		}),
	);
	const clears = dice.several(
		4,
		(index): Verb => ({ at: secondsText((until + index) * 60 + 10), do: "webhook", trunk, verdict: "clear", repeats: 2 }),
	);
	return [...breaches, ...clears];
}

/** Many trunks at once, or all within some minutes. */
export function drawStorm(dice: Dice, world: World, from: number, until: number): readonly Verb[] {
	const count = dice.whole(Math.ceil(world.trunks.length / 3), world.trunks.length);
	const spread = dice.pick([0, 0, 5]);
	return world.trunks.slice(0, count).flatMap((trunk, index): readonly Verb[] => [
		{ at: minute(from + (spread === 0 ? 0 : index % spread)), do: "trunk-down", trunk },
		{ at: minute(until + (dice.chance(0.5) ? 0 : 3)), do: "trunk-up", trunk },
	]);
}
