import { type Condition, type WatchedCondition, watchedConditions } from "../model/incident.ts";
import type { RuntimeSettings } from "../settings.ts";
import { degradedDetector } from "./degraded.ts";
import { edgeDetector } from "./edges.ts";
import type { Detector, Observation, Sight, Source } from "./observation.ts";
import { queueDetector } from "./queues.ts";
import { trunkDetector } from "./trunks.ts";

/** Condition → its detector; a failure that can explain another stands before it (`topology.ts`). Adding one = its file and its line here. */
export const detectors: Readonly<Record<WatchedCondition, Detector>> = {
	"edge-offline": edgeDetector,
	"trunk-down": trunkDetector,
	"trunk-degraded": degradedDetector,
	"queue-overflow": queueDetector,
};

/** The detector of a condition; undefined for one that only the overseer can know. */
export function detectorOf(condition: Condition): Detector | undefined {
	const watched = watchedConditions.find((each) => each === condition);
	return watched === undefined ? undefined : detectors[watched];
}

const enabled = (runbooks: RuntimeSettings["runbooks"]): readonly Detector[] =>
	Object.entries(detectors).flatMap(([condition, detector]) =>
		Object.entries(runbooks).some(([name, runbook]) => name === condition && runbook?.enabled === true) ? [detector] : [],
	);

/** What has to be looked at for the enabled runbooks, each once. */
export const neededSources = (runbooks: RuntimeSettings["runbooks"]): readonly Source[] => [
	...new Set(enabled(runbooks).flatMap(({ needs }) => needs)),
];

/** Everything that the enabled runbooks say of one poll, parents before their children. */
export const observeAll = (sight: Sight, runbooks: RuntimeSettings["runbooks"]): readonly Observation[] =>
	enabled(runbooks).flatMap(({ observe }) => observe(sight, runbooks));
