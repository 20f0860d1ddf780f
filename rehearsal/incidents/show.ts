import { drillMarkOf } from "../../functions/pipeline/model/drill.ts";
import type { Incident, Instant, Page } from "../../functions/pipeline/model/incident.ts";
import { type Next, whatIsNext } from "../../functions/pipeline/operate/next.ts";
import { standingOf } from "../../functions/pipeline/operate/standing.ts";
import { answered, broughtAlong, failingMembers, fateOf, tried } from "../../functions/pipeline/page/course.ts";
import { factLines } from "../../functions/pipeline/page/fact.ts";
import { dateOf, durationOf, whenOf } from "../../functions/pipeline/page/times.ts";
import { policyNameOf, type RoutingSettings } from "../../functions/pipeline/route/policy.ts";
import { wrapped } from "./text.ts";

/** Everything of one incident, in words. */
export function showText(settings: RoutingSettings, incident: Incident, now: Instant): string {
	const { key, occurrence, severity, condition, entityName, openedAt, lastSeenAt, summary, round = 1, recoveredAt, closedAt } = incident;
	const over =
		recoveredAt === undefined ? [] : [`Over since: ${whenOf(recoveredAt, openedAt)} (after ${durationOf(openedAt, recoveredAt)})`];
	const closed = closedAt === undefined ? [] : [`Closed: ${whenOf(closedAt, openedAt)}`];
	const lines = [
		`${drillMarkOf(incident)}${severity.toUpperCase()} ${condition}: ${entityName}`,
		summary,
		`Since: ${dateOf(openedAt)} (${durationOf(openedAt, recoveredAt ?? now)}), last seen at ${whenOf(lastSeenAt, openedAt)}`,
		...over,
		...closed,
		`State: ${standingOf(incident, now).words}${round === 1 ? "" : ` (round ${round})`}`,
		...policyLines(settings, incident),
		...[...answered(incident), ...tried(incident), ...failingMembers(incident), ...broughtAlong(incident)].flatMap(factLines),
		...section("Pages", pageLines(incident)),
		...section("By hand", actLines(incident)),
		...section("Next", nextLines(settings, incident, now)),
	];
	return [`${key}, occurrence ${occurrence}`, ...lines.flatMap((line) => wrapped(line, "  "))].join("\n");
}

const section = (heading: string, lines: readonly string[]): readonly string[] => (lines.length === 0 ? [] : ["", heading, ...lines]);

function policyLines(settings: RoutingSettings, incident: Incident): readonly string[] {
	const { routed, takenOver, openedAt, memberOf } = incident;
	if (memberOf !== undefined) return [`Group: ${memberOf.key}, occurrence ${memberOf.occurrence}`];
	const route = routed === undefined ? "" : `, by ${routed.words}`;
	const over = takenOver === undefined ? [] : [`Overseer: took over at ${whenOf(takenOver.at, openedAt)} (${said(takenOver.reason)})`];
	return [`Policy: ${policyNameOf(settings, incident)}${route}`, ...over];
}

/** Every page and notice in the order in which it was first wanted. */
function pageLines(incident: Incident): readonly string[] {
	const { openedAt, notices = [] } = incident;
	const entries = [...incident.pages, ...notices].toSorted((one, other) => one.intendedAt - other.intendedAt);
	return entries.map((page) => {
		const receipt = page.receipt === undefined ? "" : `, receipt ${page.receipt}`;
		return `- ${whenOf(page.intendedAt, openedAt)} ${placeText(page, notices)}: ${fateOf(page, openedAt)} by the ${page.by}${receipt}`;
	});
}

const purposes: Readonly<Record<Page["purpose"], string>> = {
	page: "",
	acknowledgement: " told of the answer",
	recovery: " told of the end",
};

function placeText(page: Page, notices: readonly Page[]): string {
	const { tier, channel, round = 1, purpose } = page;
	const informs = notices.includes(page) ? " (informs)" : "";
	return `tier ${tier}, ${channel}${informs}${round === 1 ? "" : `, round ${round}`}${purposes[purpose]}`;
}

const actLines = ({ acts = [], openedAt }: Incident): readonly string[] =>
	acts.map(({ at, did, by, why }) => `- ${whenOf(at, openedAt)} ${said(did)} by ${by}: ${why}`);

const nextLines = (settings: RoutingSettings, incident: Incident, now: Instant): readonly string[] =>
	whatIsNext(settings, incident, now).map((next) => `- ${nextText(next, incident.openedAt)}`);

/** A word of a closed set, for people. */
const said = (word: string): string => word.replaceAll("-", " ");

function nextText({ what, reason, at, tier }: Next, openedAt: Instant): string {
	const when = at === undefined ? "at the next tick" : `at ${whenOf(at, openedAt)}`;
	const why = `(${said(reason)})`;
	switch (what) {
		case "nothing":
			return `nothing by itself ${why}`;
		case "close":
			return `it is closed ${when} ${why}`;
		case "tell-the-end":
			return `everybody is told that it is over, and it closes once that is proven ${why}`;
		case "new-round":
			return `everybody is asked anew ${when}, unless it is over before ${why}`;
		case "page":
			return `tier ${tier} is paged ${when} ${why}`;
		case "next-channel":
			return `the next channel of tier ${tier} is used ${when} ${why}`;
		case "next-tier":
			return `tier ${tier} is paged ${when}, unless somebody answers ${why}`;
		case "exhaust":
			return `the last tier has had its time ${when}, unless somebody answers ${why}`;
		case "wait":
			return `it waits ${why}`;
	}
}
