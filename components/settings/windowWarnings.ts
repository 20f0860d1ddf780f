import type { Instant } from "../../functions/pipeline/model/incident.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { overAt } from "../../functions/pipeline/silence/windows.ts";
import { configPath } from "./problems.ts";
import { matchWarnings } from "./routeWarnings.ts";

/** Windows that may stand there, and silence nothing. */
export const windowWarnings = (
	{ windows = [], runbooks, webhook }: Pick<RuntimeSettings, "windows" | "runbooks" | "webhook">,
	now: Instant,
): readonly string[] =>
	windows.flatMap((window, index) => {
		const over = overAt(window);
		return [
			...(over !== undefined && over <= now
				? [
						`${configPath(["windows", index])}: window ${window.name} ended at ${new Date(over).toISOString()}: it silences nothing any more`,
					]
				: []),
			...matchWarnings(window.match, ["windows", index, "match"], { runbooks, webhook }),
		];
	});
