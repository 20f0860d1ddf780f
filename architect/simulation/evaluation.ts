import { ExpressionError } from "../expressions/errors.ts";
import { type Content, type FlowValue, ValueError } from "../expressions/values.ts";
import type { Action, Value, VariableType } from "../model.ts";
import { nameOf } from "./actionName.ts";
import { FlowFailure } from "./failure.ts";
import type { Scope } from "./values.ts";

/** What a value is read from. */
interface Reading {
	readonly scope: Scope;
	/** Milliseconds since the epoch. */
	readonly now: number;
	/** Of the value, where it does not know its own. */
	readonly line?: number | undefined;
}

/** The value of a node of an action; what is wrong with it is a flow error at its line. */
export function valueAt(action: Action, value: Value, type: VariableType | undefined, { scope, now, line }: Reading): FlowValue {
	try {
		return scope.evaluate(value, type, now);
	} catch (error) {
		if (!(error instanceof ExpressionError || error instanceof ValueError)) throw error;
		const where = value.kind === "exp" && error instanceof ExpressionError ? ` In \`${value.exp}\`, at character ${error.position}.` : "";
		throw new FlowFailure(`${error.kind}: ${error.message}${where}`, nameOf(action), value.place?.line ?? line ?? action.place?.line);
	}
}

/** The same for what must be set. */
export function setValueAt(action: Action, value: Value, type: VariableType, reading: Reading): Content {
	const { content } = valueAt(action, value, type, reading);
	if (content !== undefined) return content;
	const source = value.kind === "exp" ? ` from \`${value.exp}\`` : "";
	const message = `not-set: Expected a value of type ${type}, got NOT_SET${source}.`;
	throw new FlowFailure(message, nameOf(action), value.place?.line ?? action.place?.line);
}
