import { readable } from "../report/html/markup.ts";

/** A sentence, in which names that somebody else chose are told apart from our own words: each form of output shows them in its own safe way. */
export interface Said {
	readonly parts: readonly Part[];
}

type Part = { readonly own: string } | { readonly name: string };

/** A sentence of our own words; what is filled in is a name, or a sentence itself. */
export const say = (words: TemplateStringsArray, ...filled: readonly (Said | string | number)[]): Said => ({
	parts: words.flatMap((word, index): readonly Part[] => {
		const value = filled[index];
		const own: readonly Part[] = word === "" ? [] : [{ own: word }];
		if (value === undefined) return own;
		return [...own, ...(typeof value === "object" ? value.parts : [typeof value === "number" ? { own: String(value) } : { name: value }])];
	}),
});

/** Words of our own that are put together elsewhere. */
export const own = (text: string): Said => ({ parts: [{ own: text }] });

/** More names than this in one sentence help nobody. */
const mostNames = 6;

/** Names one after the other; those beyond the first few are counted. */
export function named(names: readonly string[]): Said {
	const shown = names.slice(0, mostNames).map((name) => say`${name}`);
	const more = names.length - shown.length;
	return joined(more > 0 ? [...shown, own(`${more} more`)] : shown, ", ");
}

export const joined = (all: readonly Said[], between: string): Said => ({
	parts: all.flatMap(({ parts }, index) => (index === 0 ? parts : [{ own: between }, ...parts])),
});

/** The sentence with each name as `shown` has it. */
export const rendered = ({ parts }: Said, shown: (name: string) => string): string =>
	parts.map((part) => ("own" in part ? part.own : shown(part.name))).join("");

/** For a terminal and for JSON: names as they are, on one line. */
export const plain = (said: Said): string => rendered(said, readable);
