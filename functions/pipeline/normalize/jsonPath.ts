/**
 * The JSON paths that settings may use: `$`, `.name`, `['name']`, `[0]` and `[*]`. No filters and no scripts: what is selected is decided by
 * the settings alone, and nothing of a body is ever run.
 */
export const jsonPathPattern = /^\$(?:\.[A-Za-z_][\w-]*|\['[^'\]]+'\]|\[\d{1,4}\]|\[\*\])*$/;

/** Everything at a path, in order; nothing where there is no such place. */
export function select(document: unknown, path: string): readonly unknown[] {
	const steps = path.matchAll(/\.([A-Za-z_][\w-]*)|\['([^'\]]+)'\]|\[(\d{1,4})\]|\[\*\]/g);
	return [...steps].reduce<readonly unknown[]>(
		(found, [, dotted, quoted, index]) => found.flatMap((each) => childrenOf(each, dotted ?? quoted ?? index)),
		[document],
	);
}

function childrenOf(value: unknown, name: string | undefined): readonly unknown[] {
	if (typeof value !== "object" || value === null) return [];
	if (name === undefined) return Object.values(value);
	return Object.hasOwn(value, name) ? [Reflect.get(value, name)] : [];
}
