import { watchedRunbooks } from "../../conditions/runbooks.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import type { Permission } from "./permissions.ts";

/** The permissions of the detector: exactly what the enabled runbooks read, each once. */
export function detectorPermissions(runbooks: RuntimeSettings["runbooks"]): readonly Permission[] {
	const enabled = watchedRunbooks.filter(({ name }) => runbooks[name]?.enabled === true);
	return [...new Set(enabled.flatMap(({ permissions }) => permissions))];
}
