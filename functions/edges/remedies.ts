import { type GenericSchema, safeParse } from "valibot";
import { type AnyRemedyKind, remedyKindOf, valuesOf } from "../../remedies/kinds.ts";
import type { Tools } from "../../remedies/remedy.ts";
import type { Remedies, RemedyActs, RemedyOrder } from "../pipeline/ports.ts";
import { remedyAnswers } from "../schemas/remedyRequest.ts";
import type { Invoke } from "./aws/invoke.ts";
import { failure } from "./http/http.ts";

/** The remediator, asked by another function. Throws only EdgeError. */
export function remediator(invoke: Invoke, functionName: () => string): Remedies {
	const ask = async <T>(schema: GenericSchema<unknown, T>, payload: unknown): Promise<T> => {
		const parsed = safeParse(schema, await invoke(functionName(), payload));
		if (parsed.success) return parsed.output;
		throw failure("malformed", "The remediator: expected an answer of its contract, got something else");
	};
	return {
		begin: ({ by, ...input }) => ask(remedyAnswers.begin, { operation: "begin", by, input }),
		check: ({ by, ...input }) => ask(remedyAnswers.check, { operation: "check", by, input }),
		undo: ({ by, ...input }, why) => ask(remedyAnswers.undo, { operation: "undo", by, input: { ...input, why } }),
		approve: (input, press) => ask(remedyAnswers.approve, { operation: "approve", press, input }),
	};
}

/** What a remedy does, by the description of its kind. Throws only EdgeError. */
export function remedyActs(tools: Tools): RemedyActs {
	const described = ({ remedy, ...about }: RemedyOrder) => {
		const kind = remedyKindOf(remedy.kind);
		const given = [{ ...about, remedy: valuesOf(remedy) }, tools] as const;
		return { kind, given };
	};
	const by =
		<T>(act: (kind: AnyRemedyKind, given: ReturnType<typeof described>["given"]) => Promise<T>) =>
		async (order: RemedyOrder): Promise<T> => {
			const { kind, given } = described(order);
			return act(kind, given);
		};
	return {
		inspect: by((kind, given) => kind.inspect(...given)),
		act: by((kind, given) => kind.act(...given)),
		progress: by((kind, given) => kind.progress(...given)),
		undo: by((kind, given) => kind.undo(...given)),
	};
}
