import * as z from "zod";
import type { EntryField, Field, Fields, ValueOf } from "../../conditions/fields.ts";
import { longestWindow } from "../pipeline/confirm/intermittent.ts";
import { type Source, sources } from "../pipeline/detect/sources.ts";
import { severities } from "../pipeline/model/words.ts";
import { usualAdminPages } from "../pipeline/page/adminPage.ts";
import { choice, section, share, text, whole } from "./builders.ts";
import { remediationSchema } from "./remediation.ts";

const intermittentError = "false, or a section with breaches and of";

const intermittent = z.union(
	[
		z.literal(false),
		section({
			breaches: whole(2, longestWindow, "breaches").describe("More than breachesToOpen."),
			of: whole(3, longestWindow, "readings").describe("The last so many readings."),
		}),
	],
	{ error: intermittentError },
);

/** What every runbook's settings have; what a stack need not say depends on the runbook. */
export const commonFields = {
	enabled: z.boolean({ error: "true or false" }),
	severity: choice(severities),
	breachesToOpen: whole(1, 60, "readings in a row"),
	clearsToClose: whole(1, 60, "readings in a row"),
	intermittent,
	remediation: remediationSchema,
	page: text(/^https:\/\/[!-~]{1,392}$/, "an address that begins with https://, without spaces, at most 400 characters"),
};

/** Where the pages of credentials are: the name of one follows it. */
export const credentialsPage = text(
	/^https:\/\/[!-"$-~]{1,392}$/,
	"an address that begins with https://, without spaces or #, at most 400 characters",
);

/** Where the user interface of Genesys Cloud shows what fails, by what lists it. */
export const adminPages = section(
	Object.fromEntries(
		sources.map((source) => [
			source,
			text(/^(\/[!-~]{0,199})?$/, 'a path that begins with /, in which {id} is the id, at most 200 characters; "" for none')
				.exactOptional()
				.describe(`Behind https://apps.<domain>, {id} being the id of one of the ${source}; by default ${usualAdminPages[source]}.`),
		]),
	) as AdminPagesShape,
);

// `Object.fromEntries` forgets its keys, which are the sources.
type AdminPagesShape = { readonly [S in Source]: z.ZodExactOptional<z.ZodString> };

const nameError = "a name of 1 to 256 characters, as it stands in Genesys Cloud";
const name = z.string({ error: nameError }).regex(/^\S(.{0,254}\S)?$/, { error: nameError });

/** The schema of what a runbook's own field holds; its error completes the sentence "expected …". */
export function fieldSchema(field: Field): z.ZodType {
	switch (field.kind) {
		case "whole":
			return whole(field.from, field.to, field.unit);
		case "share":
			return share();
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
	return section(shape);
}

/** The schemas of fields, by their keys; the values are those that `ValuesOf` says. */
export type FieldShape<F> = { readonly [K in keyof F]: z.ZodType<ValueOf<F[K]>> };

/** What travels to the functions: every default is filled in by then. */
export const fieldShape = <F extends Fields>(fields: F): FieldShape<F> => mapped(fields, fieldSchema) as FieldShape<F>;

const mapped = <From, To>(record: Readonly<Record<string, From>>, to: (value: From) => To): Record<string, To> =>
	Object.fromEntries(Object.entries(record).map(([key, value]) => [key, to(value)]));
