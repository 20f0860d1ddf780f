import { type Call, type Overload, repeating, row } from "../overload.ts";

/** Functions on strings; positions count from 0, searches respect case unless told otherwise. */
export const textFunctions: Readonly<Record<string, readonly Overload[]>> = {
	Append: [repeating(["string?"], "string?", "string", (parts) => parts.map((part) => part ?? "").join(""))],
	Contains: [
		row(["string", "string"], "boolean", ([text, find]) => text.includes(find)),
		row(["string", "string", "boolean"], "boolean", ([text, find, ignoreCase]) =>
			ignoreCase ? text.toLowerCase().includes(find.toLowerCase()) : text.includes(find),
		),
	],
	Left: [row(["string", "integer"], "string", ([text, length], call) => text.slice(0, fromZero("length", length, call)))],
	Length: [row(["string"], "integer", ([text]) => text.length)],
	Lower: [row(["string"], "string", ([text]) => text.toLowerCase())],
	// An empty text to find changes nothing; a NOT_SET replacement removes what is found.
	Replace: [
		row(["string", "string", "string?"], "string", ([text, find, by]) => (find === "" ? text : text.replaceAll(find, () => by ?? ""))),
	],
	Substring: [
		row(["string", "integer", "integer"], "string", ([text, start, length], call) =>
			text.slice(fromZero("start", start, call), start + fromZero("length", length, call)),
		),
	],
	Trim: [row(["string"], "string", ([text]) => text.trim())],
	Upper: [row(["string"], "string", ([text]) => text.toUpperCase())],
};

function fromZero(what: string, value: number, call: Call): number {
	if (value >= 0) return value;
	throw call.error("out-of-range", `Expected a ${what} of 0 or more, got ${value}.`);
}
