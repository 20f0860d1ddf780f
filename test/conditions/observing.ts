import type { Gauges } from "../../functions/pipeline/detect/gauges.ts";
import type { Observation } from "../../functions/pipeline/detect/observation.ts";
import { observeAll } from "../../functions/pipeline/detect/rules.ts";
import type { EdgeState, QueueActivity, TrunkInstance } from "../../functions/pipeline/ports.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { zero } from "../functions/pipeline/fixtures.ts";
import { calm } from "../functions/pipeline/pollWorld.ts";

type Overflow = NonNullable<RuntimeSettings["runbooks"]["queue-overflow"]>;

/** What each runbook says by itself of what was read. */
export const detectTrunks = (trunks: readonly TrunkInstance[]): readonly Observation[] =>
	observeAll({ now: zero, trunks }, { "trunk-down": calm });

export const detectEdges = (edges: readonly EdgeState[]): readonly Observation[] =>
	observeAll({ now: zero, edges }, { "edge-offline": calm });

export const detectQueues = (
	queues: readonly QueueActivity[],
	{ waitingOver, longestWaitSecondsOver, queues: watched }: Pick<Overflow, "waitingOver" | "longestWaitSecondsOver" | "queues">,
	now: number,
): readonly Observation[] =>
	observeAll({ now, queues }, { "queue-overflow": { ...calm, waitingOver, longestWaitSecondsOver, queues: watched } });

export const detectDegraded = (
	trunks: readonly TrunkInstance[],
	{ scoreBelow }: { readonly scoreBelow: number },
	{ now, before }: { readonly now: Gauges | undefined; readonly before: Gauges | undefined },
): readonly Observation[] =>
	observeAll(
		{ now: zero, trunks, ...(now === undefined ? {} : { gauges: now }), gaugesBefore: before },
		{ "trunk-degraded": { ...calm, scoreBelow } },
	);

/** An edge that is in order. */
export const edge = (change: Partial<EdgeState> = {}): EdgeState => ({
	id: "edge-1",
	name: "Edge-1",
	state: "active",
	statusCode: "ACTIVE",
	online: true,
	...change,
});

/** A queue in which nobody waits. */
export const queue = (change: Partial<QueueActivity> = {}): QueueActivity => ({
	id: "queue-1",
	name: "Support",
	waiting: 0,
	waitingSince: [],
	truncated: false,
	onQueueUsers: 3,
	...change,
});

/** The settings under which that queue is watched. */
export const overflow = {
	enabled: true,
	severity: "medium",
	breachesToOpen: 2,
	clearsToClose: 3,
	remediation: "observe",
	waitingOver: 5,
	longestWaitSecondsOver: 120,
	queues: [{ name: "Support", fedBy: ["Frankfurt-1"] }],
} as const;
