import { checkEveryMilliseconds, checkedCredentials } from "../../../functions/pipeline/credentials/rules.ts";
import { incidentKey } from "../../../functions/pipeline/model/keys.ts";
import type { Happens } from "../../scenario/scenario.ts";
import { roundSeconds, tickSeconds } from "../bounds.ts";
import { coverWithout, type Facts } from "../facts.ts";
import type { Violation } from "../violation.ts";

type Refusal = Extract<Happens, { do: "refuses" }>;

/** A credential is failing after two refusals in a row: at its next check, and a tick later. */
const checkSeconds = checkEveryMilliseconds / 1000;

/** What nothing but its own refusal is in the way of is an incident, by its name, soon after the next check. The poller's own is proven by each poll. */
export function refusedInQuiet(facts: Facts): readonly Violation[] {
	const { settings, scenario } = facts;
	const checked = checkedCredentials(settings);
	return scenario.happens.flatMap((verb): readonly Violation[] => {
		if (verb.do !== "refuses" || (verb.client !== "detector" && !checked.includes(verb.client))) return [];
		const isOf = (other: Happens): boolean => other.do === "refuses" && other.client === verb.client;
		const limit = coverWithout(facts, isOf).after(verb.at, boundOf(facts, verb));
		if (limit > verb.at + verb.for || limit > facts.end) return [];
		const key = incidentKey({ environment: settings.environment, condition: "credentials-failing", entityId: verb.client });
		const isIncident = facts.stories.some(({ incident, openedAt, events }) => {
			const recovered = events.find(({ what }) => what === "recovered")?.atSeconds ?? Infinity;
			return incident === key && openedAt <= limit && recovered > verb.at;
		});
		return isIncident
			? []
			: [{ atSeconds: limit, what: `${verb.client} is refused from ${verb.at} s on, and nobody is told by ${limit.toFixed(0)} s` }];
	});
}

function boundOf({ settings }: Facts, { client }: Refusal): number {
	// Two looks at a key wait for their turn in its vendor's budget, each with two calls.
	const turns = Math.ceil(4 / settings.limits.vendorRequestsPerMinute) * tickSeconds;
	const ticks = 3 * (tickSeconds + roundSeconds) + turns;
	return client === "detector" ? settings.limits.failedPollsToOpen * tickSeconds + ticks : checkSeconds + ticks;
}
