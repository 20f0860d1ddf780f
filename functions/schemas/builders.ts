import * as z from "zod";

/** Every error text of the settings completes the sentence "expected …". */
export const oneOf = (values: readonly (string | number)[]): string => `one of ${values.join(", ")}`;

/** What a number counts, for the reference of settings. */
export const units = z.registry<{ readonly unit: string }>();

/** A whole number within bounds, of a unit. */
export const whole = (minimum: number, maximum: number, unit: string) => {
	const error = `a whole number of ${unit} from ${minimum} to ${maximum}`;
	return z.int({ error }).min(minimum, { error }).max(maximum, { error }).register(units, { unit });
};

const shareError = "a share above 0 and at most 1";
export const share = () => z.number({ error: shareError }).gt(0, { error: shareError }).max(1, { error: shareError });

/** A text of a pattern. */
export const text = (pattern: RegExp, error: string) => z.string({ error }).regex(pattern, { error });

/** One of a closed set of words. */
export const choice = <const T extends readonly string[]>(values: T) => z.enum(values, { error: oneOf(values) });

/** An object with these keys and no others. */
export const section = <const S extends z.core.$ZodLooseShape>(shape: S) =>
	z.strictObject(shape, { error: `a section with ${Object.keys(shape).join(", ")}` });
