import type { Snapshot } from "../detect/snapshot.ts";
import type { EdgeState, QueueActivity, Source, TrunkInstance } from "../detect/sources.ts";
import { fingerprint } from "../model/fingerprint.ts";
import type { Instant } from "../model/incident.ts";

/**
 * What was last seen of the organization, by the polls and by events since: an event is about one trunk instance, or one queue, and nobody can judge
 * it without the trunk's other instances, its name, its site and what carries it. Numbers that change at every look are no part of it.
 */
export interface SeenTrunk extends Omit<TrunkInstance, "calls" | "qosMismatches"> {
	/** When an event told this state; absent where only polls did. */
	readonly at?: Instant;
}

export type SeenQueue = Pick<QueueActivity, "id" | "name" | "division">;

/** What one poll saw of it; a source that was not read is absent. */
export interface Look {
	readonly trunks?: readonly SeenTrunk[];
	readonly edges?: readonly EdgeState[];
	readonly queues?: readonly SeenQueue[];
}

/** One of the items that hold it: of each source one entity a line, as JSON, in the order of their ids. */
export type SeenItem = Readonly<Record<Source, string>>;

/** When the last poll that read a source began to. */
export type Looked = Readonly<Partial<Record<Source, Instant>>>;

/**
 * So many items. Ten thousand trunk instances, the most that a listing has, are 4 MB at most: an item stays below the ledger's 400 KB. Another number
 * would look for everything elsewhere: change the key with it.
 */
export const seenShards = 16;

/** All instances of a trunk stand together. */
const shardOfTrunk = ({ trunkBase }: SeenTrunk): number => fingerprint(trunkBase.id) % seenShards;
const shardOfOther = ({ id }: { readonly id: string }): number => fingerprint(id) % seenShards;
export const shardOf = shardOfTrunk;

/** What a poll saw, item by item. */
export function lookIn({ trunks, edges, queues }: Snapshot, shard: number): Look {
	const seen = trunks?.map(({ calls: _calls, qosMismatches: _mismatches, ...trunk }): SeenTrunk => trunk);
	const named = queues?.map(({ id, name, division }): SeenQueue => ({ id, name, ...(division === undefined ? {} : { division }) }));
	return {
		...(seen === undefined ? {} : { trunks: seen.filter((each) => shardOfTrunk(each) === shard) }),
		...(edges === undefined ? {} : { edges: edges.filter((each) => shardOfOther(each) === shard) }),
		...(named === undefined ? {} : { queues: named.filter((each) => shardOfOther(each) === shard) }),
	};
}

/** An item after a poll that began to look at `began`; undefined where nothing changes. What an event told since then stands. */
export function afterLook(before: SeenItem | undefined, { trunks, edges, queues }: Look, began: Instant): SeenItem | undefined {
	const known = new Map(trunksIn(before).map((trunk) => [trunk.id, trunk]));
	const next: SeenItem = {
		trunks: trunks === undefined ? (before?.trunks ?? "") : linesOf(trunks.map((trunk) => afterEvents(known.get(trunk.id), trunk, began))),
		edges: edges === undefined ? (before?.edges ?? "") : linesOf(edges),
		queues: queues === undefined ? (before?.queues ?? "") : linesOf(queues),
	};
	const isSame = before !== undefined && next.trunks === before.trunks && next.edges === before.edges && next.queues === before.queues;
	return isSame ? undefined : next;
}

/** An item in which one trunk is another. */
export function withTrunk(before: SeenItem, changed: SeenTrunk): SeenItem {
	const others = trunksIn(before).filter(({ id }) => id !== changed.id);
	return { ...before, trunks: linesOf([...others, changed]) };
}

export const trunksIn = (item: SeenItem | undefined): readonly SeenTrunk[] => parsed<SeenTrunk>(item?.trunks);
export const edgesIn = (item: SeenItem | undefined): readonly EdgeState[] => parsed<EdgeState>(item?.edges);
export const queuesIn = (item: SeenItem | undefined): readonly SeenQueue[] => parsed<SeenQueue>(item?.queues);

/** Whether two say the same of whether a trunk instance is up. */
export const sameState = (one: SeenTrunk, other: SeenTrunk): boolean =>
	one.connected === other.connected && sameFlags(one.options, other.options) && sameFlags(one.registers, other.registers);

function afterEvents(before: SeenTrunk | undefined, read: SeenTrunk, began: Instant): SeenTrunk {
	if (before?.at === undefined) return read;
	if (sameState(before, read)) return { ...read, at: before.at };
	const { connected, options, registers, at } = before;
	return at > began ? { ...read, connected, options, registers, at } : read;
}

const sameFlags = (one: readonly boolean[] | undefined, other: readonly boolean[] | undefined): boolean =>
	one?.length === other?.length && (one ?? []).every((flag, index) => flag === other?.[index]);

/** The listing's own order may change from look to look. */
const linesOf = (entities: readonly { readonly id: string }[]): string =>
	entities
		.toSorted((one, other) => (one.id < other.id ? -1 : 1))
		.map((entity) => JSON.stringify(entity))
		.join("\n");

/** Only this program writes them, hence `T` without a check. */
const parsed = <T>(lines: string | undefined): readonly T[] =>
	(lines ?? "").split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as T]));
