import * as z from "zod";
import { badRequest } from "./errors.ts";

/** A request body of the expected form, or the vendor's 400 that names each field that is wrong. */
export function bodyOf<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
	const parsed = schema.safeParse(body ?? {});
	if (parsed.success) return parsed.data;
	const fields = parsed.error.issues.map((issue) => issue.path.join("."));
	const problems = parsed.error.issues.map((issue) => `${issue.path.join(".") || "body"}: ${issue.message}`);
	throw badRequest(problems.join("; "), fields);
}

/** `{ id }`, the vendor's reference to another thing. */
export const reference = z.object({ id: z.string() });

/** A map that may be absent or null on the wire. */
export function mapOf<Value extends z.ZodType>(value: Value) {
	return z
		.record(z.string(), value)
		.nullish()
		.transform((map) => map ?? {});
}

/** A text that may be absent or null on the wire. */
export const optionalText = z
	.string()
	.nullish()
	.transform((text) => text ?? "");
