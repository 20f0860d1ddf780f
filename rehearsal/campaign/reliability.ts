import { readFileSync, writeFileSync } from "node:fs";
import { type Figures, thousands } from "./figures.ts";
import { invariants } from "./invariants.ts";

const page = new URL("../../docs/reliability.md", import.meta.url);

/** The invariants as the page lists them. */
export const invariantsTable = (): string =>
	[
		"| invariant | what must hold in every world |",
		"|---|---|",
		...invariants.map(({ name, sentence }) => `| \`${name}\` | ${sentence} |`),
	].join("\n");

/** The figures of one campaign as the page shows them. */
function figuresTable(from: number, figures: Figures): string {
	const { seeds, failures, refused, incidents, incidentHours, hours, seconds } = figures;
	const rows: readonly (readonly [string, string])[] = [
		["seeds", `${thousands(seeds)}, from ${thousands(from)} on`],
		["failed", thousands(failures)],
		["not deployed, because the program refuses the settings", thousands(refused)],
		["incidents", thousands(incidents)],
		["incident-hours", thousands(incidentHours)],
		["hours of virtual time", thousands(hours)],
		["seconds", thousands(seconds)],
	];
	const broken = Object.entries(figures.broken).map(([name, count]) => [`failed \`${name}\``, thousands(count)] as const);
	return ["| | |", "|---|---|", ...[...rows, ...broken].map(([name, value]) => `| ${name} | ${value} |`)].join("\n");
}

/** What stands between the two marks of that name. */
export function sectionOf(text: string, name: string): string | undefined {
	return new RegExp(`<!-- ${name} -->\\n\\n([\\s\\S]*?)\\n\\n<!-- /${name} -->`).exec(text)?.[1];
}

function withSection(text: string, name: string, content: string): string {
	const before = sectionOf(text, name);
	if (before === undefined) throw new Error(`docs/reliability.md: expected the marks of ${name}, got none`);
	return text.replace(`<!-- ${name} -->\n\n${before}\n\n`, () => `<!-- ${name} -->\n\n${content}\n\n`);
}

/** Writes the invariants and the figures into docs/reliability.md. */
export function record(from: number, figures: Figures): void {
	const listed = withSection(readFileSync(page, "utf8"), "invariants", invariantsTable());
	writeFileSync(page, withSection(listed, "campaign", figuresTable(from, figures)));
}
