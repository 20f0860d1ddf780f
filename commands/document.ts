import { readFileSync } from "node:fs";
import { DocumentError } from "../architect/expressions/variables.ts";
import { tell } from "./terminal.ts";

/** What `read` makes of the JSON in a file. Throws DocumentError, one line with the file's name. */
export function readDocument<T>(path: string, read: (json: unknown) => T): T {
	const text = readText(path);
	try {
		return read(JSON.parse(text));
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		const reason = error instanceof SyntaxError ? `Expected JSON, got something else: ${error.message}.` : error.message;
		throw new DocumentError(`${path}: ${reason}`);
	}
}

/** The text of a file. Throws DocumentError, one line with the file's name. */
export function readText(path: string): string {
	try {
		return decoded(readFileSync(path));
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		throw new DocumentError(`${path}: ${error instanceof DocumentError ? error.message : whyUnread(error)}`);
	}
}

/** What stands in the place of a file, by Node's code of the error. */
const standsThere: Readonly<Record<string, string>> = {
	ENOENT: "nothing of this name",
	ENOTDIR: "a name below something that is no folder",
	EISDIR: "a folder",
	EACCES: "one that may not be read",
};

function whyUnread(error: NodeJS.ErrnoException): string {
	return `Expected a file that can be read, got ${standsThere[error.code ?? ""] ?? error.message}.`;
}

/** Without its byte order mark, which other systems write in front. Other encodings would come out as texts that nobody wrote. */
function decoded(bytes: Uint8Array): string {
	try {
		return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch (error) {
		if (!(error instanceof TypeError)) throw error;
		throw new DocumentError("Expected text in UTF-8, got another encoding or bytes that are no text.");
	}
}

/** Characters from which on reading takes longer than two seconds. */
const large = 2_000_000;

/** Says that a large file is being read. */
export function announce(path: string, text: string): void {
	if (text.length > large) tell(`Reading ${oneLine(path)}, ${(text.length / 1e6).toFixed(1)} million characters …`);
}

/** A JSON object's entries. Throws DocumentError. */
export function entriesOf(json: unknown, what: string): [string, unknown][] {
	if (typeof json === "object" && json !== null && !Array.isArray(json)) return Object.entries(json);
	const got = json === null ? "null" : Array.isArray(json) ? "an array" : `the ${typeof json} ${String(json).slice(0, 40)}`;
	throw new DocumentError(`Expected ${what} to be an object, got ${got}.`);
}

/** Substitutions: an object of texts by key. Throws DocumentError. */
export function readSubstitutions(json: unknown): Readonly<Record<string, string>> {
	const texts = entriesOf(json, "the substitutions").map(([key, value]): [string, string] => {
		if (typeof value === "string") return [key, value];
		throw new DocumentError(`Expected the substitution "${key}" to be a text, got ${JSON.stringify(value).slice(0, 40)}.`);
	});
	return Object.fromEntries(texts);
}

/** A text of others as one line of a terminal: what would move the cursor or colour it is left out. */
export function oneLine(text: string): string {
	return text.replaceAll(/\s+/gu, " ").replaceAll(/\p{Cc}/gu, "");
}
