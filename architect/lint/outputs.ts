import { foreignActions } from "../foreign.ts";
import type { Action } from "../model.ts";
import { list } from "../names.ts";
import { finding, type Rule, type RuleFinding } from "./rule.ts";
import { everyStep } from "./steps.ts";

/** The paths that are written of an action of the vendor's (`dataTableLookup`: found, notFound, failure) are among those that it has. */
export const outputs: Rule = ({ workflow }) => everyStep(workflow).flatMap(({ action }) => unknownPaths(action));

function unknownPaths(action: Action): RuleFinding[] {
	const known = action.kind === "unmodelled" && Object.hasOwn(foreignActions, action.type) ? foreignActions[action.type] : undefined;
	if (action.kind !== "unmodelled" || known === undefined) return [];
	return action.paths.flatMap(({ name }) => {
		if (known.includes(name)) return [];
		return finding(
			action.place,
			"output-unknown",
			`Expected a path that ${action.type} has${known.length === 0 ? ", and it has none" : ` (${list(known)})`}, got "${name}".`,
			"Correct the name (case counts): what stands on a path that is never taken does not run.",
			"warning",
		);
	});
}
