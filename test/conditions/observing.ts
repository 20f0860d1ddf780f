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
