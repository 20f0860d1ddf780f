import type { Action } from "../model.ts";
import { nameOf } from "./actionName.ts";
import type { Effect } from "./effects.ts";

/** A flow error: the platform goes to its error handling, which ends the run. */
export class FlowFailure extends Error {
	readonly action: string;
	readonly line: number | undefined;
	constructor(message: string, action: string, line: number | undefined) {
		super(message);
		this.name = "FlowFailure";
		this.action = action;
		this.line = line;
	}
}

/** A flow error at an action. */
export function failure(action: Action, message: string): FlowFailure {
	return new FlowFailure(message, nameOf(action), action.place?.line);
}

/** Ends a run at an effect that nobody can answer: `steps.throw(unanswered(effect))` returns what was done until then. */
export const unanswered = ({ action, path }: Effect): FlowFailure =>
	new FlowFailure(`Expected an answer at ${path}, got none.`, action, undefined);
