import type * as z from "zod";
import type { Remedies, RemedyActs, RemedyOrder } from "../pipeline/ports.ts";
import { remedyAnswers } from "../schemas/remedyRequest.ts";
import type { Invoke } from "./aws/invoke.ts";
import { failure } from "./http/http.ts";

/** The remediator, asked by another function. Throws only EdgeError. */
export function remediator(invoke: Invoke, functionName: () => string): Remedies {
	const ask = async <T>(schema: z.ZodType<T>, payload: unknown): Promise<T> => {
		const parsed = schema.safeParse(await invoke(functionName(), payload));
		if (parsed.success) return parsed.data;
		throw failure("malformed", "The remediator: expected an answer of its contract, got something else");
	};
	return {
		begin: ({ by, ...input }) => ask(remedyAnswers.begin, { operation: "begin", by, input }),
		check: ({ by, ...input }) => ask(remedyAnswers.check, { operation: "check", by, input }),
		undo: ({ by, ...input }, why) => ask(remedyAnswers.undo, { operation: "undo", by, input: { ...input, why } }),
		approve: (input, press) => ask(remedyAnswers.approve, { operation: "approve", press, input }),
	};
}

/** The adapter of each kind of remedy, made when it is first used: a function needs only what its runbooks use. */
export function remedyActs(kinds: Readonly<Record<RemedyOrder["remedy"]["kind"], () => RemedyActs>>): RemedyActs {
	const of = ({ remedy }: RemedyOrder): RemedyActs => kinds[remedy.kind]();
	return {
		look: async (order) => of(order).look(order),
		act: async (order) => of(order).act(order),
		progress: async (order) => of(order).progress(order),
		undo: async (order) => of(order).undo(order),
	};
}
