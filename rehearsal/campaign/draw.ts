import { secondsIn, secondsText } from "../scenario/spans.ts";
import { type EmulatedKind, emulatedKinds, emulatorOf } from "../vendors/emulators.ts";
import { Dice } from "./dice.ts";
import { drawBeside } from "./drawBeside.ts";
import { drawDrills } from "./drawDrills.ts";
import { drawFailure, drawStorm, type World } from "./drawFailures.ts";
import { drawFault } from "./drawFaults.ts";
import { drawAnswersElsewhere } from "./drawRouting.ts";
import { drawSettings } from "./drawSettings.ts";
import { drawSilences } from "./drawSilences.ts";
import { drawAtVendors, drawTelling } from "./drawTelling.ts";
import { drawVendorTroubles, vendorsIn } from "./drawVendors.ts";
import type { ScenarioInput, Verb } from "./verbs.ts";

/** So many seeds in a row have the same settings: one deployment serves them all. */
const seedsOfOneProfile = 25;

/** Queues that the stack watches. */
const watchedQueues = ["Support", "Sales"] as const;

export interface DrawOptions {
	/** How long the story of a failing world is told, in minutes; undefined: by the seed. */
	readonly minutes?: number | undefined;
	/** The most trunks of a world. */
	readonly largest?: number | undefined;
}

/** The story of a seed: the same for the same seed and options, and a valid scenario file. */
export function draw(seed: number, { minutes, largest = 300 }: DrawOptions = {}): ScenarioInput {
	const dice = new Dice(seed * 104_729 + 3);
	const profile = Math.floor(seed / seedsOfOneProfile);
	const settings = drawSettings(profile);
	const webhooks = drawTelling(profile);
	const trunks = drawTrunks(dice, largest);
	const world: World = {
		...names(trunks),
		services: placesOf(settings, ["pagerduty"]),
		acts: actsIn(settings),
		takesAlerts: settings.webhook !== undefined,
	};
	const lasts =
		minutes ??
		longDay(seed, trunks.length) ??
		dice.weighted([
			[6, 30],
			[4, 60],
			[2, 90],
			[1, 180],
		]);
	const failures = drawHappenings(dice, world, lasts);
	const happens = possible([
		...failures,
		...drawAnswers(dice, placesOf(settings, answeredKinds), lasts),
		...drawFaults(dice, lasts),
		...drawHelp(new Dice(seed * 31 + 7)),
		...drawLinks(new Dice(seed * 37 + 11), lasts),
		...drawBeside(seed, world, lasts),
		...drawVendorTroubles(seed, vendorsIn(tiersOf(settings)), lasts),
		...drawAnswersElsewhere(new Dice(seed * 41 + 17), settings, lasts),
		...drawSilences(seed, failures, lasts),
		...drawDrills(seed, settings, lasts),
		...drawAtVendors(seed, world, lasts, webhooks.length > 0),
	]);
	return {
		name: `seed-${seed}`,
		why: `What the campaign drew from seed ${seed}.`,
		lasts: secondsText((lasts + 5) * 60),
		latency: dice.weighted([
			[2, "off"],
			[7, "normal"],
			[1, "slow"],
		]),
		trunks,
		webhooks: [...webhooks],
		settings,
		happens,
		invariants: true,
	};
}

/** Now and then a small world is looked at for a whole day. */
const longDay = (seed: number, trunks: number): number | undefined =>
	trunks <= 2 && new Dice(seed * 17 + 5).chance(1 / 150) ? 24 * 60 : undefined;

type Trunks = ScenarioInput["trunks"];

function drawTrunks(dice: Dice, largest: number): Trunks {
	const count = dice.weighted([
		[780, dice.whole(1, 5)],
		[180, dice.whole(6, 20)],
		[37, dice.whole(21, 60)],
		[3, dice.whole(61, 300)],
	]);
	const shared = dice.chance(0.4) ? dice.whole(1, 4) : 0;
	return dice.several(Math.min(largest, count), (index) => {
		const name = `Trunk-${index + 1}`;
		if (shared === 0)
			return {
				name,
				edges: dice.weighted([
					[2, 1],
					[3, 2],
					[1, 4],
				]),
			};
		return { name, on: [`Edge-${1 + (index % shared)}`] };
	});
}

const names = (trunks: Trunks): Omit<World, "services" | "acts" | "takesAlerts"> => ({
	trunks: trunks.map(({ name }) => name),
	edges: [...new Set(trunks.flatMap(({ on = [] }) => on))],
	queues: watchedQueues,
});

type DrawnTiers = Parameters<typeof vendorsIn>[0];

function tiersOf({ policies }: Readonly<Record<string, unknown>>): DrawnTiers {
	const { telephony }: { telephony?: { readonly tiers: DrawnTiers } } = Object(policies);
	return telephony?.tiers ?? [];
}

/** Where people answer what pages, at one vendor or at any; the stack's own places where the settings name none. */
function placesOf(settings: Readonly<Record<string, unknown>>, kinds: readonly EmulatedKind[]): readonly string[] {
	const tiers = tiersOf(settings);
	if (tiers.length === 0) return ["primary", "secondary"];
	const channels = tiers.flatMap((tier) => tier.channels);
	const places = kinds.flatMap((kind) =>
		channels.flatMap((channel) => (channel.kind === kind && channel.informs !== true ? [channel[emulatorOf(kind).place.setting]] : [])),
	);
	return [...new Set(places.flatMap((place) => (typeof place === "string" ? [place] : [])))];
}

const answeredKinds = emulatedKinds.filter((kind) => emulatorOf(kind).isAnswered);

function actsIn({ runbooks = {} }: Readonly<Record<string, unknown>>): boolean {
	return Object.values(Object(runbooks)).some((runbook) => {
		const { remediation }: { remediation?: unknown } = Object(runbook);
		const { remedy }: { remedy?: unknown } = Object(remediation);
		return Object(remedy).kind === "emergency-group";
	});
}

/** At most one cause a minute, each over before the story is. */
function drawHappenings(dice: Dice, world: World, lasts: number): readonly Verb[] {
	if (dice.chance(0.12)) return drawStorm(dice, world, dice.whole(1, 4), dice.whole(10, lasts - 5));
	const minutes = new Set(
		dice.several(
			dice.weighted([
				[5, 1],
				[3, 2],
				[2, 4],
				[1, 8],
			]),
			() => dice.small(1, lasts - 12),
		),
	);
	return [...minutes].flatMap((from) => drawFailure(dice, world, from, dice.whole(from + 2, lasts - 1)));
}

function drawAnswers(dice: Dice, places: readonly string[], lasts: number): readonly Verb[] {
	const [first, ...others] = places;
	if (first === undefined) return [];
	const answers = dice.several(
		dice.weighted([
			[4, 0],
			[4, 1],
			[1, 3],
		]),
		(): Verb => ({
			at: secondsText(dice.whole(120, (lasts - 1) * 60)),
			do: "acknowledge",
			service: dice.pick([first, ...others]),
			by: "Ada",
		}),
	);
	return [
		...answers,
		...(dice.chance(0.2)
			? [{ at: secondsText(dice.whole(180, 900)), do: "approve", channel: dice.pick(["pagerduty", "sms"]) } as const]
			: []),
	];
}

/** A remedy that helps, where there is one. */
const drawHelp = (dice: Dice): readonly Verb[] =>
	dice.chance(0.1) ? [{ at: secondsText(dice.whole(60, 300)), do: "remedy-helps", trunk: "Trunk-1", after: "1m" }] : [];

/** Somebody who looks at the newest text, whether one came or not. */
const drawLinks = (dice: Dice, lasts: number): readonly Verb[] =>
	dice.chance(0.2)
		? [{ at: secondsText(dice.whole(180, (lasts - 1) * 60)), do: "acknowledge-by-link", tier: dice.pick([1, 1, 2]), by: "Ben" }]
		: [];

/** A third of all stories has no fault; many have several at once. */
function drawFaults(dice: Dice, lasts: number): readonly Verb[] {
	return dice.several(
		dice.weighted([
			[3, 0],
			[3, 1],
			[2, 2],
			[1, 4],
		]),
		() => drawFault(dice, secondsText(dice.small(0, (lasts - 10) * 60))),
	);
}

/** By time; what is at the same time keeps its order. Nothing happens to a trunk that was deleted. */
function possible(verbs: readonly Verb[]): Verb[] {
	const gone = new Set<string>();
	return verbs
		.toSorted((a, b) => secondsIn(a.at) - secondsIn(b.at))
		.filter((verb) => {
			const isGone = "trunk" in verb && verb.trunk !== undefined && gone.has(verb.trunk);
			if (verb.do === "trunk-deleted") gone.add(verb.trunk);
			return !isGone;
		});
}
