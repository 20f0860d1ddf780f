import * as z from "zod";
import type { Created } from "../../../rehearsal/aws/declaring.ts";
import type { AccountState } from "../../../rehearsal/aws/state.ts";

/** What a resource is made with. */
export interface Making {
	/** Makes an API call. Throws Error with all that the service's model, or the service, says against it. */
	call(service: string, operation: string, input: unknown): Promise<Readonly<Record<string, unknown>>>;
	/** What was made so far, for the triggers. */
	readonly state: AccountState;
}

/** How a declared type is made: the calls that the AWS provider makes for it. Throws for a property that no call takes. */
export type Provision = (making: Making, inputs: unknown) => Promise<Created>;

/** A type by the properties that are known of it, so that a new one is never left out in silence. */
export const provision =
	<S extends z.ZodType>(properties: S, make: (making: Making, inputs: z.output<S>) => Promise<Created>): Provision =>
	async (making, inputs) => {
		const known = properties.safeParse(inputs);
		if (!known.success) throw new Error(z.prettifyError(known.error));
		return make(making, known.data);
	};

/** A text out of an answer. */
export function textOf(answer: unknown, ...path: readonly string[]): string {
	const value: unknown = path.reduce<unknown>((held, key) => Object(held)[key], answer);
	if (typeof value === "string") return value;
	throw new Error(`expected ${path.join(".")} to be a text, got ${JSON.stringify(value)}`);
}

/** Tags as most services want them. */
export const tagList = (tags: Readonly<Record<string, string>>) => Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
