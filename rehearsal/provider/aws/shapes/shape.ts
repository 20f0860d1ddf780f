import * as z from "zod";

/** What is known of a type of `@pulumi/aws`, as far as the program uses it. A test holds the properties against the typings. */
export interface Shape {
	readonly inputs: z.ZodObject;
	/** Inputs whose change needs a new resource ("ForceNew" in the provider's sources). */
	readonly replacing: readonly string[];
	/** The input that is its name: no two may have the same, so that the old one goes first. */
	readonly nameKey?: string;
	/** Outputs that the inputs do not have. */
	readonly computed: readonly string[];
	/** Inputs that the provider takes and never hands back, nor looks at for a change. */
	readonly writeOnly?: readonly string[];
}

export const texts = z.record(z.string(), z.string());

/** A JSON document as a text. */
export const document = z.string().refine(isJson, { error: "expected a JSON document" });

export const arn = z.string().startsWith("arn:");

function isJson(text: string): boolean {
	try {
		return typeof JSON.parse(text) === "object";
	} catch {
		return false;
	}
}
