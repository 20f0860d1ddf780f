import type { DeduplicatePlan } from "../deduplicate/plan.ts";
import { isDrill } from "../model/drill.ts";
import { type Incident, type Instant, overseerConditions, type Reading } from "../model/incident.ts";
import { roundOf } from "../page/rules.ts";
import { factsOf, fitsMatch, type RouteFacts } from "../route/rules.ts";
import type { RouteMatch } from "../route/settings.ts";
import type { SilenceByHand } from "./byHand.ts";
import type { Window } from "./settings.ts";
import { openingAt } from "./windows.ts";

/** A silence in effect: a window that is open, or one by hand. */
export interface Silence {
	readonly name: string;
	readonly why: string;
	readonly who: string;
	readonly match: RouteMatch;
	readonly until: Instant;
}

/** What is silent at one instant. */
export interface Silences {
	readonly inEffect: readonly Silence[];
	/** The ledger did not say which ones there are by hand: one that was known goes on until its end. */
	readonly isPartial?: true;
}

/** For whatever opens nothing. */
export const nothingSilent: Silences = { inEffect: [] };

/** What is in effect now, of the settings and by hand. */
export const silencesAt = (windows: readonly Window[], byHand: readonly SilenceByHand[], now: Instant): readonly Silence[] => [
	...windows.flatMap(({ name, why, who, match, ...window }) => {
		const opening = openingAt({ name, why, who, match, ...window }, now);
		return opening === undefined ? [] : [{ name, why, who, match, until: opening.until }];
	}),
	...byHand.filter(({ until }) => now < until).map(({ id, why, who, match, until }) => ({ name: id, why, who, match, until })),
];

/** Why nobody has to hear of a failure now: the silence that lasts longest of those that fit; undefined where somebody has to. */
export function whySilent(facts: RouteFacts, { inEffect }: Silences): Silence | undefined {
	// An exercise shows whether people are reached: what keeps it from them would hide that they are not.
	if (isDrill(facts)) return undefined;
	// What is wrong with ourselves is silenced only by its name.
	const isOurs = overseerConditions.some((name) => name === facts.condition);
	return inEffect
		.filter(({ match }) => fitsMatch(match, facts) && (!isOurs || match.condition !== undefined))
		.toSorted((one, other) => other.until - one.until)[0];
}

/** A failure that opens inside a silence is no part of a group: whoever is paged for that would be paged for this. */
export const isSilentReading = ({ condition, severity, entity, location }: Reading, silences: Silences): boolean =>
	whySilent({ condition, severity, entities: [{ ...entity, ...(location === undefined ? {} : { location }) }] }, silences) !== undefined;

/** What opens inside a silence is written as silent; a group pages for its members. */
export function silencePlan(plan: DeduplicatePlan, isNew: boolean, silences: Silences, now: Instant): DeduplicatePlan {
	const { incident } = plan;
	if (incident === undefined || !isNew || incident.memberOf !== undefined) return plan;
	const silence = whySilent(factsOf(incident), silences);
	return silence === undefined ? plan : { ...plan, incident: silencedBy(incident, silence, now) };
}

export function silencedBy(incident: Incident, { name, why, who, until }: Silence, now: Instant): Incident {
	return { ...incident, silenced: { name, why, who, since: incident.silenced?.since ?? now, until } };
}

export type SilenceStep =
	| {
			readonly do: "nothing";
			readonly reason:
				| "not-silenced"
				/** Somebody was asked: a silence keeps nobody from being told the rest. */
				| "told"
				| "unchanged"
				| "not-open";
	  }
	| { readonly do: "begin" | "follow"; readonly reason: "silenced"; readonly silence: Silence }
	| {
			readonly do: "end";
			readonly reason:
				| "over"
				/** By hand, or by a deployment. */
				| "ended-early";
	  };

/** What becomes of an incident's silence at one tick. */
export function nextSilenceStep(incident: Incident, silences: Silences, now: Instant): SilenceStep {
	const { state, silenced, memberOf } = incident;
	if (state !== "open" || memberOf !== undefined) return { do: "nothing", reason: "not-open" };
	const silence = whySilent(factsOf(incident), silences);
	if (silenced === undefined) {
		if (silence === undefined) return { do: "nothing", reason: "not-silenced" };
		return isTold(incident) ? { do: "nothing", reason: "told" } : { do: "begin", reason: "silenced", silence };
	}
	if (silence !== undefined) {
		const isSame = silence.name === silenced.name && silence.until === silenced.until;
		return isSame ? { do: "nothing", reason: "unchanged" } : { do: "follow", reason: "silenced", silence };
	}
	if (now >= silenced.until) return { do: "end", reason: "over" };
	return silences.isPartial === true ? { do: "nothing", reason: "unchanged" } : { do: "end", reason: "ended-early" };
}

/** Whether somebody was asked, or is being asked at this moment. */
const isTold = (incident: Incident): boolean =>
	incident.pages.length > 0 || roundOf(incident) > 1 || incident.acknowledged !== undefined || incident.notices !== undefined;

/** The incident as a silence that began after it leaves it: a workflow that was launched hears at its next question that it has nothing to do. */
export function withLateSilence(incident: Incident, silence: Silence, now: Instant): Incident {
	const { launch, takenOver } = incident;
	const taken = launch === undefined ? takenOver : (takenOver ?? { at: now, reason: "silenced" });
	return silencedBy({ ...incident, ...(taken === undefined ? {} : { takenOver: taken }) }, silence, now);
}

export const afterSilence = ({ silenced: _over, ...incident }: Incident, now: Instant): Incident => ({ ...incident, silenceEndedAt: now });

/** What one matcher leaves out: nothing where each of its values, or one of its globs, takes everything. */
const takesAllOf = (values: readonly string[] | undefined, all: readonly string[] | undefined): boolean =>
	values === undefined || (all === undefined ? values.some((glob) => /^\*+$/.test(glob)) : all.every((each) => values.includes(each)));

/** Whether matchers leave nothing out: no window may silence everything. */
export const silencesEverything = (match: RouteMatch, watched: readonly string[], severities: readonly string[]): boolean =>
	takesAllOf(match.condition, watched) &&
	takesAllOf(match.severity, severities) &&
	// Only what is about queues fits that.
	match.queue === undefined &&
	[match.entity, match.site, match.division].every((globs) => takesAllOf(globs, undefined));
