import { runbooks } from "./runbooks.ts";

export const tableBegin = "<!-- runbooks -->";
export const tableEnd = "<!-- /runbooks -->";

/** The runbooks as a Markdown table, for people. */
export function runbookTable(): string {
	const cell = (text: string): string => text.replaceAll("|", "\\|");
	const rows = runbooks.map(
		({ name, detects, severity, why, tells }) => `| \`${name}\` | ${severity} | ${cell(detects)} | ${cell(why)} | ${cell(tells)} |`,
	);
	return ["| runbook | severity | what it detects | why it matters | what the page tells |", "|---|---|---|---|---|", ...rows].join("\n");
}

/** `text` with the table between its two markers; undefined where it has not both, in their order. */
export function withRunbookTable(text: string): string | undefined {
	const begin = text.indexOf(tableBegin);
	const end = text.indexOf(tableEnd);
	if (begin < 0 || end < begin) return undefined;
	return `${text.slice(0, begin + tableBegin.length)}\n\n${runbookTable()}\n\n${text.slice(end)}`;
}
