import { counted } from "../../../architect/names.ts";
import type { CloudChanges } from "../cloud/changes.ts";
import type { Impact, StackImpact } from "../impact.ts";
import type { Picture } from "../picture.ts";
import { type Row, rowsOf, seenIn } from "../rows.ts";
import { named, own, type Said, say } from "../said.ts";
import { brokenWords, cloudWords, isUntouched, playsWords, settingsWords, unfitWords, verdictWords } from "../words.ts";
import { diagramOf } from "./diagram.ts";
import { markdown } from "./escape.ts";

/** By which the comment is found again, to be updated and not repeated. */
export const commentMarker = "<!-- genesyscloud-runbooks:impact -->";

/** GitHub refuses a longer comment. */
export const longestComment = 65_536;

/** How much of each list and how many pictures are shown: the first that fits is taken. */
const sizes = [
	{ rows: 400, pictures: 20 },
	{ rows: 100, pictures: 20 },
	{ rows: 40, pictures: 5 },
	{ rows: 15, pictures: 1 },
	{ rows: 5, pictures: 0 },
	{ rows: 1, pictures: 0 },
] as const;
interface Size {
	readonly rows: number;
	readonly pictures: number;
}

/** One comment for the pull request: what changes in the cloud, who is paged otherwise, and the new workflows. Never longer than GitHub takes. */
export function commentOf(impact: Impact, accepted: ReadonlySet<string>): string {
	for (const size of sizes) {
		const text = textOf(impact, accepted, size);
		if (text.length <= longestComment) return text;
	}
	// Of so many stacks only what it comes to.
	return `${commentMarker}\n## Who is paged\n\n**${markdown(verdictWords(impact, accepted))}.** \`npm run impact\` prints the rest.\n`;
}

function textOf(impact: Impact, accepted: ReadonlySet<string>, size: Size): string {
	const { from, to, stacks, added, losses } = impact;
	const lossLines = losses.map(({ id, reason }) => say`${own(accepted.has(id) ? "accepted:" : "**not accepted:**")} ${id}: ${reason}`);
	return [
		commentMarker,
		`## Who is paged: ${markdown(say`${from} → ${to}`)}`,
		"",
		`**${markdown(verdictWords(impact, accepted))}.**`,
		...list("", lossLines, size),
		...stacks.flatMap((each) => stackParts(each, size)),
		...added.flatMap((stack) => ["", markdown(say`Stack ${stack} is new: there is nothing to compare.`)]),
		"",
	].join("\n");
}

function stackParts(impact: StackImpact, size: Size): readonly string[] {
	const { stack, cloud, shown, broken, plays, pictures } = impact;
	if (isUntouched(impact) && cloud.changes.length === 0)
		return ["", `### ${markdown(say`Stack ${stack}`)}`, "", "Nothing changes: nobody is paged otherwise, and nothing in the cloud."];
	return [
		"",
		`### ${markdown(say`Stack ${stack}`)}`,
		...cloudParts(cloud, size),
		"",
		"#### Who is paged",
		...list("In the settings, whatever fails:", settingsWords(impact), size),
		...impactTable(rowsOf(shown), size),
		...list("Rehearsals that pass no longer:", broken.map(brokenWords), size),
		...list("Not compared:", plays.doNotFit.map(unfitWords), size),
		"",
		`<sub>${markdown(playsWords(impact))}.</sub>`,
		...pictures.slice(0, size.pictures).flatMap(pictureParts),
		...(pictures.length > size.pictures
			? [
					"",
					`And ${counted(pictures.length - size.pictures, "workflow")} more: ${markdown(named(pictures.slice(size.pictures).map(({ policy }) => policy)))}.`,
				]
			: []),
	];
}

function cloudParts(cloud: CloudChanges, size: Size): readonly string[] {
	const rows = cloud.changes.map(({ action, type, name, properties, replacedBy }) => {
		const loud = action === "delete" || action === "replace" ? `**${action}**` : action;
		const because = replacedBy === undefined ? own("") : say` (replaced for ${named(replacedBy)})`;
		return [own(loud), say`${type}`, say`${name}`, say`${named(properties)}${because}`];
	});
	const head = ["what", "type", "resource", "properties"];
	return ["", "#### What changes in the cloud", "", `${cloudWords(cloud)}.`, ...table(head, rows, size)];
}

function impactTable(rows: readonly Row[], size: Size): readonly string[] {
	if (rows.length === 0) return ["", "In the rehearsals everybody is paged as before."];
	const cells = rows.map((row) => [say`${row.condition}`, row.who, row.what, seenIn(row)]);
	return table(["failure", "who", "what changes", "seen in"], cells, size);
}

function pictureParts(picture: Picture): readonly string[] {
	const { policy, isNew, states, removed } = picture;
	const changes = states.flatMap(({ name, changed }) => (changed.length === 0 ? [] : [say`${name}: ${named(changed)}`]));
	const gone = removed.map((name) => say`${name}: removed`);
	return [
		"",
		`#### ${markdown(say`The ${own(isNew ? "new" : "changed")} workflow of policy ${policy}`)}`,
		"",
		diagramOf(picture),
		...list("", [...changes, ...gone], { rows: 20, pictures: 0 }),
	];
}

function table(head: readonly string[], rows: readonly (readonly Said[])[], { rows: most }: Size): readonly string[] {
	if (rows.length === 0) return [];
	const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
	const shown = rows.slice(0, most).map((cells) => line(cells.map(markdown)));
	return ["", line(head), line(head.map(() => "---")), ...shown, ...remainder(rows.length - shown.length)];
}

function list(title: string, all: readonly Said[], { rows: most }: Size): readonly string[] {
	if (all.length === 0) return [];
	const shown = all.slice(0, most).map((said) => `- ${markdown(said)}`);
	return [...(title === "" ? [] : ["", title]), "", ...shown, ...remainder(all.length - shown.length)];
}

const remainder = (more: number): readonly string[] => (more <= 0 ? [] : ["", `And ${more} more, which \`npm run impact\` prints.`]);
