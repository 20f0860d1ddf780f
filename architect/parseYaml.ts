import { type Document, isMap, type LineCounter, parseDocument } from "yaml";
import { maskPlaceholders } from "./placeholderMask.ts";

/** The YAML 1.2 of a flow, each place as in the text; its placeholders are masked (`showPlaceholders`). */
export function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed {
	// Duplicate keys are looked for by the reader: the library's own search is quadratic.
	return parseDocument(maskPlaceholders(text), { version: "1.2", lineCounter, uniqueKeys: false, prettyErrors: false });
}

/** A map of one key, with a flow below it: whatever its type, it is written alike. */
export function isFlow(contents: unknown): boolean {
	const [only, ...more] = isMap(contents) ? contents.items : [];
	return more.length === 0 && isMap(only?.value) && only.value.has("name");
}
