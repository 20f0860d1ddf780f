import { fromJson } from "../expressions/exchange.ts";
import { ValueError } from "../expressions/values.ts";
import type { CallData } from "../model.ts";
import type { CallResult } from "./effects.ts";
import { failure } from "./failure.ts";
import type { Scope } from "./values.ts";

/** An output that the answer lacks is NOT_SET; the timeout path has none. Other paths leave the variables as they were. */
export function bindOutputs(action: CallData, result: CallResult, scope: Scope): void {
	if (result.kind === "timeout") return;
	const bindings = result.kind === "success" ? action.successOutputs : action.failureOutputs;
	for (const [output, variable] of Object.entries(bindings)) {
		const type = scope.read(variable)?.type ?? "string";
		const json = result.outputs[output];
		try {
			// The platform casts a number (a failure's status) to a string variable by itself.
			scope.write(variable, fromJson(type, type === "string" && typeof json === "number" ? String(json) : json).content);
		} catch (error) {
			if (!(error instanceof ValueError)) throw error;
			throw failure(action, `The output ${output} of ${action.dataAction} for ${variable}: ${error.message}.`);
		}
	}
}
