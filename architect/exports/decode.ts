/** A compiled export that cannot be read. */
export class ExportError extends Error {
	readonly remedy = "Export the flow again: Architect writes such a file as a whole.";
	constructor(got: string) {
		super(`Expected a compiled export of Architect (base64 of URL-encoded JSON with a type, a name and flowSequenceItemList), got ${got}.`);
		this.name = "ExportError";
	}
}

/** Whether a text looks like what Architect exports (`.i3WorkFlow`, `.i3InboundFlow`, …): one long run of base64. */
export const isExport = (text: string): boolean => /^\s*[A-Za-z0-9+/]{100}/.test(text);

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);
export const fieldsIn = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.filter(isFields) : []);
export const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** The flow in a compiled export. Throws ExportError. */
export function decodeExport(text: string): Fields {
	const json = parsed(unescaped(bytesOf(text)));
	if (!isFields(json)) throw new ExportError("JSON that is no object");
	const missing = ["type", "name", "flowSequenceItemList"].filter((key) => !Object.hasOwn(json, key));
	if (missing.length > 0) throw new ExportError(`JSON without ${missing.join(", ")}`);
	return json;
}

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const values: ReadonlyMap<string, number> = new Map([...alphabet].map((letter, index) => [letter, index]));

/** What base64 says, a character a byte: what is URL-encoded has no other characters. */
function bytesOf(text: string): string {
	const letters = text.replaceAll(/\s/g, "").replace(/={0,2}$/, "");
	if (!/^[A-Za-z0-9+/]*$/.test(letters) || letters.length % 4 === 1) throw new ExportError("a text that is no base64");
	const bytes: string[] = [];
	for (let at = 0; at < letters.length; at += 4) {
		const group = [0, 1, 2, 3].map((offset) => values.get(letters[at + offset] ?? "A") ?? 0);
		const bits = group.reduce((all, value) => all * 64 + value, 0);
		bytes.push(String.fromCharCode(bits >> 16, (bits >> 8) & 255, bits & 255));
	}
	const padding = (4 - (letters.length % 4)) % 4;
	return bytes.join("").slice(0, padding === 0 ? undefined : -padding);
}

function unescaped(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		throw new ExportError("base64 of a text that is not URL-encoded");
	}
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw new ExportError("a URL-encoded text that is no JSON");
	}
}
