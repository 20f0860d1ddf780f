import { conditionsOf, watchedRunbooks } from "../../conditions/runbooks.ts";
import { fitsGlob } from "../../functions/pipeline/route/glob.ts";
import type { Route } from "../../functions/pipeline/route/settings.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { configPath } from "./problems.ts";

/** Routes, policies and hours that may stand there, and take nothing. */
export const routeWarnings = ({
	policies,
	hours = {},
	routes,
	runbooks,
	webhook,
}: Pick<RuntimeSettings, "policies" | "hours" | "routes" | "runbooks" | "webhook">): readonly string[] => [
	...unused("policies", policies, (name) => routes.some(({ policy }) => policy === name)),
	...unused("hours", hours, (name) => routes.some((route) => route.hours === name)),
	...routes.flatMap((route, index) => [...notEnabled(route, index, runbooks), ...noQueue(route, index, runbooks, webhook !== undefined)]),
];

const unused = (table: string, entries: Readonly<Record<string, unknown>>, isUsed: (name: string) => boolean): readonly string[] =>
	Object.keys(entries)
		.filter((name) => !isUsed(name))
		.map((name) => `${configPath([table, name])} and ${configPath(["routes"])}: no route names it, so it is never used`);

const matchPath = (index: number, matcher: string): string => configPath(["routes", index, "match", matcher]);

function notEnabled({ match }: Route, index: number, runbooks: RuntimeSettings["runbooks"]): readonly string[] {
	return (match?.condition ?? []).flatMap((condition) => {
		const isWatched = watchedRunbooks.some(({ name }) => name === condition);
		if (!isWatched || runbooks[condition]?.enabled === true) return [];
		return [
			`${matchPath(index, "condition")} and ${configPath(["runbooks", condition, "enabled"])}: nothing looks for ${condition}, so nothing is routed by it`,
		];
	});
}

/** A queue that nobody watches; with alerts of other systems any queue may come. */
function noQueue({ match }: Route, index: number, runbooks: RuntimeSettings["runbooks"], anyMayCome: boolean): readonly string[] {
	const { condition, queue = [] } = match ?? {};
	const ofQueues: readonly string[] = conditionsOf("queues");
	const path = matchPath(index, "queue");
	if (queue.length > 0 && condition !== undefined && !condition.some((each) => ofQueues.includes(each)))
		return [`${path} and ${matchPath(index, "condition")}: only ${ofQueues.join(", ")} is about queues, so this route takes nothing`];
	if (anyMayCome) return [];
	const watched = runbooks["queue-overflow"]?.queues.map(({ name }) => name) ?? [];
	return queue
		.filter((glob) => !watched.some((name) => fitsGlob(glob, name)))
		.map((glob) => `${path} and ${configPath(["runbooks", "queue-overflow", "queues"])}: no queue that is watched fits "${glob}"`);
}
