import { type Document, type LineCounter, parseDocument } from "yaml";
import { maskPlaceholders } from "./placeholderMask.ts";

/** The YAML 1.2 of a flow, each place as in the text; its placeholders are masked (`showPlaceholders`). */
export function parseYaml(text: string, lineCounter: LineCounter): Document.Parsed {
	// Duplicate keys are looked for by the reader: the library's own search is quadratic.
	return parseDocument(maskPlaceholders(text), { version: "1.2", lineCounter, uniqueKeys: false, prettyErrors: false });
}
