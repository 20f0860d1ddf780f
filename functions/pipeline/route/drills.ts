import type { DrillSettings } from "../drill/settings.ts";
import type { Incident } from "../model/incident.ts";

interface Settings {
	readonly policies: Readonly<Record<string, unknown>>;
	readonly drills?: DrillSettings;
}

/** The policy that no route decides, and why. */
export interface Decided {
	readonly policy: string;
	readonly words: string;
}

/**
 * A drill is paged by the policy that it is of, whatever the routes say. One that failed is told by another policy than that, where there is one:
 * `failedPolicy`, what the routes say, the default, or the first of the others. Undefined where the routes decide.
 */
export function decidedPolicy(
	{ policies, drills }: Settings,
	{ condition, entityId }: Pick<Incident, "condition" | "entityId">,
	byRoutes: string,
	byDefault: string,
): Decided | undefined {
	if (condition === "drill") return Object.hasOwn(policies, entityId) ? { policy: entityId, words: `a drill of ${entityId}` } : undefined;
	if (condition !== "drill-failed") return undefined;
	const wanted = [drills?.failedPolicy, byRoutes, byDefault, ...Object.keys(policies)];
	const policy = wanted.find((name) => name !== undefined && name !== entityId && Object.hasOwn(policies, name));
	return policy === undefined || policy === byRoutes
		? undefined
		: { policy, words: `the drill of ${entityId} failed, told by another policy` };
}
