import * as z from "zod";
import { type Remedy, remedyKinds } from "../../remedies/kinds.ts";
import type { Field, Fields } from "../../remedies/remedy.ts";

type Option = z.ZodObject<{ readonly kind: z.ZodLiteral<string> }>;

/** The settings of a remedy, whichever kind it is of; every error completes the sentence "expected …". */
export const remedySettings = z.discriminatedUnion("kind", optionsOf(), {
	error: `a remedy of kind ${new Intl.ListFormat("en-GB", { type: "disjunction" }).format(remedyKinds.map(({ kind }) => kind))}`,
}) as z.ZodType as z.ZodType<Remedy>;

function optionsOf(): readonly [Option, ...Option[]] {
	const [first, ...others] = remedyKinds.map(({ kind, settings }) => {
		const shape = { kind: z.literal(kind), ...shapeOf(settings) };
		return z.strictObject(shape, { error: `a section with ${Object.keys(shape).join(", ")}` });
	});
	if (first !== undefined) return [first, ...others];
	throw new RangeError("Expected at least one line in the list of remedies, got none");
}

function shapeOf(fields: Fields): Readonly<Record<string, z.ZodType>> {
	return Object.fromEntries(
		Object.entries(fields).map(([name, field]) => {
			const schema = fieldSchema(field);
			return [name, (field.optional === true ? schema.exactOptional() : schema).describe(field.about)];
		}),
	);
}

function fieldSchema(field: Field): z.ZodType {
	if (field.kind === "text") return textOf(field);
	const error = field.expected;
	return z.record(textOf(field.name), z.array(z.string({ error }), { error }), { error });
}

function textOf({ pattern, expected: error }: { readonly pattern: RegExp; readonly expected: string }): z.ZodString {
	return z.string({ error }).regex(pattern, { error });
}
