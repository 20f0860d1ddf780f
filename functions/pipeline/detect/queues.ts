import type { Instant } from "../model/incident.ts";
import type { QueueActivity } from "../ports.ts";
import type { OverflowSettings } from "../settings.ts";
import type { Detector, Observation } from "./observation.ts";

/** Why a queue got its verdict. */
export type QueueReason =
	| "within-limits"
	/** The API has no row for it: nobody waits. */
	| "nobody-waits"
	| "too-many-waiting"
	| "waiting-too-long"
	/** Conversations wait, and the API says neither how many nor since when, as far as that decides. */
	| "no-numbers";

/** Judges each watched queue: more waiting than allowed, or one that has waited longer than allowed. */
export function detectQueues(
	queues: readonly QueueActivity[],
	settings: Pick<OverflowSettings, "waitingOver" | "longestWaitSecondsOver" | "queues">,
	now: Instant,
): readonly Observation[] {
	return queues
		.toSorted((one, other) => (one.id < other.id ? -1 : 1))
		.map((queue) => ({
			condition: "queue-overflow",
			id: queue.id,
			name: queue.name,
			...judge(queue, settings, now),
			metrics: measure(queue, now),
			raw: queue,
			fedBy: settings.queues.find(({ name }) => name === queue.name)?.fedBy ?? [],
		}));
}

type Judgement = Pick<Observation, "verdict"> & { readonly reason: QueueReason };

function judge(queue: QueueActivity, limits: Pick<OverflowSettings, "waitingOver" | "longestWaitSecondsOver">, now: Instant): Judgement {
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

export const queueDetector: Detector = {
	needs: ["queues"],
	observe: ({ queues = [], now }, runbooks) => {
		const settings = runbooks["queue-overflow"];
		return settings === undefined ? [] : detectQueues(queues, settings, now);
	},
	many: { nouns: "queues", fail: "overflow", failStill: "still overflow" },
	say: ({ entity, metrics }) => {
		const { waiting, longestWaitSeconds: longest, onQueueUsers } = metrics;
		const wait = longest === undefined ? "" : `, the longest for ${longest} s`;
		const staffing = onQueueUsers === undefined ? "staffing not known" : `${onQueueUsers} on queue`;
		return `Queue ${entity.name} overflows: ${waiting ?? "an unknown number"} waiting${wait} (${staffing})`;
	},
};
