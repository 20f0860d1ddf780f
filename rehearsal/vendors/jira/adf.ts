/** What Jira says to a document that is none, and to one whose nodes are wrong. */
export type DocumentProblem = "not-a-document" | "invalid";

type Json = Readonly<Record<string, unknown>>;

/** Blocks that hold texts, and what else may stand between these. Source: developer.atlassian.com, "Atlassian Document Format". */
const blocks: Readonly<Record<string, readonly string[]>> = {
	paragraph: ["text", "hardBreak"],
	heading: ["text", "hardBreak"],
	codeBlock: ["text"],
};

/** What is wrong with a description or comment of REST API v3; undefined where nothing is. The nodes that hold other blocks are not served. */
export function documentProblem(value: unknown): DocumentProblem | undefined {
	const document = objectOf(value);
	if (document?.type !== "doc" || document.version !== 1 || !Array.isArray(document.content)) return "not-a-document";
	return document.content.every(isBlock) ? undefined : "invalid";
}

function isBlock(value: unknown): boolean {
	const node = objectOf(value);
	const type = String(node?.type);
	const allowed = Object.hasOwn(blocks, type) ? blocks[type] : undefined;
	if (node === undefined || allowed === undefined) return false;
	const content: unknown = node.content ?? [];
	return Array.isArray(content) && content.every((each) => isInline(each, allowed) && !(type === "codeBlock" && objectOf(each)?.marks));
}

function isInline(value: unknown, allowed: readonly string[]): boolean {
	const node = objectOf(value);
	if (node === undefined || !allowed.includes(String(node.type))) return false;
	return node.type !== "text" || (typeof node.text === "string" && node.text !== "");
}

/** A document as people read it: only a code block keeps the line breaks of its text, elsewhere they are blanks as in HTML. */
export function readable(value: unknown): string {
	if (typeof value === "string") return value;
	const node = objectOf(value);
	if (node === undefined) return "";
	if (node.type === "hardBreak") return "\n";
	if (node.type === "text") return String(node.text);
	const content: readonly unknown[] = Array.isArray(node.content) ? node.content : [];
	if (node.type === "doc") return content.map(readable).join("\n\n");
	return content
		.map((each) => (node.type === "codeBlock" || isBreak(each) ? readable(each) : readable(each).replaceAll("\n", " ")))
		.join("");
}

const isBreak = (value: unknown): boolean => objectOf(value)?.type === "hardBreak";

function objectOf(value: unknown): Json | undefined {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;
}
