import { leaseSeconds } from "../../../functions/pipeline/limits/leases.ts";
import { readEverySeconds } from "../../../functions/pipeline/limits/pace.ts";
import { everyChannel, everyPolicy } from "../../../functions/pipeline/route/policy.ts";
import { vendorHosts } from "../../../vendors/hosts.ts";
import { placeOf } from "../../world/vendorAccounts.ts";
import { endOf, mostPlaces, roundSeconds, tickSeconds } from "../bounds.ts";
import type { Facts } from "../facts.ts";
import { type Arrival, arrivalsOf } from "../places.ts";
import { policiesOfStory } from "../policies.ts";
import type { Violation } from "../violation.ts";

/** An item of more than this costs more with every minute of the incident that it holds. */
const largestItemBytes = 64 * 1024;

export function tooLarge({ items, end }: Facts): readonly Violation[] {
	return items
		.filter(({ bytes }) => bytes >= largestItemBytes)
		.map(({ key, bytes }) => ({ atSeconds: end, what: `${key}: expected less than ${largestItemBytes} bytes, got ${bytes}` }));
}

export function leaked({ leaks, end }: Facts): readonly Violation[] {
	return leaks.map((place) => ({ atSeconds: end, what: `a secret stands in ${place}` }));
}

/** The ledger and the queue are asked in sequence: while they hang, nobody is on time. */
export function outlived({ events, scenario }: Facts): readonly Violation[] {
	const slow = scenario.happens.filter(
		(verb) => "system" in verb && (verb.system === "ledger" || verb.system === "queue") && (verb.do === "hangs" || verb.do === "slow"),
	);
	const isExcused = (at: number): boolean =>
		slow.some((verb) => "for" in verb && at >= verb.at && at <= verb.at + verb.for + roundSeconds + tickSeconds);
	return events
		.filter(({ what, outcome, atSeconds }) => what === "killed" && outcome === "timeout" && !isExcused(atSeconds))
		.map(({ who, atSeconds }) => ({ atSeconds, what: `the ${who} was killed at its timeout` }));
}

/** Whether calls went to a vendor. */
const isVendors = (place: string): boolean => vendorHosts.some((host) => place.includes(host));

/** Requests of an incident in a minute: each place is sent to and read back by two executors. */
const requestsPerPlace = 6;

export function tooManyCalls(facts: Facts): readonly Violation[] {
	const places = mostPlaces(facts);
	const all = everyChannel(facts.settings).length;
	// A workflow waits for the proof of one place at a time.
	const reads = Math.max(...everyPolicy(facts.settings).map((policy) => Math.ceil(60 / readEverySeconds(policy))));
	const answers = facts.scenario.happens.filter(({ do: verb }) => verb === "acknowledge").length;
	return [...facts.calls]
		.filter(([place]) => isVendors(place))
		.flatMap(([place, minutes]) =>
			[...minutes].flatMap(([minute, count]) => {
				const open = facts.stories.filter((story) => story.openedAt < (minute + 1) * 60 && endOf(story) > (minute - 2) * 60).length;
				// Each place's key is checked now and then, by two calls.
				const most = open * (places * requestsPerPlace + reads) + answers + 2 * all + 10;
				return count <= most
					? []
					: [{ atSeconds: minute * 60, what: `${place}: expected at most ${most} calls in a minute, got ${count}` }];
			}),
		);
}

/** OAuth clients that call Genesys Cloud from AWS: each has a budget of its own. */
const genesysClients = 3;

/** Within any minute each client stays within its share; the clock's minutes cut two of its windows, and a ledger that is out of reach grants. */
export function overBudget(facts: Facts): readonly Violation[] {
	const { genesysRequestsPerMinute, genesysShare } = facts.settings.limits;
	const most = genesysClients * Math.max(1, Math.floor(genesysRequestsPerMinute * genesysShare));
	const api = [...facts.calls].filter(([place]) => place.startsWith("api.") && !isVendors(place));
	return api.flatMap(([place, minutes]) =>
		[...minutes]
			.filter(([minute, count]) => minute > 0 && count > most && !facts.cover.touches(minute * 60, minute * 60 + 60))
			.map(([minute, count]) => ({ atSeconds: minute * 60, what: `${place}: expected at most ${most} calls in a minute, got ${count}` })),
	);
}

/** Each round of the policy has its attempts, of both executors, and the end is told as often at most. */
export function tooManyMessages(facts: Facts): readonly Violation[] {
	return facts.stories.flatMap((story) => {
		const rounds = 1 + story.events.filter(({ what }) => what === "repeated").length;
		const attempts = Math.max(...policiesOfStory(facts, story).map(({ attemptsPerChannel }) => attemptsPerChannel));
		const most = rounds * (2 * attempts + 2);
		const messages = arrivalsOf(facts, story).filter(({ isMessage }) => isMessage);
		return [...Map.groupBy(messages, ({ where, kind }) => `${kind} ${where}`)]
			.filter(([, all]) => all.length > most * Math.max(...all.map((each) => channelsTo(facts, each))))
			.map(([where, all]) => ({
				atSeconds: story.openedAt,
				what: `${story.incident} occurrence ${story.occurrence}: expected at most ${most} texts, got ${all.length} (${where})`,
			}));
	});
}

/** How many channels lead there. */
const channelsTo = ({ settings }: Facts, { kindOfChannel, place }: Arrival): number =>
	everyChannel(settings).filter((channel) => channel.kind === kindOfChannel && placeOf(channel) === place).length;

/** What a lease may last beyond its time without a word. */
const leaseGraceSeconds = 120;

export function leasesKept(facts: Facts): readonly Violation[] {
	return facts.leases.flatMap(({ incidentKey }) => {
		const own = facts.stories.filter(({ incident }) => incident === incidentKey);
		const closed = Math.max(...own.map(endOf));
		const limit = facts.cover.after(closed, Math.max(...everyPolicy(facts.settings).map(leaseSeconds)) + leaseGraceSeconds);
		return limit > facts.end
			? []
			: [{ atSeconds: limit, what: `${incidentKey}: closed at ${closed.toFixed(0)} s, and a lease is still held for it` }];
	});
}
