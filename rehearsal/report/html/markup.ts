/** Text that is HTML already. */
export class Markup {
	readonly text: string;

	constructor(text: string) {
		this.text = text;
	}
}

export type Content = Markup | string | number | undefined | readonly Content[];

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** What has no place in a document, or would turn the order of what is read: control characters, halves of pairs, and marks of direction. */
const unfit = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069\uFEFF\uFFFE\uFFFF]/gu;

/** Text on one line, without what would turn the order of what is read. */
export const readable = (text: string): string => text.replaceAll(/[\t\n\r]+/g, " ").replaceAll(unfit, "\uFFFD");

/** Text as it may stand between tags and inside a quoted attribute, whoever wrote it. */
export const escaped = (text: string): string => readable(text).replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? sign);

/** HTML whose values are escaped, wherever they stand: as content, or inside a quoted attribute. */
export const html = (strings: TemplateStringsArray, ...values: readonly Content[]): Markup =>
	new Markup(strings.map((text, index) => text + written(values[index])).join(""));

function written(content: Content): string {
	if (content === undefined) return "";
	if (content instanceof Markup) return content.text;
	if (typeof content === "object") return content.map(written).join("");
	return escaped(String(content));
}

/** Text of at most so many characters; a longer one ends in an ellipsis. */
export function shortened(text: string, most: number): string {
	const characters = [...text];
	return characters.length <= most ? text : `${characters.slice(0, Math.max(0, most - 1)).join("")}…`;
}
