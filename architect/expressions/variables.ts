import { type Entities, entityKinds, isEntity } from "./entities.ts";
import { fromJson } from "./exchange.ts";
import { type FlowValue, scalarTypes, type Type, ValueError, variableTypes } from "./values.ts";

/** What a document of variables or entities must say instead; the message names the place. */
export class DocumentError extends Error {
	constructor(message: string) {
		super(message);
		this.name = "DocumentError";
	}
}

const variableName = /^[A-Za-z_]\w*\.[A-Za-z_]\w*$/;

/**
 * The variables of a document `{ "Flow.x": value }`. A number is an integer or a decimal, null is NOT_SET, an object is JSON,
 * an array is a collection of what its elements are; `{ "type": "dateTime", "value": "…" }` gives a type that JSON lacks.
 * Throws DocumentError.
 */
export function readVariables(json: unknown): Readonly<Record<string, FlowValue>> {
	const variables: Record<string, FlowValue> = {};
	const seen = new Set<string>();
	for (const [name, value] of Object.entries(expectObject(json, "variables by name"))) {
		if (!variableName.test(name)) throw new DocumentError(`Expected a variable's name with its scope such as Flow.x, got "${name}".`);
		if (seen.has(name.toLowerCase())) throw new DocumentError(`Expected each variable once (names ignore case), got "${name}" twice.`);
		seen.add(name.toLowerCase());
		variables[name] = readVariable(name, value);
	}
	return variables;
}

/** The entities of a document `{ "queues": [{ "id": "…", "name": "…" }] }`; users also have a `username`. Throws DocumentError. */
export function readEntities(json: unknown): Entities {
	const document = expectObject(json, "entities by kind");
	for (const [kind, entities] of Object.entries(document)) {
		if (!entityKinds.some((known) => known === kind)) {
			throw new DocumentError(`Expected one of ${entityKinds.join(", ")}, got "${kind}".`);
		}
		if (!Array.isArray(entities)) throw new DocumentError(`Expected ${kind} to be an array, got ${shortly(entities)}.`);
		const wrong: unknown = entities.find((each: unknown) => !isListed(each, kind));
		if (wrong !== undefined) {
			const form = kind === "users" ? '{"id", "name", "username"}' : '{"id", "name"}';
			throw new DocumentError(`Expected ${kind} to be an array of ${form} objects of strings, got ${shortly(wrong)}.`);
		}
	}
	return document;
}

/** An entity, without a key that nothing looks at. */
function isListed(json: unknown, kind: string): boolean {
	const allowed = kind === "users" ? ["id", "name", "username"] : ["id", "name"];
	return isEntity(json) && Object.keys(json).every((key) => allowed.includes(key));
}

function shortly(json: unknown): string {
	return JSON.stringify(json).slice(0, 60);
}

function readVariable(name: string, json: unknown): FlowValue {
	try {
		const typed = explicit(json);
		return typed === undefined ? fromJson(typeOfJson(json), json) : fromJson(typed.type, typed.value);
	} catch (error) {
		if (error instanceof ValueError) throw new DocumentError(`${name}: ${error.message.replace(/\.$/, "")}.`);
		throw error;
	}
}

/** An object of exactly `type` and `value`. */
function explicit(json: unknown): { readonly type: Type; readonly value: unknown } | undefined {
	if (typeof json !== "object" || json === null || !("type" in json && "value" in json) || Object.keys(json).length !== 2) return undefined;
	const { type, value } = json;
	const known = variableTypes.find((each) => each === type);
	if (known !== undefined) return { type: known, value };
	throw new ValueError("bad-cast", `expected one of the types ${variableTypes.join(", ")}, got ${JSON.stringify(type)}`);
}

function typeOfJson(json: unknown): Type {
	if (json === null) return "notSet";
	if (typeof json === "string") return "string";
	if (typeof json === "boolean") return "boolean";
	if (typeof json === "number") return Number.isInteger(json) ? "integer" : "decimal";
	return Array.isArray(json) ? collectionOf(json) : "json";
}

function collectionOf(items: readonly unknown[]): Type {
	const types = new Set(items.map(typeOfJson).filter((type) => type !== "notSet"));
	if (types.size === 2 && types.has("integer") && types.has("decimal")) return "decimalCollection";
	const [type] = types;
	const element = scalarTypes.find((scalar) => scalar === type);
	if (types.size === 1 && element !== undefined) return `${element}Collection`;
	const got = types.size === 0 ? "an array without a value" : `an array of ${[...types].join(", ")}`;
	throw new ValueError("bad-cast", `expected an array of values of one type, or {"type": "stringCollection", "value": […]}, got ${got}`);
}

function expectObject(json: unknown, what: string): Readonly<Record<string, unknown>> {
	if (typeof json === "object" && json !== null && !Array.isArray(json)) return { ...json };
	throw new DocumentError(
		`Expected an object of ${what}, got ${json === null ? "null" : Array.isArray(json) ? "an array" : `a ${typeof json}`}.`,
	);
}
