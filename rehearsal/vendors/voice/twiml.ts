import { type Element, parseXml } from "./xml.ts";

/** What waits for a key. */
export interface Gathering {
	/** Where the key is posted to; "" is the address of the document itself. */
	readonly action: string;
	/** Seconds from the beginning of the document: from its first nested word until nobody presses any more. */
	readonly from: number;
	readonly until: number;
}

/** What a document of TwiML does in a call. */
export interface Spoken {
	/** Everything that is said, in its order. */
	readonly words: string;
	readonly seconds: number;
	/** Absent where no key is asked for. */
	readonly gathering?: Gathering;
}

/** A document that Twilio cannot use, by its code in the error dictionary. */
export class TwimlError extends Error {
	readonly code: number;

	constructor(code: number, message: string) {
		super(message);
		this.name = "TwimlError";
		this.code = code;
	}
}

/** A voice of usual speed: an assumption. */
const charactersPerSecond = 15;
/** Twilio's own, where a `<Gather>` or a `<Pause>` does not say. */
const gatherTimeoutSeconds = 5;
const pauseSeconds = 1;

/** Reads TwiML with the verbs Say, Pause, Gather and Hangup; throws TwimlError for every other document. */
export function readTwiml(text: string): Spoken {
	return verbsOf(rootOf(text)).reduce(following, { words: "", seconds: 0 });
}

function rootOf(text: string): Element {
	try {
		const root = parseXml(text);
		if (root.name === "Response") return root;
	} catch (error) {
		throw new TwimlError(12100, `Document parse failure: ${error instanceof Error ? error.message : "not XML"}`);
	}
	throw new TwimlError(12100, "Document parse failure: expected <Response> as its root");
}

function verbsOf({ children }: Element): readonly Element[] {
	return children.flatMap((child) => {
		if (typeof child !== "string") return [child];
		if (child.trim() === "") return [];
		throw new TwimlError(12200, "Schema validation warning: text outside of a verb");
	});
}

function following(before: Spoken, verb: Element): Spoken {
	switch (verb.name) {
		case "Say":
			return saying(before, verb);
		case "Pause":
			return { ...before, seconds: before.seconds + secondsOf(verb, "length", pauseSeconds) };
		case "Gather":
			return gathering(before, verb);
		case "Hangup":
			return before;
		default:
			throw new TwimlError(12200, `Schema validation warning: ${verb.name} is no verb`);
	}
}

function saying(before: Spoken, { attributes, children }: Element): Spoken {
	const text = children.map((child) => (typeof child === "string" ? child : "")).join("");
	const loops = Math.max(1, Number(attributes.loop ?? 1));
	const words = Array.from({ length: loops }, () => text.trim()).join(" ");
	return { ...before, words: `${before.words} ${words}`.trim(), seconds: before.seconds + words.length / charactersPerSecond };
}

/** Nested verbs are heard while it listens already. */
function gathering(before: Spoken, verb: Element): Spoken {
	const nested = verbsOf(verb);
	if (nested.some(({ name }) => name !== "Say" && name !== "Pause")) throw new TwimlError(12200, "Schema validation warning: nested verb");
	const heard = nested.reduce(following, before);
	const until = heard.seconds + secondsOf(verb, "timeout", gatherTimeoutSeconds);
	return { ...heard, seconds: until, gathering: { action: verb.attributes.action ?? "", from: before.seconds, until } };
}

const secondsOf = ({ attributes }: Element, name: string, usual: number): number => Number(attributes[name] ?? usual);
