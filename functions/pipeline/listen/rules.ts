import type { Observation } from "../detect/observation.ts";
import type { Snapshot } from "../detect/snapshot.ts";
import type { EdgeState, TrunkInstance } from "../detect/sources.ts";
import { carried, judgeInstance } from "../detect/trunks.ts";
import type { Instant, Reading, Severity } from "../model/incident.ts";
import { normalize } from "../normalize/rules.ts";
import type { TrunkState } from "./bodies.ts";
import { type Looked, type SeenQueue, type SeenTrunk, sameState } from "./seen.ts";

/** Why nothing comes of an event. */
export type LeftOut =
	/** A message of a topic that the settings do not name, from before they changed. */
	| "not-chosen"
	/** No poll has listed its entity, or no runbook watches it. */
	| "not-watched"
	/** A poll, or another event, has looked since. */
	| "older-than-known"
	/** It says what is known: a repeat, or a poll was faster and saw it well. */
	| "unchanged"
	/** Its body tells nothing of what is watched. */
	| "says-nothing"
	/** It tells of one of several instances what can only be judged of all of them. */
	| "seen-in-part"
	/** It tells that a number is within its limits, and less than a poll would: the polls tell the end. */
	| "left-to-the-polls";

/** What an event makes of what was seen of a trunk instance. `write` is absent where nothing changes. */
export interface TrunkNews {
	readonly reason: "changed" | "confirmed" | Extract<LeftOut, "not-watched" | "older-than-known" | "unchanged" | "says-nothing">;
	readonly write?: SeenTrunk;
}

/**
 * Lays what an event says over what was seen. News is another state; or the same failure as a poll saw it, told for the first time. What changed and
 * changed back is noted, so that the event between, which may come later, is known to be old.
 */
export function hearTrunk(before: SeenTrunk | undefined, state: TrunkState, at: Instant, lookedAt: Instant): TrunkNews {
	if (before === undefined) return { reason: "not-watched" };
	const { connected, options, registers, since = 0 } = state;
	if (connected === undefined && options === undefined && registers === undefined) return { reason: "says-nothing" };
	const next: SeenTrunk = {
		...before,
		connected: connected ?? before.connected,
		// What is not enabled is told all the same, and says nothing.
		options: before.options && (options ?? before.options),
		registers: before.registers && (registers ?? before.registers),
		at,
	};
	const knownAt = Math.max(lookedAt, before.at ?? 0);
	if (!sameState(before, next)) return at < knownAt ? { reason: "older-than-known" } : { reason: "changed", write: next };
	if (before.at === undefined && isDown(next)) return { reason: "confirmed", write: next };
	// A clock that runs ahead would make each repeat look newer than the one before.
	const sinceThen = Math.min(since, at);
	return sinceThen > knownAt ? { reason: "unchanged", write: { ...next, at: sinceThen } } : { reason: "unchanged" };
}

const isDown = (trunk: SeenTrunk): boolean => !["connected", "no-state"].includes(judgeInstance(unmeasured(trunk)));

/** The organization as it was last seen, as a poll would have seen it. */
export interface SeenWorld {
	/** Kept up to date while events are taken. */
	readonly trunks: SeenTrunk[];
	readonly edges: readonly EdgeState[];
	readonly queues: readonly SeenQueue[];
	readonly looked: Looked;
}

export const snapshotOf = ({ trunks, edges, looked }: SeenWorld, now: Instant): Snapshot => ({
	now,
	trunks: trunks.map(unmeasured),
	...(looked.edges === undefined ? {} : { edges }),
});

/** The same with the numbers that an event tells of one instance. */
export const measured = (snapshot: Snapshot, id: string, numbers: Pick<TrunkInstance, "calls" | "qosMismatches">): Snapshot => ({
	...snapshot,
	trunks: (snapshot.trunks ?? []).map((trunk) => (trunk.id === id ? { ...trunk, ...numbers } : trunk)),
});

/** The same with what an event tells of one queue. Since when they wait it does not say. */
export const queued = (snapshot: Snapshot, queue: SeenQueue, waiting: number): Snapshot => ({
	...snapshot,
	queues: [{ ...queue, waiting, waitingSince: [], truncated: true, onQueueUsers: undefined }],
});

/** Whether the numbers of this instance are those of its trunk. */
export function standsAlone(trunk: SeenTrunk, all: readonly SeenTrunk[]): boolean {
	const group = all.filter(({ trunkBase }) => trunkBase.id === trunk.trunkBase.id).map(unmeasured);
	return group.length === 1 && carried(group).judged.length === 1;
}

const unmeasured = ({ at: _at, ...trunk }: SeenTrunk): TrunkInstance => ({ ...trunk, calls: undefined, qosMismatches: undefined });

/** Of the numbers of a trunk those that a trunk event does not tell: a 0 of them would be made up. */
const untold = ["calls", "qosMismatches"];

/** The document that a poll would have made of the same, with what was told attached. */
export function readingOf(observation: Observation, severity: Severity, observedAt: Instant, body: object): Reading {
	const reading = normalize({ ...observation, raw: body }, severity, observedAt);
	const metrics = Object.entries(reading.metrics).filter(([name]) => observation.condition !== "trunk-down" || !untold.includes(name));
	return { ...reading, metrics: Object.fromEntries(metrics), source: "event-bus" };
}
