import { isUnknown, isValues, plain, plainValues, type Values } from "../../engine/marks.ts";
import { type Asked, changedKeys, type Difference, type Refused } from "../../engine/plugin.ts";
import { shapes } from "./shapes/index.ts";
import type { Shape } from "./shapes/shape.ts";

/** What the provider would not take: an unknown type or property, one that is missing, a value that is none of those allowed. What is not known yet is not judged. */
export function refusedOf({ type, inputs }: Pick<Asked, "type" | "inputs">): readonly Refused[] {
	const shape = Object.hasOwn(shapes, type) ? shapes[type] : undefined;
	if (shape === undefined) return [{ property: "", reason: `expected one of ${Object.keys(shapes).join(", ")}, got ${type}` }];
	const values = plain(inputs);
	const { error } = shape.inputs.safeParse(values);
	return (error?.issues ?? [])
		.filter(({ path }) => !isUnknown(valueAt(values, path)))
		.map(({ path, message }) => ({ property: path.map(String).join("."), reason: message }));
}

const valueAt = (values: unknown, path: readonly PropertyKey[]): unknown =>
	path.reduce<unknown>((held, key) => (Array.isArray(held) ? held[Number(key)] : isValues(held) ? held[String(key)] : undefined), values);

/** Which inputs changed, and what that means. What is not known yet counts as changed. */
export function differenceOf({ replacing, nameKey, writeOnly = [] }: Shape, before: Values, after: Values): Difference {
	const changed = changedKeys(plainValues(before), plainValues(after)).filter((key) => !writeOnly.includes(key));
	const fresh = changed.filter((key) => replacing.includes(key));
	const keepsName = nameKey !== undefined && plain(before[nameKey]) === plain(after[nameKey]);
	return { changed, replacing: fresh, deletesFirst: fresh.length > 0 && keepsName };
}
