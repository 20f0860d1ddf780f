import { remedyKindOf, valuesOf } from "../../../remedies/kinds.ts";
import type { Incident, Instant, Page, RemedyBeginner, RemedyRun } from "../model/incident.ts";
import { whereAnswered } from "./byHand.ts";
import type { Fact } from "./fact.ts";
import { isSamePage, roundOf } from "./rules.ts";
import { oneLine } from "./spelling.ts";
import { cutText } from "./text.ts";
import { whenOf } from "./times.ts";

/** More of a list than this makes no page more useful. */
const most = { children: 8, members: 12, pages: 8 };

const named = (name: string): string => cutText(oneLine(name), 80);

/** A fact with a line for each; what is left out is counted. Nothing where there is none. */
function listed(about: Pick<Fact, "name" | "text">, all: readonly string[], shown: number, more = all.length - shown): readonly Fact[] {
	if (all.length === 0) return [];
	return [{ ...about, items: [...all.slice(0, shown), ...(more > 0 ? [`and ${more} more`] : [])] }];
}

/** Who has answered. */
export function answered({ acknowledged, openedAt }: Incident): readonly Fact[] {
	if (acknowledged === undefined) return [];
	const { by, at } = acknowledged;
	return [{ name: "Acknowledged", text: `by ${named(by)} at ${whenOf(at, openedAt)} (${whereAnswered(acknowledged)})` }];
}

/** What a group incident pages for: whoever has not ended. */
export function failingMembers({ members, openedAt }: Incident): readonly Fact[] {
	if (members === undefined) return [];
	const left = members.listed.filter(({ endedAt }) => endedAt === undefined);
	const lines = left.map(({ name, place, location, since }) => {
		const at = [place, location?.site?.name, location?.division?.name].flatMap((part) => part ?? []).map(named);
		return `${named(name)}${at.length === 0 ? "" : ` (${at.join(", ")})`}, since ${whenOf(since, openedAt)}`;
	});
	const shown = Math.min(lines.length, most.members);
	return listed({ name: "Failing", text: `${members.failing} of ${members.joined}` }, lines, shown, members.failing - shown);
}

/** What failed because this did, and pages nobody of its own. */
export const broughtAlong = ({ children = [], openedAt }: Incident): readonly Fact[] =>
	listed(
		{ name: "It brought with it", text: "" },
		children.map(({ name, condition, since }) => `${named(name)} (${condition}), since ${whenOf(since, openedAt)}`),
		most.children,
	);

const beginners: Readonly<Record<RemedyBeginner, string>> = {
	workflow: "by the workflow",
	overseer: "by the overseer",
	person: "after a person approved it",
};

/** What was done about it by itself, by whom, and what came of that. */
export function tried({ remedy: run, openedAt }: Incident): readonly Fact[] {
	if (run === undefined) return [];
	const { kind } = run.remedy;
	const called = remedyKindOf(kind).called?.(valuesOf(run.remedy)) ?? kind;
	return [{ name: "Remedy", text: `${named(called)} ${outcomeOf(run, openedAt)}` }];
}

function outcomeOf(run: RemedyRun, openedAt: Instant): string {
	const { state, by, actedAt = 0, verifyBy = 0, expiresAt = 0, verifiedAt = 0 } = run;
	const reason = run.reason.replaceAll("-", " ");
	const when = (at: Instant): string => whenOf(at, openedAt);
	switch (state) {
		case "offered":
			return `waits for an approval until ${when(expiresAt)}`;
		case "skipped":
			return `was not tried: ${reason}`;
		case "intended":
			return `is being tried ${beginners[by]}`;
		case "failed":
			return `was tried ${beginners[by]} and refused: ${reason}`;
		case "in-effect":
			return `was tried ${beginners[by]} at ${when(actedAt)} and has until ${when(verifyBy)} to help`;
		case "helped":
			return `was tried ${beginners[by]} at ${when(actedAt)} and helped at ${when(verifiedAt)}`;
		case "undoing":
			return `was tried ${beginners[by]} and is being undone: ${reason}`;
		case "undone":
			return `was tried ${beginners[by]} and was undone: ${reason}`;
		case "undo-failed":
			return `was tried ${beginners[by]} and could not be undone (${reason}): undo it by hand`;
	}
}

/** Who else was told, the latest first; nothing while it is not known when the text is sent. */
export function alsoTold(incident: Incident, page: Page | undefined, now: Instant | undefined): readonly Fact[] {
	if (now === undefined) return [];
	const { pages, notices = [], openedAt } = incident;
	const isOwn = (other: Page): boolean => page !== undefined && isSamePage(other, { ...page, purpose: "page" });
	const others = [...pages, ...notices].filter((other) => other.purpose === "page" && !isOwn(other));
	const latest = others.toSorted((one, other) => other.lastAttemptAt - one.lastAttemptAt);
	return listed(
		{ name: "Also told", text: "" },
		latest.map((other) => `${placeOf(other, incident)}: ${fateOf(other, openedAt)}`),
		most.pages,
	);
}

const placeOf = (page: Page, incident: Incident): string =>
	`tier ${page.tier}, ${page.channel}${roundOf(incident) === 1 ? "" : `, round ${roundOf(page)}`}`;

/** What became of a page, as far as is known. */
export function fateOf(page: Page, openedAt: Instant): string {
	const { state, failure = "no answer", attempts, lastAttemptAt, acceptedAt, provenAt, presumedAt } = page;
	const when = (at: Instant = lastAttemptAt): string => whenOf(at, openedAt);
	switch (state) {
		case "proven":
			return `reached at ${when(provenAt)}`;
		case "presumed":
			return `taken by the carrier at ${when(presumedAt)}, which says no more`;
		case "accepted":
		case "unproven":
			return `sent at ${when(acceptedAt)}, not proven`;
		case "sending":
			return `being sent since ${when()}`;
		case "failed":
		case "given-up":
			return `not reached (${failure}, ${attempts} attempt${attempts === 1 ? "" : "s"})`;
		case "owed":
			return "waits its turn";
		case "cancelled":
			return "not needed any more";
	}
}
