import { conditionsOf, watchedRunbooks } from "../../conditions/runbooks.ts";
import { type Source, sources } from "../../functions/pipeline/detect/sources.ts";
import { fitsGlob } from "../../functions/pipeline/route/glob.ts";
import type { RouteMatch } from "../../functions/pipeline/route/settings.ts";
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
	...routes.flatMap(({ match }, index) => matchWarnings(match, ["routes", index, "match"], { runbooks, webhook })),
];

/** Matchers that nothing fits, wherever they stand. */
export const matchWarnings = (
	match: RouteMatch | undefined,
	path: readonly PropertyKey[],
	{ runbooks, webhook }: Pick<RuntimeSettings, "runbooks"> & { readonly webhook: RuntimeSettings["webhook"] | undefined },
): readonly string[] => {
	const pathOf = (matcher: string): string => configPath([...path, matcher]);
	return [
		...notEnabled(match, pathOf, runbooks),
		...aboutNothing(match, pathOf),
		...noQueue(match, pathOf, runbooks, webhook !== undefined),
	];
};

type PathOf = (matcher: string) => string;

const unused = (table: string, entries: Readonly<Record<string, unknown>>, isUsed: (name: string) => boolean): readonly string[] =>
	Object.keys(entries)
		.filter((name) => !isUsed(name))
		.map((name) => `${configPath([table, name])} and ${configPath(["routes"])}: no route names it, so it is never used`);

function notEnabled(match: RouteMatch | undefined, pathOf: PathOf, runbooks: RuntimeSettings["runbooks"]): readonly string[] {
	return (match?.condition ?? []).flatMap((condition) => {
		const isWatched = watchedRunbooks.some(({ name }) => name === condition);
		if (!isWatched || runbooks[condition]?.enabled === true) return [];
		return [
			`${pathOf("condition")} and ${configPath(["runbooks", condition, "enabled"])}: nothing looks for ${condition}, so it takes nothing by it`,
		];
	});
}

/** What a matcher can be about. */
const subjects = {
	queue: { of: ["queues"], words: "is about queues" },
	site: { of: ["edges", "trunks"], words: "is about something at a site" },
	division: { of: sources, words: "is about something in a division" },
} as const satisfies Partial<Record<keyof RouteMatch, { readonly of: readonly Source[]; readonly words: string }>>;

/** A matcher beside conditions none of which has what it asks for. */
function aboutNothing(match: RouteMatch | undefined, pathOf: PathOf): readonly string[] {
	const { condition } = match ?? {};
	if (condition === undefined) return [];
	return Object.entries(subjects).flatMap(([matcher, { of, words }]) => {
		const fitting: readonly string[] = of.flatMap(conditionsOf);
		if (!Object.hasOwn(match ?? {}, matcher) || condition.some((each) => fitting.includes(each))) return [];
		return [`${pathOf(matcher)} and ${pathOf("condition")}: only ${fitting.join(", ")} ${words}, so it takes nothing`];
	});
}

/** A queue that nobody watches; with alerts of other systems any queue may come. */
function noQueue(
	match: RouteMatch | undefined,
	pathOf: PathOf,
	runbooks: RuntimeSettings["runbooks"],
	anyMayCome: boolean,
): readonly string[] {
	const { condition, queue = [] } = match ?? {};
	const ofQueues: readonly string[] = conditionsOf("queues");
	if (anyMayCome || (condition !== undefined && !condition.some((each) => ofQueues.includes(each)))) return [];
	const watched = runbooks["queue-overflow"]?.queues.map(({ name }) => name) ?? [];
	return queue
		.filter((glob) => !watched.some((name) => fitsGlob(glob, name)))
		.map(
			(glob) => `${pathOf("queue")} and ${configPath(["runbooks", "queue-overflow", "queues"])}: no queue that is watched fits "${glob}"`,
		);
}
