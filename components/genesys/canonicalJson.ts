import { createHash } from "node:crypto";

/** JSON with sorted keys and no blanks: equal values give equal text, whoever wrote them in which order. */
export function canonicalJson(value: unknown): string {
	return JSON.stringify(sorted(value));
}

/** The first 8 hexadecimal digits of the SHA-256 of a value's canonical JSON. */
export function digest(value: unknown): string {
	return createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 8);
}

function sorted(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(
		Object.entries(value)
			.toSorted(([a], [b]) => (a < b ? -1 : 1))
			.map(([key, child]) => [key, sorted(child)]),
	);
}
