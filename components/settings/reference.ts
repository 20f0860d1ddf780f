import { type ReferenceRow, referenceSections } from "./referenceRows.ts";
import { settingsSchema } from "./schema.ts";
import { namespace } from "./secrets.ts";

const introduction = `# Settings

Every setting of a stack, made from the schema that checks them: \`npm run docs\` writes this page. The [README](../README.md#configure) has the short table.

- A setting stands in \`Pulumi.<stack>.yaml\` under \`config:\`, and each key begins with \`${namespace}:\`; the paths here leave that out. \`[]\` stands for each entry of a list, \`<name>\` for each name of your own.
- Unknown keys, wrong types and contradictions are all reported at once, by \`pulumi preview\` and by every rehearsal.
- Secrets are no settings: \`pulumi preview\` lists the ones that are missing, each with the line to type.
- "required" is what has to be given where the section that it stands in is given; "none" is what may be left out and then is not there.`;

/** The reference of every setting, as Markdown: the text of docs/reference.md. */
export function settingsReference(): string {
	const sections = referenceSections(settingsSchema).map(({ path, meaning, rows }) =>
		[`${path.includes(".") ? "###" : "##"} \`${path}\``, shown(meaning), tableOf(rows)].filter((part) => part !== "").join("\n\n"),
	);
	return `${[introduction, ...sections].join("\n\n")}\n`;
}

function tableOf(rows: readonly ReferenceRow[]): string {
	if (rows.length === 0) return "";
	const lines = rows.map(
		({ path, type, allowed, unit, fallback, meaning }) =>
			`| ${[`\`${path}\``, type, shown(allowed), unit, fallback, shown(meaning)].map((cell) => cell.replaceAll("|", "\\|")).join(" | ")} |`,
	);
	return ["| setting | type | allowed | unit | default | meaning |", "|---|---|---|---|---|---|", ...lines].join("\n");
}

/** Words in angle brackets are no tags. */
const shown = (text: string): string => text.replaceAll("<", "&lt;");
