import { counted } from "../../architect/names.ts";
import { spanText } from "../report/spans.ts";
import type { Shown } from "./compareStories.ts";
import { own, type Said, say } from "./said.ts";

/** The same difference in all incidents in which it shows. */
export interface Row {
	readonly kind: Shown["kind"];
	readonly who: Said;
	readonly what: Said;
	readonly condition: string;
	/** In how many incidents, of which scenarios. */
	readonly incidents: number;
	readonly scenarios: readonly string[];
}

/** What is worst first. */
const kinds: readonly Shown["kind"][] = [
	"nobody-paged",
	"no-longer-paged",
	"later",
	"other-channel",
	"other-severity",
	"newly-paged",
	"earlier",
];

/** One row for each difference, in a fixed order: by kind, condition and whom it is about. */
export function rowsOf(shown: readonly Shown[]): readonly Row[] {
	const groups = [...Map.groupBy(shown, keyOf)].toSorted(([one], [other]) => (one < other ? -1 : 1));
	return groups.flatMap(([, each]) => rowOf(each));
}

function keyOf(each: Shown): string {
	const about = "people" in each ? [each.people, each.target] : [];
	const beside = each.kind === "other-channel" ? [each.instead] : each.kind === "other-severity" ? [each.from, each.to] : [];
	return JSON.stringify([String(kinds.indexOf(each.kind)), each.condition, ...about, ...beside]);
}

function rowOf(each: readonly Shown[]): readonly Row[] {
	const [first] = each;
	if (first === undefined) return [];
	const scenarios = [...new Set(each.map(({ scenario }) => scenario))].toSorted();
	const { kind, condition } = first;
	return [{ kind, condition, who: whoOf(first), what: whatOf(first, each), incidents: each.length, scenarios }];
}

function whoOf(first: Shown): Said {
	return "people" in first ? say`${first.target} (${first.people})` : own(first.kind === "nobody-paged" ? "everybody" : "the incident");
}

function whatOf(first: Shown, all: readonly Shown[]): Said {
	switch (first.kind) {
		case "nobody-paged":
			return say`nobody is paged any more: ${first.because}`;
		case "no-longer-paged":
			return say`no longer paged; ${first.because}`;
		case "newly-paged":
			return own("newly paged");
		case "later":
		case "earlier":
			return own(`${spanOf(all)} ${first.kind}`);
		case "other-channel":
			return say`by ${first.instead} instead`;
		case "other-severity":
			return say`counts as ${first.to}, was ${first.from}`;
	}
}

/** `5 min`, or from the smallest to the largest. */
function spanOf(all: readonly Shown[]): string {
	const seconds = all.flatMap((each) => ("bySeconds" in each ? each.bySeconds : []));
	const [least, most] = [Math.min(...seconds), Math.max(...seconds)].map(spanText);
	return least === most ? `${least}` : `${least} to ${most}`;
}

/** `3 incidents in 2 scenarios: trunk-outage, …` */
export function seenIn({ incidents, scenarios }: Row): Said {
	const [first = ""] = scenarios;
	const count = counted(incidents, "incident");
	return scenarios.length === 1 ? say`${own(count)} in ${first}` : say`${own(count)} in ${scenarios.length} scenarios, such as ${first}`;
}
