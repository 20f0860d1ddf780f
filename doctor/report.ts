import { type Finding, groups, statusOf, type Verdict } from "./finding.ts";

const signs: Readonly<Record<Verdict, string>> = { holds: "✓", "does-not-hold": "✗", "not-checked": "–" };

/** For people: each group with its lines, and the count. */
export function terminalReport(findings: readonly Finding[]): string {
	const parts = groups.flatMap((group) => {
		const own = findings.filter((finding) => finding.group === group);
		return own.length === 0 ? [] : [[group, ...own.flatMap(linesOf)].join("\n")];
	});
	return [...parts, countLine(findings)].join("\n\n");
}

const linesOf = ({ verdict, what, why, remedy }: Finding): readonly string[] => [
	`  ${signs[verdict]} ${what}${why === "" ? "" : `: ${why}`}`,
	...(remedy === undefined ? [] : [`      → ${remedy}`]),
];

export const countLine = (findings: readonly Finding[]): string => {
	const count = (wanted: Verdict): number => findings.filter(({ verdict }) => verdict === wanted).length;
	return `${count("holds")} hold, ${count("does-not-hold")} do not, ${count("not-checked")} not checked`;
};

/** For machines: one line. */
export function jsonReport(stack: string, findings: readonly Finding[]): string {
	const count = (wanted: Verdict): number => findings.filter(({ verdict }) => verdict === wanted).length;
	return JSON.stringify({
		stack,
		verdict: statusOf(findings) === 0 ? "holds" : "does-not-hold",
		holds: count("holds"),
		doesNotHold: count("does-not-hold"),
		notChecked: count("not-checked"),
		findings,
	});
}
