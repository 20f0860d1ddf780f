import { fingerprint } from "../model/fingerprint.ts";
import { type Condition, conditions, type Instant, type Reading } from "../model/incident.ts";
import type { RunbookSettings } from "../settings.ts";
import { type CountedStep, countReading, type StoredStreak } from "./rules.ts";
import { advanceStreak, type Streak } from "./streak.ts";

/** So many items of the ledger hold the streaks of everything that is not at rest. Another number would forget them all: change the key with it. */
export const shardCount = 7;

/** Which of them holds an entity's streak under a condition. */
export const shardOf = (condition: Condition, entityId: string): number => fingerprint(`${condition} ${entityId}`) % shardCount;

/** Entities that one item holds at most: 120 bytes each, far below the 400 KB of an item. All items together hold more than any listing has. */
export const maximumMoving = 2500;

/** A streak that nobody adds to is forgotten after this. */
const streakLifeMilliseconds = 86_400_000;

/** One of the items, as it stands in the ledger. */
export interface ShardItem {
	/** By condition: the clears of everything at rest, counted together from the first look on, until they are settled. */
	readonly rest: Readonly<Partial<Record<Condition, { readonly clears: number; readonly countedAt: Instant }>>>;
	/** By condition: one line for each entity that is not at rest. */
	readonly moving: Readonly<Partial<Record<Condition, string>>>;
}

/** A reading with what its counting needs. */
export interface ToCount {
	readonly reading: Reading;
	readonly runbook: RunbookSettings;
	/** Whether an incident of its entity is not closed; undefined where nobody knows. */
	readonly hasIncident: boolean | undefined;
}

/** A reading with what became of it; without a step there was no room to count it. */
export interface Counted extends ToCount {
	readonly step: CountedStep | undefined;
}

/** Counts the readings of one item. `write` is absent where nothing changed. */
export function countInto(
	item: ShardItem | undefined,
	readings: readonly ToCount[],
	now: Instant,
): { readonly write: ShardItem | undefined; readonly counted: readonly Counted[] } {
	const rest = { ...item?.rest };
	const moving = movingOf(item);
	forgetOld(moving, now);
	const counted = readings.map((each) => ({ ...each, step: countOne(rest, moving, each) }));
	for (const { reading, runbook } of readings)
		if (reading.verdict === "clear") rest[reading.condition] = advanceRest(item?.rest[reading.condition], reading, runbook);
	const next = itemOf(rest, moving);
	// The ledger keeps no order of names: both are written out the same way.
	const isSame = JSON.stringify(next) === JSON.stringify(itemOf(item?.rest ?? {}, movingOf(item)));
	return { write: isSame ? undefined : next, counted };
}

/** The streak of one entity that is not at rest. */
export function streakIn(item: ShardItem | undefined, condition: Condition, entityId: string): StoredStreak | undefined {
	return linesOf(item, condition).find(([id]) => id === entityId)?.[1];
}

type Moving = ReadonlyMap<Condition, Map<string, StoredStreak>>;

function countOne(rest: ShardItem["rest"], moving: Moving, { reading, runbook, hasIncident }: ToCount): CountedStep | undefined {
	const { condition, entity } = reading;
	const own = moving.get(condition)?.get(entity.id);
	const step = countReading({ own, rest: restOf(rest, condition), hasIncident: hasIncident ?? own !== undefined }, reading, runbook);
	if (own === undefined && step.after !== undefined && sizeOf(moving) >= maximumMoving) return undefined;
	if (step.after === undefined) moving.get(condition)?.delete(entity.id);
	else moving.get(condition)?.set(entity.id, step.after);
	return step;
}

const sizeOf = (moving: Moving): number => [...moving.values()].reduce((sum, { size }) => sum + size, 0);

const restOf = (rest: ShardItem["rest"], condition: Condition): Streak | undefined => {
	const known = rest[condition];
	return known && { breaches: 0, ...known };
};

/** One look at all of them is one clear, however many they are. */
function advanceRest(
	before: ShardItem["rest"][Condition],
	{ observedAt }: Reading,
	{ clearsToClose }: RunbookSettings,
): { clears: number; countedAt: Instant } {
	if (before !== undefined && before.clears >= clearsToClose) return before;
	const streak = before && { breaches: 0, ...before };
	const { clears, countedAt } = advanceStreak(streak, "clear", observedAt, { breachesToOpen: 1, clearsToClose }).streak;
	return { clears, countedAt };
}

function forgetOld(moving: Moving, now: Instant): void {
	for (const streaks of moving.values())
		for (const [id, { countedAt }] of streaks) if (countedAt <= now - streakLifeMilliseconds) streaks.delete(id);
}

const movingOf = (item: ShardItem | undefined): Moving =>
	new Map(conditions.map((condition) => [condition, new Map(linesOf(item, condition))]));

function itemOf(rest: ShardItem["rest"], moving: Moving): ShardItem {
	const texts = conditions.flatMap((condition) => {
		const streaks = [...(moving.get(condition) ?? [])];
		return streaks.length === 0 ? [] : [[condition, streaks.map(lineOf).join("\n")]];
	});
	const clears = conditions.flatMap((condition) => {
		const known = rest[condition];
		return known === undefined ? [] : [[condition, { clears: known.clears, countedAt: known.countedAt }]];
	});
	return { rest: Object.fromEntries(clears), moving: Object.fromEntries(texts) };
}

const linesOf = (item: ShardItem | undefined, condition: Condition): readonly (readonly [string, StoredStreak])[] =>
	(item?.moving[condition] ?? "").split("\n").flatMap(streakOf);

/**
 * `<id> <breaches> <clears> <counted at> <o: asked to be opened, t: troubled, or ->[~<last looks>] [<closings>]`; times and looks in base 36.
 * An id holds no space.
 */
function lineOf([id, { breaches, clears, countedAt, recent, flaps, troubled }]: readonly [string, StoredStreak]): string {
	const marks = (`${flaps?.open === true ? "o" : ""}${troubled === true ? "t" : ""}` || "-") + (recent ? `~${recent.toString(36)}` : "");
	return [id, breaches, clears, ...[countedAt].map(timeText), marks, ...(flaps?.closings ?? []).map(timeText)].join(" ");
}

const timeText = (time: Instant): string => Math.trunc(time).toString(36);
const timeOf = (text: string): Instant => Number.parseInt(text, 36);

function streakOf(line: string): readonly (readonly [string, StoredStreak])[] {
	const [id, breaches, clears, countedAt, marks, ...closings] = line.split(" ");
	if (id === undefined || countedAt === undefined || marks === undefined) return [];
	const [words = "", looks] = marks.split("~");
	const flaps = { open: words.includes("o"), closings: closings.map(timeOf) };
	const streak = { breaches: Number(breaches), clears: Number(clears), countedAt: timeOf(countedAt) };
	const recent = looks === undefined ? {} : { recent: Number.parseInt(looks, 36) };
	return [[id, { ...streak, ...recent, flaps, troubled: words.includes("t") }]];
}
