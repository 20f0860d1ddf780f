import { conditionsOf } from "../../../conditions/runbooks.ts";
import type { DeduplicatePlan } from "../deduplicate/plan.ts";
import type { Condition, Incident, Instant, Location, Named, Page, Severity } from "../model/incident.ts";
import { decidedPolicy } from "./drills.ts";
import { fitsGlob } from "./glob.ts";
import { isWithin } from "./hours.ts";
import { policyNameOf, type RoutingSettings } from "./policy.ts";
import type { Route, RouteMatch } from "./settings.ts";

/** What fails, and where it is as far as that is known. */
export interface RoutedEntity extends Named {
	readonly location?: Location;
}

/** What a route may ask of an incident. */
export interface RouteFacts {
	readonly condition: Condition;
	/** Before any route changed it. */
	readonly severity: Severity;
	/** One, or all that a group pages for: a matcher of entities, sites, divisions or queues must fit each of them. */
	readonly entities: readonly RoutedEntity[];
}

export type RouteReason =
	/** Its matchers fit. */
	| "matched"
	/** So they do, and it is within the hours of the route. */
	| "within-hours"
	/** Nothing before the default did. */
	| "default";

/** Who is paged, and by which route. */
export interface Routed {
	readonly policy: string;
	readonly severity: Severity;
	/** Counts from 1. */
	readonly route: number;
	readonly reason: RouteReason;
	/** The same for people: `route 2: entity Frankfurt-1, within business`. */
	readonly words: string;
}

/** The first route that fits, at this instant. The last one, without matchers and hours, fits everything. */
export function route(settings: RoutingSettings, facts: RouteFacts, now: Instant): Routed {
	const { routes, hours = {} } = settings;
	const isOpen = ({ hours: name }: Route): boolean => {
		const wanted = name === undefined ? undefined : hours[name];
		return name === undefined || (wanted !== undefined && isWithin(wanted, now));
	};
	const index = routes.findIndex((each) => fitsMatch(each.match, facts) && isOpen(each));
	const found = routes[index] ?? routes.at(-1);
	const number = index < 0 ? routes.length : index + 1;
	return {
		policy: policyNameOf(settings, { ...(found === undefined ? {} : { policy: found.policy }) }),
		severity: found?.severity ?? facts.severity,
		route: number,
		reason: reasonOf(found),
		words: `route ${number}: ${wordsOf(found, facts)}`,
	};
}

function reasonOf(found: Route | undefined): RouteReason {
	if (found?.hours !== undefined) return "within-hours";
	return found?.match === undefined ? "default" : "matched";
}

function wordsOf({ match = {}, hours, severity }: Partial<Route> = {}, facts: RouteFacts): string {
	const [only, ...others] = facts.entities;
	const isOne = only !== undefined && others.length === 0;
	const name = isOne ? only.name : `each of ${facts.entities.length}`;
	const where = (what: "site" | "division"): readonly string[] =>
		match[what] === undefined ? [] : [`${what} ${isOne ? (only.location?.[what]?.name ?? "") : `of ${name}`}`];
	const words = [
		...(match.condition === undefined ? [] : [`condition ${facts.condition}`]),
		...(match.severity === undefined ? [] : [`severity ${facts.severity}`]),
		...(match.entity === undefined ? [] : [`entity ${name}`]),
		...where("site"),
		...where("division"),
		...(match.queue === undefined ? [] : [`queue ${name}`]),
		...(hours === undefined ? [] : [`within ${hours}`]),
	];
	return [words.length === 0 ? "the default" : words.join(", "), ...(severity === undefined ? [] : [`counts as ${severity}`])].join("; ");
}

const queueConditions: readonly Condition[] = conditionsOf("queues");

/** Whether every matcher fits; no matcher fits everything. */
export function fitsMatch({ condition, severity, entity, site, division, queue }: RouteMatch = {}, facts: RouteFacts): boolean {
	const each = (globs: readonly string[], names: (one: RoutedEntity) => readonly string[]): boolean =>
		facts.entities.every((one) => names(one).some((name) => globs.some((glob) => fitsGlob(glob, name))));
	return (
		(condition === undefined || condition.includes(facts.condition)) &&
		(severity === undefined || severity.includes(facts.severity)) &&
		(entity === undefined || each(entity, wordsFor)) &&
		(site === undefined || each(site, ({ location }) => wordsFor(location?.site))) &&
		(division === undefined || each(division, ({ location }) => wordsFor(location?.division))) &&
		(queue === undefined || (queueConditions.includes(facts.condition) && each(queue, ({ name }) => [name])))
	);
}

/** What stands for it in a matcher. What is not known fits none. */
const wordsFor = (one: Named | undefined): readonly string[] => (one === undefined ? [] : [one.id, one.name]);

/** What a matcher may ask of an incident: of a group, about each that still fails. */
export function factsOf({ condition, reading, entityId, entityName, members }: Incident): RouteFacts {
	const failing = (members?.listed ?? []).filter(({ endedAt }) => endedAt === undefined);
	const { location } = reading;
	const itself = { id: entityId, name: entityName, ...(location === undefined ? {} : { location }) };
	const entities = failing.length === 0 ? [itself] : failing;
	return { condition, severity: reading.severity, entities };
}

/** The incident with whom it pages: decided anew. Pages that another policy sent keep its name, and the new one begins with its first tier. */
export function routeIncident(settings: RoutingSettings, incident: Incident, now: Instant): Incident {
	const found = route(settings, factsOf(incident), now);
	const decided = decidedPolicy(settings, incident, found.policy, policyNameOf(settings, {}));
	const {
		policy,
		severity,
		route: number,
		words,
	} = decided === undefined ? found : { ...found, ...decided, severity: incident.reading.severity };
	const fixed = decided === undefined ? settings.routes[number - 1]?.severity : undefined;
	const routed = { route: number, words, ...(fixed === undefined ? {} : { severity: fixed }) };
	const before = policyNameOf(settings, incident);
	const changed = before !== policy;
	return {
		...incident,
		...(changed ? { pages: incident.pages.map((page) => ofPolicy(page, before, policy)), tier: Math.min(incident.tier, 1) } : {}),
		policy,
		severity,
		routed,
	};
}

function ofPolicy({ policy: named, ...page }: Page, before: string, present: string): Page {
	const policy = named ?? before;
	return policy === present ? page : { ...page, policy };
}

/** What opens is routed; what is only seen again keeps its policy. */
export const routePlan = (settings: RoutingSettings, plan: DeduplicatePlan, isNew: boolean, now: Instant): DeduplicatePlan =>
	plan.incident === undefined || !isNew ? plan : { ...plan, incident: routeIncident(settings, plan.incident, now) };
