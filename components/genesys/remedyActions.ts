import { type RemedyOperation, remedy } from "../../contracts/remedy.ts";
import { type ActionContract, type ActionSet, contractFields } from "./dataAction.ts";

export type RemedyActionSet = ActionSet<RemedyOperation>;

/** The data actions with which the workflow begins a remedy, asks whether it helped, and undoes it. */
export function remedyActions(base: string): RemedyActionSet {
	return {
		key: "remedy",
		category: `${base} Remedies`,
		actions: { begin: operation("begin", "Begin", 30), check: operation("check", "Check", 15), undo: operation("undo", "Undo", 30) },
	};
}

/** Who asks stands in the template, outside of what the workflow may say. */
function operation(name: RemedyOperation, verb: string, timeoutSeconds: number): ActionContract {
	return {
		verb,
		inputs: contractFields(remedy[name].says),
		outputs: contractFields(remedy[name].answers),
		timeoutSeconds,
		request: { type: "POST", body: `{"operation":"${name}","by":"workflow","input":\${input.rawRequest}}` },
		response: { template: "${rawResult}" },
	};
}
