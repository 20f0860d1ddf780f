import { conditionsOf } from "../../conditions/runbooks.ts";
import type { Source } from "../../functions/pipeline/detect/sources.ts";
import { groupKey } from "../../functions/pipeline/group/rules.ts";
import type { Condition } from "../../functions/pipeline/model/incident.ts";
import { incidentKey } from "../../functions/pipeline/model/keys.ts";
import type { Must, Never } from "../scenario/expectations.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { policyAt } from "./routed.ts";
import type { TimelineEvent } from "./timelineEvent.ts";

/** One expectation as the report and the JSON show it. */
export interface Expectation {
	readonly what: string;
	readonly bySeconds: number;
	readonly met: boolean;
	readonly atSeconds?: number | undefined;
}

/** A declared thing that did not work, by name, and why; no injected fault explains it. */
export interface Problem {
	readonly resource: string;
	readonly reason: string;
}

/** A failure that an injected fault may explain. */
export interface Trouble extends Problem {
	readonly at: number;
	/** The systems whose fault would explain it. */
	readonly explainedBy: readonly string[];
}

/** Name → id of what a scenario names. */
export interface EntityIds {
	/** Of trunk bases. */
	readonly trunkIds: ReadonlyMap<string, string>;
	readonly edgeIds: ReadonlyMap<string, string>;
	readonly queueIds: ReadonlyMap<string, string>;
}

/** What the scenario demanded, up to `slackSeconds` later, and that every declared resource did its part. */
export function judge(
	scenario: Scenario,
	environment: string,
	ids: EntityIds,
	events: readonly TimelineEvent[],
	problems: readonly Problem[],
	slackSeconds = 0,
): readonly Expectation[] {
	const matching = (wanted: Must | Never): readonly TimelineEvent[] => {
		const keys = keysOf(wanted, environment, ids);
		return events.filter((event) => matches(event, wanted, keys) && isOfPolicy(events, event, wanted));
	};
	return [
		...scenario.must.map((wanted) => demanded({ ...wanted, by: wanted.by + slackSeconds }, matching(wanted))),
		...scenario.never.map((unwanted) => forbidden(unwanted, matching(unwanted), scenario.lasts)),
		...resources(problems, scenario.lasts),
	];
}

/** The incidents that an expectation is about; all of them where it names none. */
function keysOf(wanted: Must | Never, environment: string, { trunkIds, edgeIds, queueIds }: EntityIds): readonly string[] {
	const key = (condition: Condition, name: string | undefined, known: ReadonlyMap<string, string>): readonly string[] =>
		name === undefined ? [] : [incidentKey({ environment, condition, entityId: known.get(name) ?? "unknown" })];
	return [
		...key(conditionOf("trunks", wanted), wanted.trunk, trunkIds),
		...key(conditionOf("edges", wanted), wanted.edge, edgeIds),
		...key(conditionOf("queues", wanted), wanted.queue, queueIds),
		...(wanted.group === undefined ? [] : [groupKey(environment, wanted.group, 1)]),
		...ownKeys(wanted, environment),
	];
}

/** Which incident of an entity is meant where a scenario does not say. */
const usualConditions = { trunks: "trunk-down", edges: "edge-offline", queues: "queue-overflow" } as const satisfies Record<
	Source,
	Condition
>;

const conditionOf = (source: Source, { condition }: Must | Never): Condition =>
	conditionsOf(source).find((each) => each === condition) ?? usualConditions[source];

/** A key that ends in a colon stands for all that begin so: the overseer's own incidents of one condition, whatever they are about. */
function ownKeys({ self, credential, drill }: Must | Never, environment: string): readonly string[] {
	if (drill !== undefined) return [incidentKey({ environment, condition: "drill", entityId: drill })];
	if (credential !== undefined) return [incidentKey({ environment, condition: "credentials-failing", entityId: credential })];
	return self === undefined ? [] : [incidentKey({ environment, condition: self, entityId: "any" }).slice(0, -"any".length)];
}

const isOf = (incident: string, key: string): boolean => (key.endsWith(":") ? incident.startsWith(key) : incident === key);

function matches(event: TimelineEvent, wanted: Must | Never, keys: readonly string[]): boolean {
	if (keys.length > 0 && !keys.some((key) => isOf(event.incident ?? "", key))) return false;
	const { what, who, channel, tier, attempt, outcome } = wanted;
	const fields = { what, who, channel, tier, attempt, outcome };
	return Object.entries(fields).every(
		([field, value]) => value === undefined || Object.entries(event).some(([name, got]) => name === field && got === value),
	);
}

const isOfPolicy = (events: readonly TimelineEvent[], event: TimelineEvent, { policy }: Must | Never): boolean =>
	policy === undefined || policyAt(events, event) === policy;

function demanded(wanted: Must, found: readonly TimelineEvent[]): Expectation {
	const hits = found.filter((event) => event.atSeconds >= (wanted.from ?? 0) && Math.floor(event.atSeconds) <= wanted.by);
	const [hit] = hits;
	const counted = wanted.times === undefined || (found.length === wanted.times && hits.length === wanted.times);
	const late = hit ?? found.find((event) => event.atSeconds > wanted.by) ?? found[0];
	const got = counted ? "" : `, got ${found.length}`;
	return {
		what: `${sentence(wanted)}${wanted.times === undefined ? "" : ` (${wanted.times}×${got})`}`,
		bySeconds: wanted.by,
		met: hit !== undefined && counted,
		...(late === undefined ? {} : { atSeconds: late.atSeconds }),
	};
}

function forbidden(unwanted: Never, found: readonly TimelineEvent[], lasts: number): Expectation {
	const [first] = found;
	return {
		what: `never: ${sentence(unwanted)}`,
		bySeconds: lasts,
		met: first === undefined,
		...(first === undefined ? {} : { atSeconds: first.atSeconds }),
	};
}

function resources(problems: readonly Problem[], lasts: number): readonly Expectation[] {
	const fine = "every declared resource works: nothing is refused, broken or idle unless a fault explains it";
	if (problems.length === 0) return [{ what: fine, bySeconds: lasts, met: true }];
	return problems.map(({ resource, reason }) => ({ what: `${resource} works: ${reason}`, bySeconds: lasts, met: false }));
}

function sentence(wanted: Must | Never): string {
	const who = wanted.who === undefined ? "" : `${wanted.who}: `;
	const where = [
		wanted.channel === undefined ? "" : ` on ${wanted.channel}`,
		wanted.tier === undefined ? "" : ` tier ${wanted.tier}`,
		wanted.attempt === undefined ? "" : ` attempt ${wanted.attempt}`,
		wanted.outcome === undefined ? "" : ` ${wanted.outcome}`,
		wanted.condition === undefined ? "" : ` of ${wanted.condition}`,
		wanted.policy === undefined ? "" : ` by ${wanted.policy}`,
		...[
			wanted.trunk,
			wanted.edge,
			wanted.queue,
			wanted.self,
			wanted.credential,
			wanted.drill && `the drill of ${wanted.drill}`,
			wanted.group && `the group of ${wanted.group}`,
		].map((name) => (name === undefined ? "" : ` for ${name}`)),
	];
	return `${who}${wanted.what}${where.join("")}`;
}
