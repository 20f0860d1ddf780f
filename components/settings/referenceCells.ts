import type * as z from "zod";

/** One place of the JSON Schema of the settings, with the two words that the reference adds to it: `unit` and `expected`. */
export type Node = z.core.JSONSchema.JSONSchema;

/** What kind of value it is, in words. */
export function typeOf(node: Node): string {
	const options = alternatives(node);
	if (options.length > 0) return [...new Set(options.map(typeOf))].join(" or ");
	if (node.const !== undefined) return quoted(node.const);
	const item = asNode(node.items);
	if (item !== undefined) return isScalar(item) ? `list of ${typeOf(item)}s` : "list of sections";
	return typeof node.type === "string" ? typeNames[node.type] : "anything";
}

const typeNames = {
	integer: "whole number",
	number: "number",
	boolean: "true or false",
	string: "text",
	object: "section",
	array: "list",
	null: "nothing",
} as const;

/** What the value may be: a range, a set, or what the program says when it refuses one. */
export function allowedOf(node: Node): string {
	if (node.enum !== undefined) return node.enum.map(quoted).join(", ");
	if (node.type === "boolean") return "`true`, `false`";
	const { minimum, maximum, exclusiveMinimum } = node;
	if (exclusiveMinimum !== undefined && maximum !== undefined) return `above ${exclusiveMinimum}, at most ${maximum}`;
	if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
	const item = asNode(node.items);
	const each = item !== undefined && isScalar(item) ? allowedOf(item) : "";
	const whole = expectedOf(node);
	return `${whole}${each === "" || each === whole ? "" : `; each ${each}`}${namesOf(node)}`;
}

/** What the names of a section must be that may be chosen freely. */
export function namesOf({ propertyNames }: Node): string {
	const names = asNode(propertyNames);
	return names === undefined ? "" : `; each name ${expectedOf(names)}`;
}

const expectedOf = (node: Node): string => (typeof node.expected === "string" ? node.expected : "");

/** What a number counts; "" for everything else. */
export function unitOf(node: Node): string {
	if (typeof node.unit === "string") return node.unit;
	const item = asNode(node.items);
	return item === undefined ? "" : unitOf(item);
}

/** What counts where a stack says nothing. */
export function fallbackOf(node: Node, isRequired: boolean): string {
	if (isRequired) return "required";
	if (node.default === undefined) return "none";
	if (JSON.stringify(node.default) !== "{}") return quoted(node.default);
	return node.propertyNames === undefined ? "a section of the defaults" : "none";
}

/** The forms that a value may have; none where there is but one. */
export const alternatives = (node: Node): readonly Node[] =>
	(node.anyOf ?? node.oneOf ?? []).flatMap((option): readonly Node[] => {
		const alternative = asNode(option);
		return alternative === undefined ? [] : [alternative];
	});

/** Whether it is one plain value. */
export const isScalar = (node: Node): boolean => node.type !== "object" && node.type !== "array" && alternatives(node).length === 0;

/** Whether nothing in it has a name: one plain value, or a list of them. */
export function isLeaf(node: Node): boolean {
	const item = asNode(node.items);
	return isScalar(node) || (item !== undefined && isScalar(item));
}

/** The part of a JSON Schema that describes values: not one that only forbids them. */
export function asNode(part: z.core.JSONSchema._JSONSchema | z.core.JSONSchema._JSONSchema[] | undefined): Node | undefined {
	return typeof part === "object" && !Array.isArray(part) ? part : undefined;
}

/** A value as it stands in a stack file. */
export const quoted = (value: unknown): string => `\`${typeof value === "string" ? value : JSON.stringify(value).replaceAll(",", ", ")}\``;
