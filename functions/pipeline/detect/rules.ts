import { type AnyWatched, watchedRunbooks } from "../../../conditions/runbooks.ts";
import type { RunbookSettings, RuntimeSettings } from "../settings.ts";
import type { Observation } from "./observation.ts";
import type { Sight } from "./sight.ts";
import type { Source } from "./sources.ts";

/** The runbooks that this stack has enabled, with their settings, parents before their children. */
const enabled = (runbooks: RuntimeSettings["runbooks"]): readonly { readonly runbook: AnyWatched; readonly settings: RunbookSettings }[] =>
	watchedRunbooks.flatMap((runbook) => {
		const settings = runbooks[runbook.name];
		return settings?.enabled === true ? [{ runbook, settings }] : [];
	});

/** What has to be looked at for the enabled runbooks, each once. */
export const neededSources = (runbooks: RuntimeSettings["runbooks"]): readonly Source[] => [
	...new Set(enabled(runbooks).flatMap(({ runbook }) => runbook.sources)),
];

/** Everything that the enabled runbooks say of one poll, parents before their children. */
export const observeAll = (sight: Sight, runbooks: RuntimeSettings["runbooks"]): readonly Observation[] =>
	enabled(runbooks).flatMap(({ runbook, settings }) =>
		runbook.observe(sight, settings).map((judged) => ({ condition: runbook.name, ...judged })),
	);
