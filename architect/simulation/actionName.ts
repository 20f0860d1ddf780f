/** How an action is called in paths and traces; a name is optional in the vendor's format. */
export function nameOf(action: { readonly name: string; readonly kind: string }): string {
	return action.name === "" ? action.kind : action.name;
}
