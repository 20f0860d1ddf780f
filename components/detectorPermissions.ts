import type { WatchedCondition } from "../functions/pipeline/model/incident.ts";
import type { RuntimeSettings } from "../functions/pipeline/settings.ts";
import type { Permission } from "./permissionRole.ts";

/** What the poller must be allowed to read for each runbook, as the vendor's SDK documentation names it. */
const permissions: Readonly<Record<WatchedCondition, readonly Permission[]>> = {
	"trunk-down": ["telephony:plugin:all"],
	"trunk-degraded": ["telephony:plugin:all"],
	"edge-offline": ["telephony:plugin:all"],
	// The queues' ids by their names, and what waits in them.
	"queue-overflow": ["routing:queue:view", "analytics:queueObservation:view"],
};

/** The permissions of the detector: exactly what the enabled runbooks read, each once. */
export function detectorPermissions(runbooks: RuntimeSettings["runbooks"]): readonly Permission[] {
	const enabled = Object.entries(permissions).filter(([condition]) =>
		Object.entries(runbooks).some(([name, runbook]) => name === condition && runbook?.enabled === true),
	);
	return [...new Set(enabled.flatMap(([, needed]) => needed))];
}
