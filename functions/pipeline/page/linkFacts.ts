import { drillMarkOf } from "../model/drill.ts";
import type { Incident, Instant } from "../model/incident.ts";
import type { LinkFacts } from "../ports.ts";
import { policyOf } from "../route/policy.ts";
import type { RuntimeSettings } from "../settings.ts";
import { courseOf, extentOf, meaningOf, referenceOf } from "./body.ts";
import { alsoTold, answered, broughtAlong, failingMembers } from "./course.ts";
import type { Fact } from "./fact.ts";
import { oneLine } from "./spelling.ts";
import { cutText } from "./text.ts";
import { durationOf, whenOf } from "./times.ts";
import type { Told } from "./told.ts";
import { fitting, nameOf, pageSummary, shortName } from "./words.ts";

/** A longer line leaves no room on a phone for what is asked: its name is shortened. */
const maximumWhat = 200;

/** What a link adds to what everybody is told. */
export interface LinkOwn {
	readonly first: readonly Fact[];
	readonly more?: readonly Fact[];
	readonly terms: readonly string[];
}

/** What whoever follows a good link is told of its incident. */
export function linkFacts(told: Told, own: LinkOwn): LinkFacts {
	const { settings, incident, page, now } = told;
	const name = oneLine(nameOf(incident));
	const what = fitting(`${drillMarkOf(incident)}${pageSummary({ ...incident, children: [] })}`, name, maximumWhat);
	return {
		what,
		name: what.includes(name) ? name : cutText(name, shortName),
		severity: incident.severity,
		stack: settings.production === true ? "" : settings.environment,
		first: [...courseOf(told), ...extentOf(told), ...answered(incident), ...own.first],
		terms: own.terms,
		more: [
			...meaningOf(incident),
			...failingMembers(incident),
			...broughtAlong(incident),
			...(own.more ?? []),
			...alsoTold(incident, page, now),
			referenceOf(told),
		],
	};
}

/** Until when a link is good. */
export const goodUntil = (until: Instant, now: Instant, once: boolean): string =>
	`This link is good until ${whenOf(until, now)}, ${durationOf(now, until)} from now${once ? ", and for one press" : ""}.`;

/** Whose a link is. */
export function meantFor(settings: Pick<RuntimeSettings, "policies" | "routes">, incident: Incident, tier: number): string {
	const name = policyOf(settings, incident).tiers[tier - 1]?.name;
	return `This page is for whoever was paged in tier ${tier}${name === undefined ? "" : ` (${oneLine(name)})`}.`;
}
