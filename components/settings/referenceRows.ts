import * as z from "zod";
import { units } from "../../functions/schemas/builders.ts";
import {
	allowedOf,
	alternatives,
	asNode,
	fallbackOf,
	isLeaf,
	isScalar,
	type Node,
	namesOf,
	quoted,
	typeOf,
	unitOf,
} from "./referenceCells.ts";

/** One setting in the reference, each cell as plain text. */
export interface ReferenceRow {
	/** Below the namespace: `[]` stands for each entry of a list, `<name>` for each name of your own. */
	readonly path: string;
	readonly type: string;
	readonly allowed: string;
	readonly unit: string;
	readonly fallback: string;
	readonly meaning: string;
}

/** Some settings under one heading. */
export interface ReferenceSection {
	readonly path: string;
	readonly meaning: string;
	readonly rows: readonly ReferenceRow[];
}

/** Every setting of the schema, by its top-level key; a section directly below a key has a heading of its own. */
export function referenceSections(schema: z.ZodObject): readonly ReferenceSection[] {
	const { properties, required } = jsonSchema(schema);
	return fieldsOf(properties, required).flatMap(({ name, node, isRequired }) => sectionsOf(name, node, isRequired, 0));
}

/** The JSON Schema with two words more at each place: what a value is counted in, and what the program expects when it refuses one. */
function jsonSchema(schema: z.ZodObject): Node {
	return z.toJSONSchema(schema, {
		io: "input",
		override: ({ zodSchema, jsonSchema: node }) => {
			const unit = units.get(zodSchema)?.unit;
			if (unit !== undefined) node.unit = unit;
			// No setting is a symbol: the answer is the message for what is not one at all.
			const message = z.safeParse(zodSchema, Symbol("none")).error?.issues[0]?.message;
			if (message !== undefined) node.expected = message;
		},
	});
}

interface Field {
	readonly name: string;
	readonly node: Node;
	readonly isRequired: boolean;
}

function fieldsOf(properties: Node["properties"] = {}, required: readonly string[] = []): readonly Field[] {
	return Object.entries(properties).map(([name, node]) => ({
		name,
		node: typeof node === "boolean" ? {} : node,
		isRequired: required.includes(name),
	}));
}

function sectionsOf(path: string, node: Node, isRequired: boolean, depth: number): readonly ReferenceSection[] {
	const meaning = node.description ?? "";
	if (node.properties === undefined) return [{ path, meaning: "", rows: rowsOf(path, node, isRequired) }];
	const fields = fieldsOf(node.properties, node.required);
	const below = depth === 0 ? fields.filter(({ node: child }) => child.properties !== undefined) : [];
	const rows = fields
		.filter((field) => !below.includes(field))
		.flatMap(({ name, node: child, isRequired: must }) => rowsOf(`${path}.${name}`, child, must));
	return [
		{ path, meaning, rows },
		...below.flatMap(({ name, node: child, isRequired: must }) => sectionsOf(`${path}.${name}`, child, must, depth + 1)),
	];
}

/** The row of a setting, and those of what stands in it. */
function rowsOf(path: string, node: Node, isRequired: boolean): readonly ReferenceRow[] {
	const value = asNode(node.additionalProperties);
	if (value !== undefined && isLeaf(value)) return [leafByName(path, node, value, isRequired)];
	const inner = innerRows(path, node);
	// A section says nothing that its fields do not say, but for its meaning.
	if (node.properties !== undefined && node.description === undefined) return inner;
	const row: ReferenceRow = {
		path,
		type: typeOf(node),
		allowed: allowedOf(node),
		unit: unitOf(node),
		fallback: fallbackOf(node, isRequired),
		meaning: node.description ?? "",
	};
	return [row, ...inner];
}

function innerRows(path: string, node: Node): readonly ReferenceRow[] {
	if (node.properties !== undefined) return childRows(path, node);
	const item = asNode(node.items);
	if (item !== undefined) return isScalar(item) ? [] : rowsOf(`${path}[]`, item, true);
	const value = asNode(node.additionalProperties);
	if (value !== undefined) return rowsOf(`${path}.<name>`, value, true);
	return [...wordRow(path, node), ...alternatives(node).flatMap((option) => optionRows(path, option))];
}

/** A value for each name of your own: one row tells both. */
function leafByName(path: string, node: Node, value: Node, isRequired: boolean): ReferenceRow {
	return {
		path: `${path}.<name>`,
		type: typeOf(value),
		allowed: `${allowedOf(value)}${namesOf(node)}`,
		unit: unitOf(value),
		fallback: fallbackOf(node, isRequired),
		meaning: node.description ?? "",
	};
}

/** The word that decides which form a section has, where it has several. */
function wordRow(path: string, node: Node): readonly ReferenceRow[] {
	const words = alternatives(node).flatMap((option) => decidingWord(option) ?? []);
	const [first] = words;
	if (first === undefined) return [];
	const allowed = words.map(({ node: word }) => quoted(word.const)).join(", ");
	return [
		{
			path: `${path}.${first.name}`,
			type: "text",
			allowed,
			unit: "",
			fallback: "required",
			meaning: "Decides what else the section holds.",
		},
	];
}

const decidingWord = (option: Node): Field | undefined => fieldsOf(option.properties).find(({ node }) => node.const !== undefined);

const childRows = (path: string, { properties, required }: Node, prefix = ""): readonly ReferenceRow[] =>
	fieldsOf(properties, required).flatMap(({ name, node, isRequired }) =>
		rowsOf(`${path}.${name}`, node, isRequired).map((row) => ({ ...row, meaning: `${prefix}${row.meaning}` })),
	);

/** One of several forms of a section: where a word decides which, each row of it names the word. */
function optionRows(path: string, option: Node): readonly ReferenceRow[] {
	const word = decidingWord(option);
	if (word === undefined) return childRows(path, option);
	const { [word.name]: _word, ...properties } = option.properties ?? {};
	return childRows(path, { ...option, properties }, `With ${word.name} ${quoted(word.node.const)}: `);
}
