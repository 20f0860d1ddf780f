/** What a field holds. A list of words is a text that is one of them; all other texts are free. */
export type Field = "string" | "integer" | "boolean" | readonly string[];

/** A document as a data action's contract has it: flat, every field required. */
export type Fields = Readonly<Record<string, Field>>;

/** What is asked of a function of ours, and what it answers. */
export interface Operation {
	readonly says: Fields;
	readonly answers: Fields;
}

type ValueOf<F> = F extends readonly (infer Word)[] ? Word : F extends "integer" ? number : F extends "boolean" ? boolean : string;

/** What a document of these fields holds. */
export type ValuesOf<F> = { readonly [Name in keyof F]: ValueOf<F[Name]> };

/** The type of a field as Genesys Cloud knows it. */
export const typeOf = (field: Field): "string" | "integer" | "boolean" => (typeof field === "string" ? field : "string");
