import * as v from "valibot";
import type { Field, Fields, ValuesOf } from "../../contracts/contract.ts";

type Shape<F extends Fields> = { readonly [Name in keyof F]: v.GenericSchema<unknown, ValuesOf<F>[Name]> };

const mapped = <F extends Fields>(fields: F, schemaOf: (field: Field) => v.GenericSchema): Shape<F> =>
	Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)])) as Shape<F>;

/** What a function answers: exactly these fields. */
export const answerSchema = <F extends Fields>(fields: F): v.StrictObjectSchema<Shape<F>, undefined> =>
	v.strictObject(mapped(fields, answered));

/** What a workflow says beside itself. Genesys sends an unset input as null or not at all: both mean the empty value, "" or 0. */
export const saidShape = <F extends Fields>(fields: F): Shape<F> => mapped(fields, said);

/** A text that is not empty. */
export const filled = v.pipe(v.string(), v.minLength(1));

/** A whole number from 0, and one from 1. */
export const count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER));
export const positive = v.pipe(count, v.minValue(1));

/** The key of an incident, as an outside system gives it back. */
export const incidentKey = v.pipe(filled, v.maxLength(100));

function answered(field: Field): v.GenericSchema {
	if (field === "integer") return count;
	if (field === "boolean") return v.boolean();
	return field === "string" ? v.string() : v.picklist(field);
}

function said(field: Field): v.GenericSchema {
	if (field === "string") return v.nullish(v.string(), "");
	return field === "integer" ? v.nullish(count, 0) : answered(field);
}
