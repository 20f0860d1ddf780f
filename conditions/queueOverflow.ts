import { locationOf } from "../functions/pipeline/detect/location.ts";
import type { Judged } from "../functions/pipeline/detect/snapshot.ts";
import type { QueueActivity, TrunkInstance } from "../functions/pipeline/detect/sources.ts";
import type { Instant } from "../functions/pipeline/model/words.ts";
import { pollerRunbook } from "./condition.ts";
import { countOf } from "./numbers.ts";
import { trunkDown } from "./trunkDown.ts";

/** Why a queue got its verdict. */
type QueueReason =
	| "within-limits"
	/** The API has no row for it: nobody waits. */
	| "nobody-waits"
	| "too-many-waiting"
	| "waiting-too-long"
	/** Conversations wait, and the API says neither how many nor since when, as far as that decides. */
	| "no-numbers";

/** A queue in which too many wait, or one waits too long. */
export const queueOverflow = pollerRunbook({
	name: "queue-overflow",
	why: "Callers wait until they give up, and service levels are missed, while those who could open lines or call in agents do not know.",
	detects:
		"More voice conversations wait than allowed, or the one that has waited longest has waited longer than allowed, in a queue that the settings name. No row is nobody waiting; a row without numbers is no data.",
	severity: "medium",
	tells: "Which queue, how many wait, how long the first of them has waited, and how many users are on queue.",
	enabled: false,
	breachesToOpen: 2,
	momentary: true,
	settings: {
		waitingOver: {
			kind: "whole",
			from: 0,
			to: 100_000,
			unit: "conversations",
			default: 20,
			about: "More waiting conversations than this are a breach.",
		},
		longestWaitSecondsOver: {
			kind: "whole",
			from: 0,
			to: 86_400,
			unit: "seconds",
			default: 300,
			about: "A breach once the conversation that has waited longest has waited longer than this.",
		},
		queues: {
			kind: "list",
			entry: "queue",
			most: 1000,
			expected: "at most 1000 queues, each a name and, where trunks feed it, fedBy",
			about: "The queues that are watched; fedBy says which trunks' outage explains a queue's.",
			of: {
				name: { kind: "name" },
				fedBy: {
					kind: "names",
					expected: "a list of trunk names or ids",
					about: "The trunks that bring its calls, each by its name or, which outlives a new name, by the id of its base.",
				},
			},
		},
	},
	sources: ["queues"],
	// The queues' ids by their names, and what waits in them.
	permissions: ["routing:queue:view", "analytics:queueObservation:view"],
	explainedBy: [
		{
			by: trunkDown.name,
			reason: "fed-by-a-trunk-that-is-down",
			when: "any",
			entities: ({ fedBy = [] }, called) => called(fedBy),
		},
	],
	/** Judges each watched queue: more waiting than allowed, or one that has waited longer than allowed. */
	observe: ({ queues = [], now }, settings) =>
		queues
			.toSorted((one, other) => (one.id < other.id ? -1 : 1))
			.map((queue) => ({
				id: queue.id,
				name: queue.name,
				...judge(queue, settings, now),
				metrics: measure(queue, now),
				raw: queue,
				...locationOf(undefined, queue.division),
				fedBy: settings.queues.find(({ name }) => name === queue.name)?.fedBy ?? [],
			})),
	queueNames: ({ queues }) => queues.map(({ name }) => name),
	misconfigured: ({ trunks }, { queues }) => {
		const unknown = trunks && unknownFeeds(trunks, new Set(queues.flatMap(({ fedBy = [] }) => fedBy)));
		if (unknown === undefined || unknown.length === 0) return undefined;
		return `no trunk has the name or the id ${unknown.join(", ")}, which fedBy names: it explains no queue's trouble`;
	},
	many: { nouns: "queues", fail: "overflow", failStill: "still overflow" },
	say: ({ entity, metrics }) => {
		const { waiting, longestWaitSeconds: longest, onQueueUsers } = metrics;
		const wait = longest === undefined ? "" : `, the longest for ${longest} s`;
		const staffing = onQueueUsers === undefined ? "staffing not known" : `${onQueueUsers} on queue`;
		return `Queue ${entity.name} overflows: ${waiting ?? "an unknown number"} waiting${wait} (${staffing})`;
	},
	measures: ({ waiting, longestWaitSeconds: longest, onQueueUsers }, { waitingOver, longestWaitSecondsOver }) => [
		...countOf(waiting, `conversations wait${allowed(waitingOver, "")}`, `conversation waits${allowed(waitingOver, "")}`),
		...(longest === undefined ? [] : [`the longest has waited ${longest} s${allowed(longestWaitSecondsOver, " s")}`]),
		...countOf(onQueueUsers, "users on queue", "user on queue"),
	],
});

const allowed = (limit: number | undefined, unit: string): string => (limit === undefined ? "" : ` (allowed: ${limit}${unit})`);

/** What `fedBy` names and no trunk has, neither as its id nor as its name: a trunk that was renamed or deleted, or a slip. */
function unknownFeeds(trunks: readonly TrunkInstance[], feeds: ReadonlySet<string>): readonly string[] {
	const there = trunks.filter(({ state }) => state !== "deleted").flatMap(({ trunkBase: { id, name } }) => [id, name]);
	const known = new Set(there);
	return [...feeds].filter((feed) => !known.has(feed));
}

interface WaitLimits {
	readonly waitingOver: number;
	readonly longestWaitSecondsOver: number;
}

type Judgement = Pick<Judged, "verdict"> & { readonly reason: QueueReason };

function judge(queue: QueueActivity, limits: WaitLimits, now: Instant): Judgement {
	const { waiting } = queue;
	const longest = longestWaitSeconds(queue, now);
	if (waiting !== undefined && waiting > limits.waitingOver) return { verdict: "breach", reason: "too-many-waiting" };
	if (longest !== undefined && longest > limits.longestWaitSecondsOver) return { verdict: "breach", reason: "waiting-too-long" };
	if (waiting === 0) return { verdict: "clear", reason: "nobody-waits" };
	if (waiting === undefined || longest === undefined) return { verdict: "no-data", reason: "no-numbers" };
	return { verdict: "clear", reason: "within-limits" };
}

/** Of the one that has waited longest. A truncated list holds the oldest half, so it is right there too; a clock that is behind gives 0. */
function longestWaitSeconds({ waitingSince }: QueueActivity, now: Instant): number | undefined {
	if (waitingSince.length === 0) return undefined;
	return Math.max(0, Math.floor((now - Math.min(...waitingSince)) / 1000));
}

function measure(queue: QueueActivity, now: Instant): Readonly<Record<string, number>> {
	const longest = longestWaitSeconds(queue, now);
	return {
		...(queue.waiting === undefined ? {} : { waiting: queue.waiting }),
		...(longest === undefined ? {} : { longestWaitSeconds: longest }),
		...(queue.onQueueUsers === undefined ? {} : { onQueueUsers: queue.onQueueUsers }),
	};
}
