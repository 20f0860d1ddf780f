import { fromJson } from "../expressions/exchange.ts";
import { ValueError } from "../expressions/values.ts";
import type { Action, CallData } from "../model.ts";
import type { CallResult, Json } from "./effects.ts";
import { failure } from "./failure.ts";
import type { Scope } from "./values.ts";

/** An output that the answer lacks is NOT_SET; the timeout path has none. Other paths leave the variables as they were. */
export function bindOutputs(action: CallData, result: CallResult, scope: Scope): void {
	if (result.kind === "timeout") return;
	bindAll(action, result.kind === "success" ? action.successOutputs : action.failureOutputs, result.outputs, action.dataAction, scope);
}

/** Writes each output to its variable; one that the answer lacks is NOT_SET. Throws FlowFailure for a value of another type. */
export function bindAll(
	action: Action,
	bindings: Readonly<Record<string, string>>,
	outputs: Readonly<Record<string, Json>>,
	of: string,
	scope: Scope,
): void {
	for (const [output, variable] of Object.entries(bindings)) {
		const type = scope.read(variable)?.type ?? "string";
		const json = outputs[output];
		try {
			// The platform casts a number (a failure's status) to a string variable by itself.
			scope.write(variable, fromJson(type, type === "string" && typeof json === "number" ? String(json) : json).content);
		} catch (error) {
			if (!(error instanceof ValueError)) throw error;
			throw failure(action, `The output ${output} of ${of} for ${variable}: ${error.message}.`);
		}
	}
}
