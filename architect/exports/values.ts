import { type Fields, isFields, textOf } from "./decode.ts";

/** A node of an Archy document. */
export type Node = string | number | boolean | readonly Node[] | { readonly [key: string]: Node };

/** The types of expressions as exports write them; a list of them ends in `_coll`. */
const types: Readonly<Record<string, string>> = {
	str: "string",
	int: "integer",
	dec: "decimal",
	bln: "boolean",
	dtm: "dateTime",
	dat: "date",
	tim: "time",
	dur: "duration",
	jsn: "json",
	cur: "currency",
	phn: "phoneNumber",
	usr: "user",
	que: "queue",
	skl: "skill",
	lac: "language",
	grp: "group",
	pmt: "prompt",
};

/** The name that Archy has for the type of an expression. */
export function typeOf(type: unknown): string {
	const text = textOf(type);
	const element = text.replace(/_coll$/, "");
	const name = Object.hasOwn(types, element) ? (types[element] ?? element) : element;
	return text === element ? name : `${name}Collection`;
}

/** Whether something is an expression: a text with the tree that Architect made of it. */
export const isExpression = (value: unknown): value is Fields => isFields(value) && "text" in value && "type" in value;

const treeOf = ({ config }: Fields): readonly [kind: string, tree: unknown] => {
	const [first] = isFields(config) ? Object.entries(config) : [];
	return first ?? ["emp", undefined];
};

/** `lit`, `exp` or `noValue`, as the tree says. */
export function valueNode(value: unknown): Node {
	if (!isExpression(value)) return { noValue: true };
	const [kind, tree] = treeOf(value);
	const text = textOf(value.text);
	if (kind === "emp" || text.trim() === "") return { noValue: true };
	return kind === "lit" ? { lit: literalOf(typeOf(value.type), text, tree) } : { exp: text };
}

/** `var` of a variable that is written. */
export const bindingOf = (value: unknown): Node =>
	isExpression(value) && treeOf(value)[0] !== "emp" ? { var: textOf(value.text) } : { noValue: true };

/** Whether an expression is a variable that is written, and not read. */
export const isBinding = (value: Fields): boolean => isFields(value.uiMetaData) && value.uiMetaData.mode === 2;

function literalOf(type: string, text: string, tree: unknown): Node {
	switch (type) {
		case "integer":
		case "decimal":
			return Number(text);
		case "boolean":
			return text === "true";
		case "duration":
			return durationOf(text) ?? text;
		default:
			// Things of the organization have an id beside their name.
			return isFields(tree) && "val" in tree && type !== "string" ? { name: text } : text;
	}
}

/** `P0D0H1M0S0F`: days, hours, minutes, seconds and milliseconds. */
function durationOf(text: string): Node | undefined {
	const [, days, hours, minutes, seconds, milliseconds] = /^P(\d+)D(\d+)H(\d+)M(\d+)S(\d+)F$/.exec(text) ?? [];
	const parts = Object.entries({ days, hours, minutes, seconds, ms: milliseconds });
	if (parts.some(([, part]) => part === undefined)) return undefined;
	const set = parts.flatMap(([unit, part]): [string, number][] => (Number(part) === 0 ? [] : [[unit, Number(part)]]));
	return set.length === 0 ? { seconds: 0 } : Object.fromEntries(set);
}
