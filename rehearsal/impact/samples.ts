import { conditionsOf } from "../../conditions/runbooks.ts";
import { locationOf } from "../../functions/pipeline/detect/location.ts";
import { type Condition, conditions, type Named, type Severity } from "../../functions/pipeline/model/incident.ts";
import type { RoutedEntity, RouteFacts } from "../../functions/pipeline/route/rules.ts";
import type { Route } from "../../functions/pipeline/route/settings.ts";

/** A failure that may come, as routes see it; without a severity it has that of its runbook. */
export interface Sample {
	readonly condition: Condition;
	readonly severity?: Severity;
	readonly entity: RoutedEntity;
	/** For people: `trunk-down, entity Frankfurt-1`. */
	readonly words: string;
}

/** More combinations than this of one condition are not tried: then each route's own, and those of none. */
const mostOfCondition = 2000;

/** What no matcher names: it fits only `*`, or a route that asks for nothing. */
const anythingElse = "";

const queueConditions: readonly Condition[] = conditionsOf("queues");

/** Failures that tell these routes apart: every condition with every combination of what their matchers name, and with what none of them names. */
export function samplesOf(routes: readonly Route[]): readonly Sample[] {
	return conditions.flatMap((condition) => {
		const all = combinations(condition, routes);
		return all.length <= mostOfCondition
			? all
			: uniqueByWords([...combinations(condition, []), ...routes.flatMap((route) => combinations(condition, [route]))]);
	});
}

function combinations(condition: Condition, routes: readonly Route[]): readonly Sample[] {
	const named = (what: "entity" | "site" | "division" | "queue"): readonly string[] => routes.flatMap(({ match }) => match?.[what] ?? []);
	const isQueue = queueConditions.includes(condition);
	const entities = valuesOf([...named("entity"), ...(isQueue ? named("queue") : [])]);
	const severities = [undefined, ...new Set(routes.flatMap(({ match }) => match?.severity ?? []))];
	return entities.flatMap((entity) =>
		valuesOf(named("site")).flatMap((site) =>
			valuesOf(named("division")).flatMap((division) =>
				severities.map((severity) => sampleOf(condition, { entity, site, division }, severity)),
			),
		),
	);
}

/** Of each glob a text that it fits, and what none of them names. */
const valuesOf = (globs: readonly string[]): readonly string[] => [
	...new Set([...globs.map((glob) => glob.replaceAll("*", "")), anythingElse]),
];

interface Names {
	readonly entity: string;
	readonly site: string;
	readonly division: string;
}

function sampleOf(condition: Condition, { entity, site, division }: Names, severity: Severity | undefined): Sample {
	const parts = Object.entries({ entity, site, division, severity: severity ?? "" }).filter(([, value]) => value !== "");
	return {
		condition,
		...(severity === undefined ? {} : { severity }),
		entity: { ...named(entity), ...locationOf(placed(site), placed(division)) },
		words: [condition, ...parts.map(([what, value]) => `${what} ${value}`)].join(", "),
	};
}

const named = (word: string): Named => ({ id: word, name: word });
const placed = (word: string): Named | undefined => (word === "" ? undefined : named(word));

const uniqueByWords = (samples: readonly Sample[]): readonly Sample[] => [
	...new Map(samples.map((sample) => [sample.words, sample])).values(),
];

/** What routes are asked about a sample. */
export const factsOfSample = ({ condition, entity }: Sample, severity: Severity): RouteFacts => ({
	condition,
	severity,
	entities: [entity],
});
