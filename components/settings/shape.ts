import * as z from "zod";

/** The keys that `schema` allows at `path`; where a union decides by its discriminator, the keys of the option that `raw` chose. */
export function allowedKeys(schema: z.core.$ZodType, raw: unknown, path: readonly PropertyKey[]): readonly string[] {
	const inner = unwrapped(schema);
	if (inner instanceof z.ZodDiscriminatedUnion) {
		const option = inner.options.find((candidate) => matches(candidate, inner.def.discriminator, raw));
		return option === undefined ? [] : allowedKeys(option, raw, path);
	}
	if (inner instanceof z.ZodUnion) return inner.options.flatMap((option) => allowedKeys(option, raw, path));
	const [step, ...rest] = path;
	if (step === undefined) return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
	const child = childOf(inner, step);
	const value = typeof raw === "object" && raw !== null ? Reflect.get(raw, step) : undefined;
	return child === undefined ? [] : allowedKeys(child, value, rest);
}

function childOf(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | undefined {
	if (schema instanceof z.ZodObject) return schema.shape[String(step)];
	if (schema instanceof z.ZodRecord) return schema.valueType;
	return schema instanceof z.ZodArray ? schema.element : undefined;
}

function unwrapped(schema: z.core.$ZodType): z.core.$ZodType {
	const wrapper =
		schema instanceof z.ZodDefault ||
		schema instanceof z.ZodPrefault ||
		schema instanceof z.ZodOptional ||
		schema instanceof z.ZodExactOptional;
	return wrapper ? unwrapped(schema.def.innerType) : schema;
}

function matches(option: z.core.$ZodType, discriminator: string, raw: unknown): boolean {
	const literal = option instanceof z.ZodObject ? option.shape[discriminator] : undefined;
	const value = typeof raw === "object" && raw !== null ? Reflect.get(raw, discriminator) : undefined;
	return literal instanceof z.ZodLiteral && literal.values.has(value);
}
