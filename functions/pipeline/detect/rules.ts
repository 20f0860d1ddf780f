import { type AnyWatched, watchedRunbooks } from "../../../conditions/runbooks.ts";
import type { RunbookSettings, RuntimeSettings } from "../settings.ts";
import type { Observation } from "./observation.ts";
import type { Snapshot } from "./snapshot.ts";
import { type Source, sources } from "./sources.ts";

/** A runbook of the poller, with its settings in this stack. */
export interface EnabledRunbook {
	readonly runbook: AnyWatched;
	readonly settings: RunbookSettings;
}

/** The runbooks that this stack has enabled, parents before their children. */
export const enabledRunbooks = (runbooks: RuntimeSettings["runbooks"]): readonly EnabledRunbook[] =>
	watchedRunbooks.flatMap((runbook) => {
		const settings = runbooks[runbook.name];
		return settings?.enabled === true ? [{ runbook, settings }] : [];
	});

/** What has to be looked at for the enabled runbooks and the routes, each once, from the top of the topology down. */
export function neededSources({ runbooks, routes }: Pick<RuntimeSettings, "runbooks" | "routes">): readonly Source[] {
	const needed = new Set(enabledRunbooks(runbooks).flatMap(({ runbook }) => runbook.sources));
	// A trunk is at the site of its edges.
	if (needed.has("trunks") && routes.some(({ match }) => match?.site !== undefined)) needed.add("edges");
	return sources.filter((source) => needed.has(source));
}

/** Everything that the enabled runbooks say of one poll, parents before their children. */
export const observeAll = (snapshot: Snapshot, runbooks: RuntimeSettings["runbooks"]): readonly Observation[] =>
	enabledRunbooks(runbooks).flatMap(({ runbook, settings }) =>
		runbook.observe(snapshot, settings).map((judged) => ({ condition: runbook.name, ...judged })),
	);

/** What the settings of the enabled runbooks name and this poll did not find, a sentence each. */
export const misconfigured = (snapshot: Snapshot, runbooks: RuntimeSettings["runbooks"]): readonly string[] =>
	enabledRunbooks(runbooks).flatMap(({ runbook, settings }) => runbook.misconfigured?.(snapshot, settings) ?? []);
