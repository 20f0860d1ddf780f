import type * as z from "zod";

/** A part of a configuration that is right by itself; undefined for one that is not, whatever else is wrong. */
export function part<T extends z.ZodType>(schema: T, value: unknown): z.infer<T> | undefined {
	const result = schema.safeParse(value);
	return result.success ? result.data : undefined;
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export function record(value: unknown): Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
