import * as z from "zod";
import type { EntryField, Field, Fields, ValueOf } from "../../conditions/fields.ts";

const share = "a share above 0 and at most 1";
const nameError = "a name of 1 to 256 characters, as it stands in Genesys Cloud";
const name = z.string({ error: nameError }).regex(/^\S(.{0,254}\S)?$/, { error: nameError });

/** The schema of what a runbook's own field holds; its error completes the sentence "expected …". */
export function fieldSchema(field: Field): z.ZodType {
	switch (field.kind) {
		case "whole": {
			const error = `a whole number of ${field.unit} from ${field.from} to ${field.to}`;
			return z.int({ error }).min(field.from, { error }).max(field.to, { error });
		}
		case "share":
			return z.number({ error: share }).gt(0, { error: share }).max(1, { error: share });
		case "list":
			return z.array(entrySchema(field.of), { error: field.expected }).max(field.most, { error: field.expected });
	}
}

/** The schema of one entry of a list. */
export function entrySchema(parts: Readonly<Record<string, EntryField>>): z.ZodType {
	const shape = mapped(parts, (part) =>
		part.kind === "name"
			? name.describe("Its name, as it stands in Genesys Cloud.")
			: z.array(name, { error: part.expected }).exactOptional().describe(part.about),
	);
	return z.strictObject(shape, { error: `a section with ${Object.keys(shape).join(", ")}` });
}

/** The schemas of fields, by their keys; the values are those that `ValuesOf` says. */
export type FieldShape<F> = { readonly [K in keyof F]: z.ZodType<ValueOf<F[K]>> };

/** What travels to the functions: every default is filled in by then. */
export const fieldShape = <F extends Fields>(fields: F): FieldShape<F> => mapped(fields, fieldSchema) as FieldShape<F>;

const mapped = <From, To>(record: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> =>
	Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
