import { settingsShape } from "./schema.ts";

/**
 * A setting out of what Pulumi holds: sections reach the program as JSON text, and a single number or truth value is kept as text
 * everywhere: the command line puts it into quotes whenever it writes a stack's file.
 */
export function settingValue(key: string, held: unknown): unknown {
	if (!(key in settingsShape) || typeof held !== "string") return held;
	try {
		return JSON.parse(held);
	} catch {
		return held;
	}
}
