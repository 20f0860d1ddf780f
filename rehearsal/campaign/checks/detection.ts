import { overseerRunbooks } from "../../../conditions/runbooks.ts";
import type { WatchedCondition } from "../../../functions/pipeline/model/incident.ts";
import { incidentKey } from "../../../functions/pipeline/model/keys.ts";
import type { Happens } from "../../scenario/scenario.ts";
import { tickSeconds } from "../bounds.ts";
import type { Facts } from "../facts.ts";
import type { Violation } from "../violation.ts";

/** A failure that nothing but itself explains, from its beginning to the next change of its entity. */
interface Failure {
	readonly condition: WatchedCondition;
	readonly entityId: string;
	readonly from: number;
	readonly until: number;
}

/** What must be left of the rounds once the streak is full: the poll that fills it, and its work. */
const marginSeconds = 3 * tickSeconds;

export function unconfirmed(facts: Facts): readonly Violation[] {
	const rate = facts.settings.limits.genesysRequestsPerMinute * facts.settings.limits.genesysShare;
	// A budget that does not serve one poll a minute keeps the detector blind, and it says so itself.
	if (rate < pollRequests(facts)) return [];
	return [...[...failuresOf(facts), ...reportsOf(facts)].flatMap((failure) => unopened(facts, failure)), ...blindAndSilent(facts)];
}

const pollRequests = ({ entities, settings }: Facts): number =>
	20 + Math.ceil((entities.trunk.size * 10) / 25) + (settings.runbooks["queue-overflow"]?.queues.length ?? 0);

function unopened(facts: Facts, { condition, entityId, from, until }: Failure): readonly Violation[] {
	const runbook = facts.settings.runbooks[condition];
	if (runbook?.enabled !== true) return [];
	const limit = facts.cover.after(from, runbook.breachesToOpen * tickSeconds + marginSeconds);
	if (limit > Math.min(until, facts.end) || facts.cover.touches(from, from)) return [];
	const key = incidentKey({ environment: facts.settings.environment, condition, entityId });
	const isOpen = facts.stories.some(({ incident, openedAt, events }) => {
		const recovered = events.find(({ what }) => what === "recovered")?.atSeconds ?? Infinity;
		return incident === key && openedAt <= limit && recovered > from;
	});
	return isOpen ? [] : [{ atSeconds: limit, what: `${key}: failed at ${from} s, and has no incident` }];
}

const entityOf = (verb: Happens): string | undefined => {
	if ("trunk" in verb) return `trunk ${verb.trunk}`;
	if ("edge" in verb) return `edge ${verb.edge}`;
	return "queue" in verb ? `queue ${verb.queue}` : undefined;
};

/** Failures of whole entities; one that another failure may explain is left out, and so is what a remedy may end at any time. */
function failuresOf(facts: Facts): readonly Failure[] {
	const { scenario, entities } = facts;
	const { happens } = scenario;
	if (happens.some(({ do: verb }) => verb === "edge-offline" || verb === "remedy-helps" || verb === "approve")) {
		return happens.flatMap((verb, index) =>
			verb.do === "edge-offline" ? failure(facts, index, "edge-offline", entities.edge.get(verb.edge)) : [],
		);
	}
	return happens.flatMap((verb, index) => {
		if (verb.do === "trunk-down" && verb.edges === undefined) return failure(facts, index, "trunk-down", entities.trunk.get(verb.trunk));
		return verb.do === "queue-fills" && isOverflow(facts, verb)
			? failure(facts, index, "queue-overflow", entities.queue.get(verb.queue))
			: [];
	});
}

function isOverflow({ settings }: Facts, { queue, waiting }: Extract<Happens, { do: "queue-fills" }>): boolean {
	const overflow = settings.runbooks["queue-overflow"];
	const watched = overflow?.queues.find(({ name }) => name === queue);
	return overflow !== undefined && watched !== undefined && watched.fedBy === undefined && waiting > overflow.waitingOver;
}

/** Others wait now, and too few: what was full is so no more. */
const isFewer = (facts: Facts, verb: Happens): boolean => verb.do === "queue-fills" && !isOverflow(facts, verb);

/** Until anything else happens to the same entity; what happens at the same second comes in the order of the file. */
function failure(facts: Facts, index: number, condition: WatchedCondition, entityId: string | undefined): readonly Failure[] {
	const { happens, lasts } = facts.scenario;
	const verb = happens[index];
	if (verb === undefined || entityId === undefined) return [];
	const others = happens.filter(
		(other, place) => place !== index && entityOf(other) === entityOf(verb) && (other.do !== verb.do || isFewer(facts, other)),
	);
	const until = Math.min(lasts, ...others.filter(({ at }) => at >= verb.at).map(({ at }) => at));
	return [{ condition, entityId, from: verb.at, until }];
}

/** What somebody else's monitor reports of what the poller cannot see: from its first breach to its first clear, or to the end where none comes. */
function reportsOf({ scenario, entities }: Facts): readonly Failure[] {
	const reports = scenario.happens.flatMap((verb) =>
		verb.do === "webhook" && verb.trunk !== undefined && !entities.trunk.has(verb.trunk) ? [{ ...verb, trunk: verb.trunk }] : [],
	);
	return [...Map.groupBy(reports, ({ trunk }) => trunk)].flatMap(([entityId, own]) => {
		const first = own.findIndex(({ verdict }) => verdict === "breach");
		const clear = own.findIndex(({ verdict }, index) => index > first && verdict === "clear");
		const run = own.slice(first, clear < 0 ? undefined : clear);
		// An alert of another system stands until that system says that it is over.
		const [from, until] = [run[0]?.at, run[0]?.format === "reading" ? run.at(-1)?.at : (own[clear]?.at ?? scenario.lasts)];
		return first < 0 || from === undefined || until === undefined
			? []
			: [{ condition: "trunk-down" as const, entityId, from, until: until + tickSeconds }];
	});
}

/** Genesys Cloud out of reach for long enough is an incident of the overseer's own. */
function blindAndSilent(facts: Facts): readonly Violation[] {
	const { limits, environment } = facts.settings;
	const keys = overseerRunbooks.map(({ name, entity }) => incidentKey({ environment, condition: name, entityId: entity.id }));
	return facts.scenario.happens.flatMap((verb) => {
		const isBlind =
			(verb.do === "unreachable" || verb.do === "hangs") &&
			verb.system === "genesys" &&
			verb.host !== "login" &&
			!("path" in verb && verb.path);
		const limit = verb.at + (limits.failedPollsToOpen + 1) * tickSeconds + marginSeconds;
		if (!isBlind || limit > verb.at + verb.for || limit > facts.end) return [];
		if (!isAlone(facts, verb, limit)) return [];
		const isIncident = facts.stories.some(({ incident, openedAt, events }) => {
			const recovered = events.find(({ what }) => what === "recovered")?.atSeconds ?? Infinity;
			return keys.includes(incident) && openedAt <= limit && recovered > verb.at;
		});
		return isIncident
			? []
			: [{ atSeconds: limit, what: `Genesys Cloud is out of reach from ${verb.at} s on, and there is no incident of it` }];
	});
}

/** Whether no other fault and no death falls into that time. */
function isAlone({ scenario, events }: Facts, verb: Happens, until: number): boolean {
	const others = scenario.happens.filter(
		(other) => other !== verb && "for" in other && other.at <= until && other.at + other.for >= verb.at,
	);
	const deaths = events.filter(({ what, atSeconds }) => what === "killed" && atSeconds >= verb.at - 60 && atSeconds <= until);
	return others.length === 0 && deaths.length === 0;
}
