import { secondsIn, secondsText } from "../scenario/spans.ts";
import type { Player } from "./playSeed.ts";
import type { ScenarioInput, Verb } from "./verbs.ts";

/** A story that is smaller than the one before. */
type Smaller = (scenario: ScenarioInput) => readonly ScenarioInput[];

/** More plays than this make no story worth waiting for. */
export const mostPlays = 300;

/** A long day takes seconds to play: nobody waits longer than this. */
export const longestMilliseconds = 60_000;

/** A story made smaller, and why it was left at that: every smaller one holds the invariant, or plays or time were over. */
export interface Shrunk {
	readonly scenario: ScenarioInput;
	readonly stopped: "smallest" | "plays-over" | "time-over";
}

/**
 * Makes a story that breaks an invariant as small as it gets and still breaks the same one: without verbs, settings, entities and time that it
 * does not need. The same seed decides what is random; `now` is a clock in milliseconds.
 */
export async function shrink(
	player: Player,
	seed: number,
	scenario: ScenarioInput,
	invariant: string,
	now: () => number = () => performance.now(),
): Promise<Shrunk> {
	const until = now() + longestMilliseconds;
	let plays = 0;
	const over = (): Shrunk["stopped"] | undefined => (plays >= mostPlays ? "plays-over" : now() >= until ? "time-over" : undefined);
	const stillBreaks = async (candidate: ScenarioInput): Promise<boolean> => {
		plays += 1;
		const { broken } = await player(seed, candidate);
		return broken.some((each) => each.invariant === invariant);
	};
	let smallest = scenario;
	for (let isSmaller = true; isSmaller; ) {
		isSmaller = false;
		for (const smaller of ways) {
			for (const candidate of smaller(smallest)) {
				const stopped = over();
				if (stopped !== undefined) return { scenario: smallest, stopped };
				if (!(await stillBreaks(candidate))) continue;
				smallest = candidate;
				isSmaller = true;
				break;
			}
		}
	}
	return { scenario: smallest, stopped: "smallest" };
}

const withoutEach = <T>(all: readonly T[]): readonly T[][] => all.map((_, index) => all.filter((__, place) => place !== index));

/** Halves, then quarters, then each: most of a story has nothing to do with its end. */
function parts<T>(all: readonly T[]): readonly T[][] {
	const half = Math.ceil(all.length / 2);
	const quarter = Math.ceil(all.length / 4);
	const without = (from: number, count: number): T[] => [...all.slice(0, from), ...all.slice(from + count)];
	const big =
		all.length < 6 ? [] : [without(0, half), without(half, half), ...[0, 1, 2, 3].map((index) => without(index * quarter, quarter))];
	return [...big, ...withoutEach(all)];
}

const fewerVerbs: Smaller = (scenario) => parts<Verb>(scenario.happens).map((happens) => ({ ...scenario, happens }));

const namesIn = (verb: Verb): readonly string[] => [
	...("trunk" in verb && verb.trunk !== undefined ? [verb.trunk] : []),
	...("edge" in verb ? [verb.edge] : []),
	...("queue" in verb && verb.queue !== undefined ? [verb.queue] : []),
];

/** Trunks that no verb names, first all of them, then one by one. An edge is there while a trunk sits on it. */
const fewerTrunks: Smaller = (scenario) => {
	const named = new Set(scenario.happens.flatMap(namesIn));
	const isNeeded = ({ name, on = [] }: ScenarioInput["trunks"][number]): boolean => named.has(name) || on.some((edge) => named.has(edge));
	const needed = scenario.trunks.filter(isNeeded);
	const one = scenario.trunks.slice(0, 1);
	const all = [
		needed.length > 0 ? needed : one,
		...withoutEach(scenario.trunks.filter((trunk) => !isNeeded(trunk)).slice(0, 20)).map((kept) => [...needed, ...kept]),
	];
	return all.filter(({ length }) => length > 0 && length < scenario.trunks.length).map((trunks) => ({ ...scenario, trunks }));
};

const isSection = (value: unknown): value is Readonly<Record<string, unknown>> =>
	typeof value === "object" && value !== null && !Array.isArray(value);

/** The settings without one of their keys, at any depth: what is left out is the stack's own. */
function withoutKeys(section: Readonly<Record<string, unknown>>): readonly Readonly<Record<string, unknown>>[] {
	return Object.entries(section).flatMap(([key, value]) => {
		const { [key]: _left, ...rest } = section;
		return [rest, ...(isSection(value) ? withoutKeys(value).map((smaller) => ({ ...section, [key]: smaller })) : [])];
	});
}

const fewerSettings: Smaller = (scenario) =>
	scenario.settings === undefined || Object.keys(scenario.settings).length === 0
		? []
		: [{ ...scenario, settings: {} }, ...withoutKeys(scenario.settings).map((settings) => ({ ...scenario, settings }))];

/** Calls that take no time, or the usual time. */
const calmer: Smaller = (scenario) =>
	(["off", "normal"] as const)
		.filter((latency) => latency !== scenario.latency && scenario.latency !== "off")
		.map((latency) => ({ ...scenario, latency }));

/** Each fault half as long. */
const shorterFaults: Smaller = (scenario) =>
	scenario.happens.flatMap((verb, index) => {
		if (!("for" in verb) || typeof verb.for !== "string" || secondsIn(verb.for) < 60) return [];
		const shorter: Verb = { ...verb, for: secondsText(Math.floor(secondsIn(verb.for) / 2)) };
		return [{ ...scenario, happens: scenario.happens.with(index, shorter) }];
	});

/** Ends soon after its last verb. */
const shorter: Smaller = (scenario) => {
	const last = Math.max(
		0,
		...scenario.happens.map((verb) => secondsIn(verb.at) + ("for" in verb && typeof verb.for === "string" ? secondsIn(verb.for) : 0)),
	);
	const minutes = Math.ceil(last / 60) + 2;
	return minutes * 60 < secondsIn(scenario.lasts) ? [{ ...scenario, lasts: `${minutes}m` }] : [];
};

const ways: readonly Smaller[] = [fewerVerbs, fewerSettings, fewerTrunks, shorter, calmer, shorterFaults];
