import * as z from "zod";
import type { Field, Fields, ValuesOf } from "../../contracts/contract.ts";

type Shape<F extends Fields> = { readonly [Name in keyof F]: z.ZodType<ValuesOf<F>[Name]> };

const mapped = <F extends Fields>(fields: F, schemaOf: (field: Field) => z.ZodType): Shape<F> =>
	Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)])) as Shape<F>;

/** What a function answers: exactly these fields. */
export const answerSchema = <F extends Fields>(fields: F): z.ZodObject<Shape<F>> => z.strictObject(mapped(fields, answered));

/** What a workflow says beside itself. Genesys sends an unset input as null or not at all: both mean the empty value, "" or 0. */
export const saidShape = <F extends Fields>(fields: F): Shape<F> => mapped(fields, said);

function answered(field: Field): z.ZodType {
	if (field === "integer") return z.int().nonnegative();
	if (field === "boolean") return z.boolean();
	return field === "string" ? z.string() : z.enum(field);
}

function said(field: Field): z.ZodType {
	if (field === "string")
		return z
			.string()
			.nullish()
			.transform((value) => value ?? "");
	if (field === "integer")
		return z
			.int()
			.nonnegative()
			.nullish()
			.transform((value) => value ?? 0);
	return answered(field);
}
