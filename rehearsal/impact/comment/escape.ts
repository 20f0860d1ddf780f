import { readable } from "../../report/html/markup.ts";
import { rendered, type Said } from "../said.ts";

/** Of a name that somebody chose more is not shown. */
const mostOfName = 200;

/**
 * A name as code: GitHub makes no mention, reference or link of what stands in code. Every sign that Markdown, a table or HTML could take for its
 * own is written as an entity, which can begin or end nothing.
 */
export function code(name: string): string {
	const signs = [...readable(name)];
	const shown = signs.length > mostOfName ? [...signs.slice(0, mostOfName - 1), "…"] : signs;
	// What begins like an address would become a link.
	const text = shown
		.map(entity)
		.join("")
		.replaceAll(":/", ":&#47;")
		.replaceAll(/www\./gi, (found) => `${found.slice(0, -1)}&#46;`);
	return `<code>${text}</code>`;
}

const entity = (sign: string): string => (/[\p{L}\p{N} ,.;:/()+→…-]/u.test(sign) ? sign : `&#${sign.codePointAt(0)};`);

/** A sentence for Markdown; its names are code. */
export const markdown = (said: Said): string => rendered(said, code);

/** A name inside a quoted label of a Mermaid diagram, which has entities of its own. */
export const labelText = (name: string): string =>
	[...readable(name)].map((sign) => (/[\p{L}\p{N} ,.+/-]/u.test(sign) ? sign : `#${sign.codePointAt(0)};`)).join("");
