import type { Settings } from "../../components/settings/settings.ts";
import { expirySuffix, usedCredentials } from "../../functions/pipeline/credentials/rules.ts";
import { ownEdgeName } from "../genesyscloud/telephonyWorld.ts";
import { answeredChannels, placeOf } from "../world/vendorAccounts.ts";
import { watchedQueues, withFeeds } from "../world/watched.ts";
import { expectedOneOf } from "./oneOf.ts";
import { singleCredentials } from "./parts.ts";
import { ScenarioError } from "./read.ts";
import type { Happens, Scenario } from "./scenario.ts";

/** What a verb or an expectation may name. */
const kinds = ["trunk", "edge", "queue", "service", "client", "credential", "policy", "drill"] as const;
type Kind = (typeof kinds)[number];
type Names = Readonly<Record<Kind, readonly string[]>>;

/** More wrong names than these are counted only: one slip in numbered trunks makes hundreds. */
const mostPrinted = 10;

/** Throws ScenarioError for what is named and is not in the world of these settings: a verb would break, and a `never` could not fail. */
export function refuseUnknownNames(scenario: Scenario, settings: Settings): void {
	const known = knownNames(scenario, settings);
	const problems = [
		...scenario.happens.flatMap((verb) => unknownIn(verb, `${verb.do} at ${verb.at} s: `, known, kindsOf(verb))),
		...scenario.must.flatMap((wanted, index) => unknownIn(wanted, `must[${index}].`, known)),
		...scenario.never.flatMap((unwanted, index) => unknownIn(unwanted, `never[${index}].`, known)),
	];
	if (problems.length === 0) return;
	const more = problems.length > mostPrinted ? [`and ${problems.length - mostPrinted} more`] : [];
	throw new ScenarioError(`${scenario.name}: ${[...problems.slice(0, mostPrinted), ...more].join("; ")}`);
}

function knownNames({ trunks, queues }: Scenario, settings: Settings): Names {
	const { credentials = {} } = settings.runtime;
	const all = withFeeds(settings, trunks);
	const used = usedCredentials(settings.runtime);
	const expiring = Object.keys(credentials).map((name) => `${name}${expirySuffix}`);
	return {
		trunk: all.map(({ name }) => name),
		edge: all.flatMap(({ name, edges, on }) => on ?? Array.from({ length: edges }, (_, index) => ownEdgeName(name, index + 1))),
		queue: [...watchedQueues(settings), ...queues].map(({ name }) => name),
		service: answeredChannels(settings.runtime).map(({ channel }) => placeOf(channel)),
		client: [...singleCredentials, ...used],
		credential: ["detector", "responder", ...used, ...expiring],
		policy: Object.keys(settings.runtime.policies),
		drill: Object.keys(settings.runtime.policies),
	};
}

/** Another system may tell of a trunk that Genesys Cloud does not see, and an operator act on it. */
const kindsOf = ({ do: verb }: Happens): readonly Kind[] =>
	verb === "webhook" || verb === "operates" ? kinds.filter((kind) => kind !== "trunk") : kinds;

function unknownIn(part: object, where: string, known: Names, looked: readonly Kind[] = kinds): readonly string[] {
	return looked.flatMap((kind) => {
		const name: unknown = Reflect.get(part, kind);
		if (typeof name !== "string" || known[kind].includes(name)) return [];
		return [`${where}${kind}: expected ${expectedOneOf(name, known[kind])}, got ${JSON.stringify(name)}`];
	});
}
