/** A JSON Schema, draft 2020-12. Parameters of queries and forms are texts, or lists of texts where a name stands there several times. */
export interface Schema {
	readonly [keyword: string]: unknown;
}

type Schemas = Readonly<Record<string, Schema>>;

/** One request that a vendor documents, as its own document has it: what is not in here it refuses, or drops without a word. */
export interface DocumentedRequest {
	readonly method: "GET" | "POST" | "PUT" | "PATCH";
	/** The word of the host, as the emulator calls it. */
	readonly host: string;
	/** Of the whole path. */
	readonly path: RegExp;
	/** By their names in lower case. */
	readonly headers?: Readonly<Record<string, RegExp>>;
	/** Absent: it has no query. */
	readonly query?: Schema;
	/** Absent: it has no body. */
	readonly body?: { readonly json: Schema } | { readonly form: Schema };
	/** The title and the site of the vendor's page, or the name of its published document. */
	readonly page: string;
	/** When that was read: YYYY-MM-DD. Absent where it was not at hand: it was retyped from what a copy or a client of it says. */
	readonly read?: string;
}

/** An object of these fields and no others. */
export const only = (required: Schemas, optional: Schemas = {}): Schema => ({
	type: "object",
	properties: { ...required, ...optional },
	required: Object.keys(required),
	additionalProperties: false,
});

export const text: Schema = { type: "string" };
export const flag: Schema = { type: "boolean" };
export const anyObject: Schema = { type: "object" };
export const anyList: Schema = { type: "array" };

export const textUpTo = (maxLength: number): Schema => ({ type: "string", maxLength });
/** A text that is not empty. */
export const someText = (maxLength?: number): Schema => ({
	type: "string",
	minLength: 1,
	...(maxLength === undefined ? {} : { maxLength }),
});
export const like = (pattern: string): Schema => ({ type: "string", pattern });
export const oneOf = (...words: readonly string[]): Schema => ({ enum: words });
export const listOf = (items: Schema, maxItems?: number): Schema => ({
	type: "array",
	items,
	...(maxItems === undefined ? {} : { maxItems }),
});

/** Several fields of one kind. */
export const each = (schema: Schema, ...names: readonly string[]): Schemas => Object.fromEntries(names.map((name) => [name, schema]));

/** Parameters of a query or a form, which are texts. */
export const numberParameter: Schema = like("^\\d+$");
export const flagParameter: Schema = oneOf("true", "false");

/** HTTP Basic authentication. */
export const basic = /^Basic [A-Za-z0-9+/]+=*$/;
