import type { Figures } from "./count.ts";

/** One line of the table. */
export interface Row extends Figures {
	readonly case: string;
	readonly system: string;
}

const begin = "<!-- alertmanager:begin -->";
const end = "<!-- alertmanager:end -->";

/** What the document is when this section is its first. */
const introduction =
	"# Reliability\n\nWhat was measured, and how to measure it again. Each section is written by the command that it names.\n";

const whole = (seconds: number | undefined): string => (seconds === undefined ? "–" : String(Math.round(seconds)));

/** The table in Markdown, case by case. */
export function markdownTable(rows: readonly Row[]): string {
	return [
		"| case | system | lost | duplicates | two channels | first notice, median s | first notice, worst s |",
		"|---|---|--:|--:|--:|--:|--:|",
		...rows.map((row) =>
			[
				"",
				row.case,
				row.system,
				`${row.lost}`,
				`${row.duplicates}${row.others === 0 ? "" : ` (+${row.others} others)`}`,
				`${row.twoChannels}`,
				whole(row.medianSeconds),
				whole(row.worstSeconds),
				"",
			]
				.join(" | ")
				.trim(),
		),
	].join("\n");
}

/** The document with this section between its markers, at its end where it has none; undefined for a document with half a pair of markers. */
export function withSection(document: string | undefined, section: string): string | undefined {
	const text = document ?? introduction;
	const block = `${begin}\n${section.trim()}\n${end}`;
	const [from, until] = [text.indexOf(begin), text.indexOf(end)];
	if (from === -1 && until === -1) return `${text.trimEnd()}\n\n${block}\n`;
	if (from === -1 || until < from) return undefined;
	return `${text.slice(0, from)}${block}${text.slice(until + end.length)}`;
}
