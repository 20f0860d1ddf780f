import type { Values } from "./marks.ts";

/** Shorter texts are words, not names: `dev` is in many places. */
const leastLength = 8;

/** Texts of one world, and what stands for each of them in another. */
export class Renamed {
	readonly #texts = new Map<string, string>();

	/** Takes in all texts of two values of the same form. */
	add(before: unknown, after: unknown): void {
		if (typeof before === "string" && typeof after === "string") {
			if (before !== after && before.length >= leastLength) this.#texts.set(before, after);
			return;
		}
		if (Array.isArray(before) && Array.isArray(after)) for (const [index, each] of before.entries()) this.add(each, after[index]);
		else if (isPlain(before) && isPlain(after)) for (const [key, inner] of Object.entries(before)) this.add(inner, after[key]);
	}

	/** The value with each of them put in, also inside other texts; the longest first, so that none is taken for a part of another. */
	in(value: unknown): unknown {
		if (typeof value === "string") return this.#inText(value);
		if (Array.isArray(value)) return value.map((each) => this.in(each));
		if (!isPlain(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, this.in(inner)]));
	}

	#inText(text: string): string {
		const found = [...this.#texts.keys()].filter((each) => text.includes(each)).toSorted((one, other) => other.length - one.length);
		if (found.length === 0) return text;
		// In one pass: what was put in is not looked at again.
		const pattern = new RegExp(found.map((each) => escaped(each)).join("|"), "g");
		return text.replaceAll(pattern, (each) => this.#texts.get(each) ?? each);
	}
}

/** Not an archive of Pulumi's. */
const isPlain = (value: unknown): value is Values =>
	typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
