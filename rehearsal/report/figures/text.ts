import { spanText } from "../spans.ts";
import type { AllFigures, Figures, Measure } from "./figures.ts";
import type { Spread } from "./spread.ts";

const names: readonly (readonly [Measure, string])[] = [
	["detect", "MTTD  failure to opening"],
	["page", "      opening to proven page"],
	["acknowledge", "MTTA  opening to answer"],
	["recover", "      opening to recovery"],
	["resolve", "MTTR  opening to close"],
];

/** The figures for a terminal of 80 columns. `what` says which incidents they are of. */
export function figuresText(figures: AllFigures, what: string): string {
	const { incidents, members, byCondition, byPolicy } = figures;
	const beside = members === 0 ? "" : `, and ${members} members of group incidents, which page nobody`;
	const count = `${incidents} incident${incidents === 1 ? "" : "s"}${beside}`;
	if (incidents === 0) return [what, count, ...drillLines(figures)].join("\n");
	return [
		what,
		count,
		"",
		`${"".padEnd(32)}${"of".padStart(6)}${"mean".padStart(13)}${"median".padStart(13)}${"90 %".padStart(13)}`,
		...names.map(([measure, name]) => spreadLine(name, figures, measure)),
		...notes(figures),
		...drillLines(figures),
		"",
		...table("By condition (medians)", byCondition),
		"",
		...table("By policy (medians)", byPolicy),
	].join("\n");
}

function spreadLine(name: string, { spreads }: Figures, measure: Measure): string {
	const spread = spreads[measure];
	const values = spread === undefined ? ["-", "-", "-"] : [spread.mean, spread.median, spread.p90].map(spanText);
	return `${name.padEnd(32)}${String(spread?.count ?? 0).padStart(6)}${values.map((value) => value.padStart(13)).join("")}`;
}

function notes(figures: Figures): readonly string[] {
	const { incidents, spreads, detectedFromFailure, placesTold, placesLost, incidentsWithLoss, clearedUnanswered, pagesPerIncident } =
		figures;
	const share = (part: number, whole: number): string => (whole === 0 ? "" : ` (${Math.round((part / whole) * 100)} %)`);
	const seen = (spreads.detect?.count ?? 0) - detectedFromFailure;
	return [
		...(seen <= 0 ? [] : [`Detection counts from the first look that failed for ${seen}: nobody knows the failure itself.`]),
		...(spreads.detect !== undefined ? [] : ["Detection is not known: the ledger keeps nothing of before the opening."]),
		"",
		`Page loss   ${placesLost} of ${placesTold} places that were told are not proven${share(placesLost, placesTold)},`,
		`            in ${incidentsWithLoss} of ${incidents} incidents`,
		`Noise       ${clearedUnanswered} of ${incidents} were over before anybody answered${share(clearedUnanswered, incidents)};`,
		`            ${pagesPerIncident.toFixed(1)} places told an incident`,
	];
}

/** Nothing where there was none. */
function drillLines({ drills: { begun, reached, answered, page, acknowledge } }: AllFigures): readonly string[] {
	if (begun === 0) return [];
	const median = (spread: Spread | undefined): string => (spread === undefined ? "" : `, median ${spanText(spread.median)}`);
	return [
		`Drills      ${begun}, counted nowhere above: ${reached} proven${median(page)};`,
		`            ${answered} answered${median(acknowledge)}`,
	];
}

/** Every name in one line; one that is longer is cut. */
function table(title: string, groups: Readonly<Record<string, Figures>>): readonly string[] {
	const heading = `${title.padEnd(26)}${["n", "page", "answer", "close", "lost", "noise"].map((word, index) => word.padStart(widths[index] ?? 0)).join("")}`;
	return [heading, ...Object.entries(groups).map(([name, figures]) => groupLine(name, figures))];
}

const widths = [5, 12, 12, 12, 6, 7] as const;

function groupLine(name: string, { incidents, spreads, placesLost, clearedUnanswered }: Figures): string {
	const median = (measure: Measure): string => {
		const spread = spreads[measure];
		return spread === undefined ? "-" : spanText(spread.median);
	};
	const cells = [incidents, median("page"), median("acknowledge"), median("resolve"), placesLost, clearedUnanswered];
	return `${(name.length > 25 ? `${name.slice(0, 24)}…` : name).padEnd(26)}${cells.map((cell, index) => String(cell).padStart(widths[index] ?? 0)).join("")}`;
}
