/** One resource as a stack declares it: secrets unwrapped, and `unknown` below for what only the deployment will know. */
export interface Resource {
	/** As Pulumi has it: `aws:sqs/queue:Queue`. */
	readonly type: string;
	readonly name: string;
	readonly inputs: Readonly<Record<string, unknown>>;
	/** Pulumi's own protection against deletion. */
	readonly protect: boolean;
}

/** Stands for a value that is not known before something else exists; it is judged when it is. */
export const notYetKnown = Symbol("not yet known");

/** A value without what cannot be read yet. Reading an unknown property throws: that is how the policy library tells of it. */
export function knownParts(value: unknown): unknown {
	if (Array.isArray(value)) return Array.from({ length: value.length }, (_, index) => read(value, index));
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.keys(value).map((key) => [key, read(value, key)]));
}

function read(holder: object, key: string | number): unknown {
	try {
		return knownParts(Reflect.get(holder, key));
	} catch {
		return notYetKnown;
	}
}

export const recordOf = (value: unknown): Readonly<Record<string, unknown>> =>
	typeof value === "object" && value !== null && !Array.isArray(value) ? Object.fromEntries(Object.entries(value)) : {};

/** One value or a list of them, as AWS's documents take it. */
export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

const isNumber = (value: unknown, least: number): boolean => typeof value === "number" && Number.isFinite(value) && value >= least;

/** Whether something stands there, or will. */
export const isGiven = (value: unknown): boolean => value === notYetKnown || (typeof value === "string" && value.trim() !== "");

/** A number of at least so much, or one that is not known yet. */
export const isAtLeast = (value: unknown, least: number): boolean => value === notYetKnown || isNumber(value, least);

/** `true`, or what is not known yet: nothing else counts, not even the text. */
export const isOn = (value: unknown): boolean => value === notYetKnown || value === true;

/** What an ARN or a name ends with: the name of a function or of a queue. */
export const lastOf = (arn: unknown): string => (typeof arn === "string" ? (arn.split(":").at(-1) ?? "") : "");

/** A value in a message, whatever it is. */
export const shown = (value: unknown): string => (typeof value === "string" ? value : (JSON.stringify(value) ?? typeof value));
