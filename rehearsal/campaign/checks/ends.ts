import { parseDedupKey } from "../../../functions/pipeline/model/keys.ts";
import { recoveryPatienceMilliseconds } from "../../../functions/pipeline/resolve/rules.ts";
import type { VendorRecord } from "../../vendors/emulator.ts";
import { endOf, roundSeconds, roundsBy, stormSeconds, tickSeconds } from "../bounds.ts";
import { type Arrived, type Facts, type Story, secondsOf } from "../facts.ts";
import { arrivalsOf, whereOf } from "../places.ts";
import type { Violation } from "../violation.ts";
import { nameOf } from "./story.ts";

const counted = <T>(all: readonly T[], keyOf: (each: T) => string): readonly (readonly [string, number])[] =>
	[...Map.groupBy(all, keyOf)].map(([key, group]) => [key, group.length]);

interface Kept extends Omit<Arrived, "record" | "key">, VendorRecord {}

const recordsOf = (arrivals: readonly Arrived[]): readonly Kept[] =>
	arrivals.flatMap(({ record, key: _key, ...arrival }) => (record === undefined ? [] : [{ ...arrival, ...record }]));

/** A second incident for one page, or one whose key is no page of ours. */
export function doubled(facts: Facts): readonly Violation[] {
	const { arrivals, end } = facts;
	const records = recordsOf(arrivals);
	const open = records.filter(({ resolvedAt }) => resolvedAt === undefined);
	const strange = records.filter(({ key }) => parseDedupKey(key) === undefined);
	return [
		...counted(open, (record) => `${record.kindOfChannel}: ${whereOf(record)} ${record.key}`)
			.filter(([, count]) => count > 1)
			.map(([key, count]) => ({ atSeconds: end, what: `${key}: expected one open incident, got ${count}` })),
		...doubledByContent(records).map((key) => ({ atSeconds: end, what: `${key}: expected one key for one page, got several` })),
		...strange.map(({ key, at }) => ({ atSeconds: secondsOf(facts, at), what: `${key} is no dedup key of ours` })),
	];
}

/** What the incident itself says that it is: equal pages of one round must have equal keys. */
function doubledByContent(records: readonly Kept[]): readonly string[] {
	// Not every vendor keeps the facts apart.
	const told = records.filter(({ details }) => Object.hasOwn(Object(details), "condition"));
	const keysBy = Map.groupBy(told, ({ kindOfChannel, place, source, details, key }) => {
		const { condition, occurrence, tier, openedAt }: Record<string, unknown> = Object(details);
		return [kindOfChannel, place, source, condition, occurrence, tier, openedAt, parseDedupKey(key)?.round].join(" ");
	});
	return [...keysBy].filter(([, group]) => new Set(group.map(({ key }) => key)).size > 1).map(([key]) => key);
}

/** What the vendors need to show the end, once it was told. */
const showSeconds = 120;

/** Closing without proof is a recorded reason only where a fault kept the proof away. */
function isExcused(facts: Facts, story: Story): boolean {
	const closing = story.events.find(({ what }) => what === "incident-resolved");
	if (closing?.outcome !== "recovery-unproven") return false;
	const recovered = story.events.find(({ what }) => what === "recovered")?.atSeconds ?? 0;
	return facts.cover.touches(recovered - tickSeconds, closing.atSeconds);
}

export function endUnsent(facts: Facts): readonly Violation[] {
	return facts.stories.flatMap((story) => {
		const closed = endOf(story);
		if (facts.cover.after(closed, showSeconds) > facts.end || isExcused(facts, story)) return [];
		const received = arrivalsOf(facts, story);
		const phones = Map.groupBy(
			received.filter(({ isMessage }) => isMessage),
			({ where }) => where,
		);
		return [...phones]
			.filter(([, messages]) => messages.some(({ kind, arrived }) => kind === "page" && arrived))
			.filter(([, messages]) => !messages.some(({ kind }) => kind === "end"))
			.map(([where]) => ({ atSeconds: closed, what: `${nameOf(story)}: closed, and ${where} was never told its end` }));
	});
}

export function leftOpen(facts: Facts): readonly Violation[] {
	return facts.stories.flatMap((story) => {
		const limit = facts.cover.after(endOf(story), showSeconds + facts.skew);
		if (limit > facts.end || isExcused(facts, story)) return [];
		return arrivalsOf(facts, story)
			.filter(({ isMessage, resolvedAt }) => !isMessage && (resolvedAt === undefined || resolvedAt > limit))
			.map(({ where }) => ({
				atSeconds: limit,
				what: `${nameOf(story)}: closed at ${endOf(story).toFixed(0)} s, and still open at ${where}`,
			}));
	});
}

export function neverClosed(facts: Facts): readonly Violation[] {
	const patience = recoveryPatienceMilliseconds / 1000 + 3 * (tickSeconds + roundSeconds);
	return facts.stories.flatMap((story) => {
		const recovered = story.events.find(({ what }) => what === "recovered")?.atSeconds ?? Infinity;
		const limit = facts.cover.after(recovered, patience + stormSeconds(facts, story, roundsBy(story, recovered)));
		if (limit > facts.end || endOf(story) <= limit) return [];
		return [{ atSeconds: limit, what: `${nameOf(story)}: recovered at ${recovered.toFixed(0)} s, and not closed` }];
	});
}

export function lost(facts: Facts): readonly Violation[] {
	return facts.stories
		.filter(({ item }) => item === undefined)
		.map((story) => ({ atSeconds: story.openedAt, what: `${nameOf(story)}: opened, and the ledger does not have it` }));
}
