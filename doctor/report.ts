import { type Finding, groups, statusOf, type Verdict } from "./finding.ts";

const signs: Readonly<Record<Verdict, string>> = { holds: "✓", "does-not-hold": "✗", "not-checked": "–" };
const width = 80;

/** For people: each group with its lines, at most 80 columns wide, and the count. */
export function terminalReport(findings: readonly Finding[]): string {
	const parts = groups.flatMap((group) => {
		const own = findings.filter((finding) => finding.group === group);
		return own.length === 0 ? [] : [[group, ...own.flatMap(linesOf)].join("\n")];
	});
	return [...parts, countLine(findings)].join("\n\n");
}

const linesOf = ({ verdict, what, why, remedy }: Finding): readonly string[] => [
	...wrapped(`${signs[verdict]} ${what}${why === "" ? "" : `: ${why}`}`, 2, 4),
	...(remedy === undefined ? [] : wrapped(`→ ${remedy}`, 6, 8)),
];

export const countLine = (findings: readonly Finding[]): string => {
	const count = (wanted: Verdict): number => findings.filter(({ verdict }) => verdict === wanted).length;
	return `${count("holds")} hold, ${count("does-not-hold")} do not, ${count("not-checked")} not checked`;
};

/** The text in lines, broken between words: an address stays whole, and stands on a line of its own where it has no place beside others. */
function wrapped(text: string, first: number, further: number): readonly string[] {
	const lines: string[] = [];
	let line = "";
	for (const word of text.split(" ")) {
		const indent = lines.length === 0 ? first : further;
		if (line === "" || indent + line.length + 1 + word.length <= width) line += line === "" ? word : ` ${word}`;
		else {
			lines.push(indented(line, indent));
			line = word;
		}
	}
	return [...lines, indented(line, lines.length === 0 ? first : further)];
}

const indented = (line: string, indent: number): string => " ".repeat(Math.max(0, Math.min(indent, width - line.length))) + line;

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
