import type { Action, Value, Workflow } from "../model.ts";
import { placeholders } from "../substitute.ts";
import { maxima, tryParse } from "./constants.ts";
import { finding, type RuleFinding } from "./rule.ts";
import { everyStep } from "./steps.ts";

/**
 * Loops and waits without a maximum that can be proven. In flows of others a wait by expression and a loop over a collection are warnings: the
 * platform cuts the one off after 72 hours, and the other ends with its collection.
 */
export function unprovenMaxima(workflow: Workflow, ours: boolean): RuleFinding[] {
	const maximum = maxima(workflow);
	return everyStep(workflow).flatMap(({ action, owner }) => {
		if (action.kind === "loop") {
			const count = maximum(action.loopCount, owner);
			return count !== undefined && count >= 0 ? [] : loopBound(action, count, ours);
		}
		if (action.kind !== "wait" || maximum(action.duration, owner) !== undefined) return [];
		const computed = (action.duration.kind === "exp" || holdsPlaceholder(action.duration)) && !ours;
		const message = `Expected the duration of "${action.name}" to have a provable maximum, got none.`;
		const remedy = "Write a literal duration, or a variable that is given literal durations only.";
		return finding(action.duration.place ?? action.place, "wait-bound", message, remedy, computed ? "warning" : "error");
	});
}

function loopBound(action: Extract<Action, { kind: "loop" }>, count: number | undefined, ours: boolean): RuleFinding {
	const wanted = count === undefined ? "to have a provable maximum, got none" : `to be 0 or more, got ${count}`;
	const message = `Expected loopCount of "${action.name}" ${wanted}.`;
	const remedy = "Write a literal, or a variable that is no input and is given literals only.";
	const mayBeBounded = countsACollection(action.loopCount) || holdsPlaceholder(action.loopCount);
	const severity = mayBeBounded && !ours ? "warning" : "error";
	return finding(action.loopCount.place ?? action.place, "loop-bound", message, remedy, severity);
}

/** What a placeholder becomes is known with its substitution. */
function holdsPlaceholder(value: Value): boolean {
	return value.kind === "exp" ? placeholders(value.exp).length > 0 : value.kind === "lit" && value.open === true;
}

function countsACollection(value: Value): boolean {
	const expression = value.kind === "exp" ? tryParse(value.exp) : undefined;
	return expression?.kind === "call" && expression.name.toLowerCase() === "count";
}
