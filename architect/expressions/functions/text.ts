import { type Call, type Overload, repeating, row } from "../overload.ts";
import { longestString, ValueError } from "../values.ts";

/** Functions on strings; positions count from 0, searches respect case unless told otherwise. */
export const textFunctions: Readonly<Record<string, readonly Overload[]>> = {
	Append: [
		repeating(["string?"], "string?", "string", (parts) =>
			joined(
				parts.map((part) => part ?? ""),
				"",
			),
		),
	],
	Compare: [
		row(["string?", "string?"], "integer", ([one, other]) => order(one, other)),
		row(["string?", "string?", "boolean"], "integer", ([one, other, ignoreCase]) =>
			ignoreCase ? order(one?.toLowerCase(), other?.toLowerCase()) : order(one, other),
		),
	],
	Contains: [
		row(["string", "string"], "boolean", ([text, find]) => text.includes(find)),
		row(["string", "string", "boolean"], "boolean", ([text, find, ignoreCase]) =>
			ignoreCase ? text.toLowerCase().includes(find.toLowerCase()) : text.includes(find),
		),
	],
	// An empty text to find is at 0 (the vendor's examples; its descriptions say -1).
	FindString: [
		row(["string", "string"], "integer", ([text, find]) => text.indexOf(find)),
		row(["string", "string", "boolean"], "integer", ([text, find, ignoreCase]) => occurrence(text, find, 1, ignoreCase)),
		row(["string", "string", "integer"], "integer", ([text, find, nth], call) => occurrence(text, find, fromOne(nth, call), false)),
		row(["string", "string", "integer", "boolean"], "integer", ([text, find, nth, ignoreCase], call) =>
			occurrence(text, find, fromOne(nth, call), ignoreCase),
		),
	],
	Left: [row(["string", "integer"], "string", ([text, length], call) => text.slice(0, fromZero("length", length, call)))],
	Length: [row(["string"], "integer", ([text]) => text.length)],
	Lower: [row(["string"], "string", ([text]) => text.toLowerCase())],
	LTrim: [row(["string"], "string", ([text]) => text.trimStart())],
	// An empty text to find changes nothing; a NOT_SET replacement removes what is found.
	Replace: [
		row(["string", "string", "string?"], "string", ([text, find, by]) => (find === "" ? text : joined(text.split(find), by ?? ""))),
	],
	Reverse: [row(["string"], "string", ([text]) => [...text].toReversed().join(""))],
	Right: [
		row(["string", "integer"], "string", ([text, length], call) => text.slice(Math.max(0, text.length - fromZero("length", length, call)))),
	],
	RTrim: [row(["string"], "string", ([text]) => text.trimEnd())],
	// Without a delimiter: one string for each character.
	Split: [
		row(["string", "string"], "stringCollection", ([text, delimiter]) =>
			text === "" ? [""] : delimiter === "" ? [...text] : text.split(delimiter),
		),
	],
	Substring: [
		row(["string", "integer", "integer"], "string", ([text, start, length], call) =>
			text.slice(fromZero("start", start, call), start + fromZero("length", length, call)),
		),
	],
	Trim: [row(["string"], "string", ([text]) => text.trim())],
	Upper: [row(["string"], "string", ([text]) => text.toUpperCase())],
};

/** The parts with a delimiter between them; throws ValueError before a string too long is built. */
export function joined(parts: readonly string[], delimiter: string): string {
	const length = parts.reduce((sum, part) => sum + part.length, Math.max(0, parts.length - 1) * delimiter.length);
	if (length > longestString) {
		throw new ValueError("out-of-range", `Expected a string of at most ${longestString} characters, got ${length}.`);
	}
	return parts.join(delimiter);
}

/** -1, 0, 1. NOT_SET comes before every string; of two letters the case decides last, the small one first. */
function order(one: string | undefined, other: string | undefined): number {
	if (one === other) return 0;
	if (one === undefined || other === undefined) return one === undefined ? -1 : 1;
	const [first, second] = [one.toLowerCase(), other.toLowerCase()];
	if (first !== second) return first < second ? -1 : 1;
	// Small letters have the greater code.
	return one > other ? -1 : 1;
}

/** Where the nth occurrence begins, or -1; occurrences do not overlap. */
function occurrence(text: string, find: string, nth: number, ignoreCase: boolean): number {
	const [inside, wanted] = ignoreCase ? [text.toLowerCase(), find.toLowerCase()] : [text, find];
	// Every occurrence of an empty text is here: looking for the nth would take n steps.
	if (wanted === "") return 0;
	let found = inside.indexOf(wanted);
	for (let count = 1; count < nth && found >= 0; count += 1) found = inside.indexOf(wanted, found + wanted.length);
	return found;
}

function fromOne(nth: number, call: Call): number {
	if (nth >= 1) return nth;
	throw call.error("out-of-range", `Expected an occurrence of 1 or more, got ${nth}.`);
}

function fromZero(what: string, value: number, call: Call): number {
	if (value >= 0) return value;
	throw call.error("out-of-range", `Expected a ${what} of 0 or more, got ${value}.`);
}
