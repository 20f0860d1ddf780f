export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The part of JSON Schema that data-action contracts use. */
export interface JsonSchema {
	readonly type?: string;
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly required?: readonly string[];
	readonly items?: JsonSchema;
	readonly enum?: readonly Json[];
	readonly additionalProperties?: boolean;
	readonly [key: string]: unknown;
}

/** What is wrong with a value under a contract, each with its path; empty when it fits. */
export function contractProblems(schema: JsonSchema, value: unknown, path = "$"): string[] {
	if (schema.type !== undefined && !hasType(value, schema.type)) return [`${path}: expected ${schema.type}, got ${kindOf(value)}`];
	if (schema.enum !== undefined && !schema.enum.some((allowed) => allowed === value)) {
		return [`${path}: expected one of ${JSON.stringify(schema.enum)}`];
	}
	if (Array.isArray(value)) {
		const { items } = schema;
		return items === undefined ? [] : value.flatMap((item, index) => contractProblems(items, item, `${path}[${index}]`));
	}
	return isRecord(value) ? objectProblems(schema, value, path) : [];
}

function objectProblems(schema: JsonSchema, value: Readonly<Record<string, unknown>>, path: string): string[] {
	const properties = schema.properties ?? {};
	const missing = (schema.required ?? []).filter((key) => value[key] === undefined).map((key) => `${path}.${key}: required, got nothing`);
	const unknown =
		schema.additionalProperties === false
			? Object.keys(value)
					.filter((key) => properties[key] === undefined)
					.map((key) => `${path}.${key}: not in the contract`)
			: [];
	const wrong = Object.entries(properties).flatMap(([key, property]) =>
		value[key] === undefined ? [] : contractProblems(property, value[key], `${path}.${key}`),
	);
	return [...missing, ...unknown, ...wrong];
}

/** A value as a flow sees it: one entry for each leaf of the contract (`a.b`); an array of objects gives one collection for each leaf. */
export function flatten(schema: JsonSchema, value: unknown): Record<string, Json> {
	const leaves: Record<string, Json> = {};
	for (const path of leafPaths(schema)) {
		const found = at(value, path);
		if (found !== undefined) leaves[path.join(".")] = found;
	}
	return leaves;
}

/** The names under which a contract's leaves can be bound in a flow. */
export function flatNames(schema: JsonSchema): string[] {
	return leafPaths(schema).map((path) => path.join("."));
}

function leafPaths(schema: JsonSchema): string[][] {
	const object = schema.type === "array" && schema.items?.properties !== undefined ? schema.items : schema;
	if (object.properties === undefined) return [];
	return Object.entries(object.properties).flatMap(([key, property]) => {
		const inner = leafPaths(property);
		return inner.length === 0 ? [[key]] : inner.map((path) => [key, ...path]);
	});
}

function at(value: unknown, path: readonly string[]): Json | undefined {
	if (Array.isArray(value)) return value.map((item) => at(item, path) ?? null);
	const [key, ...rest] = path;
	if (key === undefined) return value as Json;
	return isRecord(value) ? at(value[key], rest) : undefined;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}

function hasType(value: unknown, type: string): boolean {
	switch (type) {
		case "object":
			return isRecord(value);
		case "array":
			return Array.isArray(value);
		case "integer":
			return Number.isInteger(value);
		case "null":
			return value === null;
		default:
			return typeof value === type;
	}
}

function kindOf(value: unknown): string {
	if (value === null) return "null";
	return Array.isArray(value) ? "array" : typeof value;
}

/** The value of a JSON text; undefined when it is none. */
export function parseJson(text: string): { readonly value: unknown } | undefined {
	try {
		return { value: JSON.parse(text) };
	} catch {
		return undefined;
	}
}
