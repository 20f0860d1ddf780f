/**
 * The text of a property's value in the JSON text of an object, as it stands there: numbers keep the digits that parsing would lose.
 * Of a property that stands there twice it is the last one, as for `JSON.parse`. The text must be valid JSON.
 */
export function propertyText(json: string, property: string): string | undefined {
	let found: string | undefined;
	let at = json.indexOf("{") + 1;
	while (at > 0 && at < json.length) {
		const keyStart = json.indexOf('"', at);
		if (keyStart === -1) break;
		const keyEnd = endOfString(json, keyStart);
		const valueStart = json.indexOf(":", keyEnd) + 1;
		at = endOfValue(json, valueStart);
		if (JSON.parse(json.slice(keyStart, keyEnd)) === property) found = json.slice(valueStart, at).trim();
		at += 1;
	}
	return found;
}

/** Behind the closing quote of the string that opens at `start`. */
function endOfString(json: string, start: number): number {
	let at = start + 1;
	while (at < json.length && json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
	return at + 1;
}

/** At the comma or the bracket that ends the value. */
function endOfValue(json: string, start: number): number {
	let depth = 0;
	let at = start;
	while (at < json.length) {
		const letter = json[at] ?? "";
		if (depth === 0 && (letter === "," || letter === "}")) return at;
		if (letter === '"') at = endOfString(json, at);
		else {
			if (letter === "{" || letter === "[") depth += 1;
			if (letter === "}" || letter === "]") depth -= 1;
			at += 1;
		}
	}
	return at;
}
