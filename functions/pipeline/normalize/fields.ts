import type { Instant } from "../model/incident.ts";

/** A property of a parsed JSON document; undefined where there is none, inherited ones included. */
export const property = (document: unknown, name: string): unknown =>
	typeof document === "object" && document !== null && Object.hasOwn(document, name) ? Reflect.get(document, name) : undefined;

/** A text that says something, or a number or a truth value as text. */
export function textOf(value: unknown): string | undefined {
	if (typeof value === "number" || typeof value === "boolean") return String(value);
	return typeof value === "string" && value !== "" ? value : undefined;
}

export const textAt = (document: unknown, name: string): string | undefined => textOf(property(document, name));

/** A moment: ISO 8601, or a Unix time in seconds or milliseconds. */
export function momentOf(value: unknown): Instant | undefined {
	const text = textOf(value);
	if (text === undefined) return undefined;
	// Seconds stay below 1e11 until the year 5138; milliseconds are above since 1973.
	if (/^\d{1,14}(\.\d+)?$/.test(text)) return Math.trunc(Number(text) * (Number(text) < 1e11 ? 1000 : 1));
	const parsed = Date.parse(text);
	return Number.isNaN(parsed) ? undefined : parsed;
}

/** A word of a list of them, as a problem says it. */
export const oneOf = (words: readonly string[]): string => `one of ${words.join(", ")}`;
