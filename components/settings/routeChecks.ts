import { credentialReading } from "../../functions/pipeline/credentials/rules.ts";
import { conditions, severities } from "../../functions/pipeline/model/incident.ts";
import { fitsGlob } from "../../functions/pipeline/route/glob.ts";
import { fitsMatch } from "../../functions/pipeline/route/rules.ts";
import type { Route, RouteMatch } from "../../functions/pipeline/route/settings.ts";
import { routesSchema } from "../../functions/schemas/routes.ts";
import { credentialOf } from "../../vendors/credentials.ts";
import { part, record } from "./parts.ts";
import { placedChannels } from "./policyChecks.ts";
import { configPath, expectedAmong, type Problem, shown } from "./problems.ts";

const routePath = (index: number, ...path: readonly PropertyKey[]): string => configPath(["routes", index, ...path]);

/** Problems of the routes as a whole, once each of them is right by itself. */
export function routeProblems(raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const routes = part(routesSchema, raw.routes);
	if (routes === undefined) return [];
	return [
		...unknownNames(routes, raw),
		...defaults(routes),
		...unreachable(routes),
		...unknownWaivers(routes, raw),
		...sharedCredentials(routes, raw),
	];
}

function unknownNames(routes: readonly Route[], raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const unknown = (index: number, key: "policy" | "hours", table: string, name: string | undefined): readonly Problem[] => {
		const names = Object.keys(record(raw[table]));
		// Where no policy stands at all, that is the news.
		if (name === undefined || names.includes(name) || (key === "policy" && names.length === 0)) return [];
		return [{ path: routePath(index, key), expected: oneOfNames(name, names, table), got: shown(name) }];
	};
	return routes.flatMap(({ policy, hours }, index) => [
		...unknown(index, "policy", "policies", policy),
		...unknown(index, "hours", "hours", hours),
	]);
}

function oneOfNames(name: string, names: readonly string[], what: string): string {
	return names.length === 0
		? `a name of ${what} (there are none)`
		: expectedAmong(name, names, (all) => `a name of ${what} (allowed: ${all})`);
}

const isDefault = ({ match, hours }: Route): boolean => hours === undefined && Object.keys(match ?? {}).length === 0;

function defaults(routes: readonly Route[]): readonly Problem[] {
	const last = routes.length - 1;
	const early = routes.findIndex((route, index) => index < last && isDefault(route));
	const end = routes.at(-1);
	return [
		...(early < 0
			? []
			: [
					{
						path: routePath(early),
						expected: "match or hours, because only the last route is the default and takes everything",
						got: shown(routes[early]),
					},
				]),
		...(end === undefined || isDefault(end)
			? []
			: [
					{
						path: routePath(last),
						expected: "the default: a last route without match and hours, so that every incident pages somebody",
						got: shown(end),
						remedy: `- policy: ${end.policy}`,
					},
				]),
	];
}

/** Each route of which an earlier one takes everything, at every time. That the default is early is told by itself. */
function unreachable(routes: readonly Route[]): readonly Problem[] {
	return routes.flatMap((route, index) => {
		// That it must be there is all that is asked of the default.
		if (isDefault(route)) return [];
		const first = routes.slice(0, index).findIndex((earlier) => !isDefault(earlier) && takesAll(earlier, route));
		if (first < 0) return [];
		const expected = `something that routes[${first}] does not take before it: this route is never reached`;
		return [{ path: routePath(index), expected, got: shown(route) }];
	});
}

function takesAll(earlier: Route, later: Route): boolean {
	if (earlier.hours !== undefined && earlier.hours !== later.hours) return false;
	const [wide, narrow] = [earlier.match ?? {}, later.match ?? {}];
	return (
		coversWords(wide.condition, narrow.condition, conditions) &&
		coversWords(wide.severity, narrow.severity, severities) &&
		coversGlobs(wide.entity, narrow.entity ?? narrow.queue) &&
		coversGlobs(wide.site, narrow.site, "some only") &&
		coversGlobs(wide.division, narrow.division, "some only") &&
		coversGlobs(wide.queue, narrow.queue, "some only")
	);
}

const coversWords = (wide: readonly string[] | undefined, narrow: readonly string[] = [], all: readonly string[]): boolean =>
	wide === undefined || (narrow.length === 0 ? all : narrow).every((word) => wide.includes(word));

/** A glob that fits another one, letter for letter, takes all that the other takes. */
function coversGlobs(wide: readonly string[] | undefined, narrow: readonly string[] | undefined, someOnly?: string): boolean {
	if (wide === undefined) return true;
	if (narrow === undefined) return someOnly === undefined && wide.some((glob) => /^\*+$/.test(glob));
	return narrow.every((text) => wide.some((glob) => fitsGlob(glob, text)));
}

/** The credentials that the channels of a policy use. */
const credentialsIn = (policy: string, raw: Readonly<Record<string, unknown>>): readonly string[] => [
	...new Set(
		placedChannels(raw.policies)
			.filter((placed) => placed.policy === policy)
			.map(({ channel }) => credentialOf(channel)),
	),
];

function unknownWaivers(routes: readonly Route[], raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	return routes.flatMap(({ policy, mayShare = [] }, index) => {
		const used = credentialsIn(policy, raw);
		return mayShare.flatMap((name, position) =>
			used.includes(name)
				? []
				: [
						{
							path: routePath(index, "mayShare", position),
							expected: oneOfNames(name, used, `the credentials of policy ${policy}`),
							got: shown(name),
						},
					],
		);
	});
}

/** A credential that is refused cannot be told by a channel that needs it: by every route that may come to tell of it, at whatever hour. */
function sharedCredentials(routes: readonly Route[], raw: Readonly<Record<string, unknown>>): readonly Problem[] {
	const used = new Set(placedChannels(raw.policies).map(({ channel }) => credentialOf(channel)));
	return [...used].flatMap((credential) =>
		routesOf(credential, routes).flatMap((index): readonly Problem[] => {
			const { policy = "", mayShare = [] } = routes[index] ?? {};
			if (mayShare.includes(credential) || !credentialsIn(policy, raw).includes(credential)) return [];
			const others = Object.keys(record(raw.policies)).filter((name) => !credentialsIn(name, raw).includes(credential));
			return [
				{
					path: routePath(index, "policy"),
					expected: `a policy none of whose channels uses ${credential}, because this route tells that ${credential} fails; put a route before it, or waive it by mayShare: [${credential}]`,
					got: shown(policy),
					remedy: `- match: { condition: credentials-failing, entity: "${credential}" }\n      policy: ${others[0] ?? "<a policy without it>"}`,
				},
			];
		}),
	);
}

/** The routes that may take the failure of a credential, up to the first that always does. */
function routesOf(credential: string, routes: readonly Route[]): readonly number[] {
	const { condition, severity, entity } = credentialReading({ name: credential, signal: "open", reason: "" }, 0, 0);
	const fits = routes.flatMap((route, index) =>
		fitsMatch(route.match, { condition, severity, entities: [entity] }) ? [{ index, always: route.hours === undefined }] : [],
	);
	const last = fits.findIndex(({ always }) => always);
	return (last < 0 ? fits : fits.slice(0, last + 1)).map(({ index }) => index);
}

/** Whether a route may take incidents of a condition. */
export const mayTake = ({ condition }: RouteMatch = {}, wanted: string): boolean =>
	condition === undefined || condition.some((each) => each === wanted);
