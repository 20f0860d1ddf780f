import type { Action } from "../model.ts";

/** One list of actions directly inside an action. */
export interface Branch {
	/** What follows the action's name in a path. */
	readonly label: string;
	readonly actions: readonly Action[];
}

/** How an action is called in paths and traces; a name is optional in the vendor's format. */
export function nameOf(action: { readonly name: string; readonly kind: string }): string {
	return action.name === "" ? action.kind : action.name;
}

/** Every list of actions directly inside an action, with its label. */
export function branches(action: Action): readonly Branch[] {
	switch (action.kind) {
		case "decision":
			return [labelled("yes", action.yes), labelled("no", action.no)];
		case "switch":
			return [...action.cases.map((each, index) => labelled(`case ${index + 1}`, each.actions)), labelled("default", action.default)];
		case "loop":
			return [{ label: "", actions: action.body }];
		case "callData":
			return [labelled("success", action.success), labelled("failure", action.failure), labelled("timeout", action.timeoutActions)];
		case "callTask":
			return [labelled("default", action.default), ...(action.paths ?? []).map(({ name, actions }) => labelled(name, actions))];
		default:
			return [];
	}
}

function labelled(label: string, actions: readonly Action[] | undefined): Branch {
	return { label: `/${label}`, actions: actions ?? [] };
}
