/** A block of a message, as far as it is looked at: a section, or actions with buttons. */
export interface Block {
	readonly type: string;
	readonly text?: TextObject;
	readonly elements?: readonly Button[];
}

interface TextObject {
	readonly type: string;
	readonly text: string;
}

export interface Button {
	readonly type: string;
	readonly text?: TextObject;
	readonly action_id?: string;
	readonly value?: string;
	readonly style?: string;
}

/** docs.slack.dev, reference of Block Kit: blocks in a message, "Text object", "Actions block", "Button element". */
const longest = { blocks: 50, text: 3000, elements: 25, label: 75, actionId: 255, value: 2000 } as const;

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads the argument `blocks`, or says what is wrong with it, in Slack's words and with the place. */
export function readBlocks(given: unknown): { readonly blocks: readonly Block[] } | { readonly problem: string } {
	if (!Array.isArray(given)) return { problem: "must be an array [json-pointer:/blocks]" };
	if (given.length > longest.blocks) return { problem: `no more than ${longest.blocks} items allowed [json-pointer:/blocks]` };
	const problem = given.map((block: unknown, index) => blockProblem(block, `/blocks/${index}`)).find((each) => each !== undefined);
	// What has no problem has this shape.
	return problem === undefined ? { blocks: given as readonly Block[] } : { problem };
}

function blockProblem(block: unknown, at: string): string | undefined {
	if (!isObject(block)) return `must be a valid object [json-pointer:${at}]`;
	switch (block.type) {
		case "section":
			return textProblem(block.text, `${at}/text`, longest.text);
		case "actions":
			return elementsProblem(block.elements, `${at}/elements`);
		case "divider":
			return undefined;
		default:
			return `unsupported type: ${String(block.type)} [json-pointer:${at}/type]`;
	}
}

function textProblem(text: unknown, at: string, most: number): string | undefined {
	if (!isObject(text)) return `missing required field [json-pointer:${at}]`;
	if (text.type !== "plain_text" && text.type !== "mrkdwn") return `invalid text type [json-pointer:${at}/type]`;
	return lengthProblem(text.text, `${at}/text`, most);
}

function lengthProblem(text: unknown, at: string, most: number): string | undefined {
	if (typeof text !== "string") return `must be a string [json-pointer:${at}]`;
	if (text === "") return `must be more than 0 characters [json-pointer:${at}]`;
	return text.length > most ? `must be less than ${most + 1} characters [json-pointer:${at}]` : undefined;
}

function elementsProblem(elements: unknown, at: string): string | undefined {
	if (!Array.isArray(elements) || elements.length === 0) return `missing required field [json-pointer:${at}]`;
	if (elements.length > longest.elements) return `no more than ${longest.elements} items allowed [json-pointer:${at}]`;
	return elements.map((element: unknown, index) => buttonProblem(element, `${at}/${index}`)).find((each) => each !== undefined);
}

function buttonProblem(button: unknown, at: string): string | undefined {
	if (!isObject(button) || button.type !== "button") return `unsupported type [json-pointer:${at}/type]`;
	const { text, action_id: actionId, value, style } = button;
	if (isObject(text) && text.type === "mrkdwn") return `must be plain_text [json-pointer:${at}/text/type]`;
	if (style !== undefined && style !== "primary" && style !== "danger") return `invalid style [json-pointer:${at}/style]`;
	return (
		textProblem(text, `${at}/text`, longest.label) ??
		(actionId === undefined ? undefined : lengthProblem(actionId, `${at}/action_id`, longest.actionId)) ??
		(value === undefined ? undefined : lengthProblem(value, `${at}/value`, longest.value))
	);
}

/** The buttons of a message. */
export const buttonsOf = ({ blocks }: { readonly blocks: readonly Block[] }): readonly Button[] =>
	blocks.flatMap(({ elements = [] }) => elements);

/** Text as Slack keeps it: addresses that it found are in angle brackets. */
export const kept = (text: string): string => text.replaceAll(/(?<![<|])https?:\/\/[^\s<>|]+/g, (address) => `<${address}>`);

/** Markup as people read it: links without their brackets, mentions as they ring, and the three letters that an app escapes. */
const readable = (markup: string): string =>
	markup
		.replaceAll(/<!(\w+)[^>]*>/g, "@$1")
		.replaceAll(/<([^>|]+)(?:\|([^>]+))?>/g, (_, address: string, label?: string) => label ?? address)
		.replaceAll("&lt;", "<")
		.replaceAll("&gt;", ">")
		.replaceAll("&amp;", "&");

/** What stands in the channel: where there are blocks, the text is for notifications only. */
export function shown({ text, blocks }: { readonly text: string; readonly blocks: readonly Block[] }): string {
	const sections = blocks.flatMap((block) => (block.text === undefined ? [] : [block.text]));
	if (sections.length === 0) return readable(text);
	return sections.map((section) => (section.type === "mrkdwn" ? readable(section.text) : section.text)).join("\n");
}
