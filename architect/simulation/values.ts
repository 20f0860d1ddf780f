import { builtIns as platformVariables } from "../expressions/builtIns.ts";
import { check, type VariableTypes } from "../expressions/check.ts";
import type { Checked } from "../expressions/checked.ts";
import { type Entities, findEntity, listsKind } from "../expressions/entities.ts";
import { run } from "../expressions/evaluate.ts";
import { fromJson } from "../expressions/exchange.ts";
import { conversion, converted } from "../expressions/implicit.ts";
import {
	type Content,
	elementOf,
	entityTypes,
	type FlowValue,
	inRange,
	type Type,
	ValueError,
	type VariableType,
	variableTypes,
} from "../expressions/values.ts";
import {
	type CollectionLiteral,
	type DurationLiteral,
	type EntityLiteral,
	isCollectionLiteral,
	isEntityLiteral,
	type Literal,
	type Sequence,
	type SingleLiteral,
	type Value,
	type Variable,
} from "../model.ts";

/** The checked expressions of one state or task, by their text. */
export type Programs = ReadonlyMap<string, Checked>;

/** The values that a running state or task can see: the flow's and its own. Names ignore case. */
export class Scope {
	readonly #programs: Programs;
	readonly #flow: Map<string, FlowValue>;
	readonly #own: Map<string, FlowValue>;
	readonly #entities: Entities;

	constructor(programs: Programs, flow: Map<string, FlowValue>, own: readonly Variable[], entities: Entities) {
		this.#programs = programs;
		this.#flow = flow;
		this.#entities = entities;
		this.#own = initialValues(own, entities);
	}

	read(name: string): FlowValue | undefined {
		const key = name.toLowerCase();
		return this.#own.get(key) ?? this.#flow.get(key);
	}

	write(name: string, content: Content | undefined): void {
		const key = name.toLowerCase();
		const values = this.#own.has(key) ? this.#own : this.#flow;
		const type = values.get(key)?.type;
		if (type === undefined) throw new ValueError("bad-cast", `expected a declared variable, got ${name}`);
		values.set(key, { type, content });
	}

	/** The value of a node as a value of `type` (undefined: of its own type). Throws ExpressionError and ValueError. */
	evaluate(value: Value, type: VariableType | undefined, now: number): FlowValue {
		if (value.kind === "noValue") return { type: type ?? "notSet", content: undefined };
		if (value.kind === "lit") return literal(value.lit, type, this.#entities);
		const program = this.#programs.get(value.exp);
		if (program === undefined) throw new ValueError("bad-cast", `expected an expression that was checked before, got ${value.exp}`);
		return { type: type ?? program.type, content: run(program, (key) => this.read(key)?.content, now, { entities: this.#entities }) };
	}
}

/** The platform's own variables of a run that starts at `now`, by name in lower case. */
export function platformValues(now: number): Map<string, FlowValue> {
	return new Map(Object.entries(platformVariables(now)).map(([name, value]) => [name.toLowerCase(), value]));
}

/** The values that variables have before anything is assigned. Throws ValueError. */
export function initialValues(variables: readonly Variable[], entities: Entities = {}): Map<string, FlowValue> {
	return new Map(
		variables.map(({ name, type, initialValue }) => [
			name.toLowerCase(),
			initialValue.kind === "lit" ? literal(initialValue.lit, type, entities) : { type, content: undefined },
		]),
	);
}

const platformTypes: VariableTypes = Object.fromEntries(Object.entries(platformVariables(0)).map(([name, { type }]) => [name, type]));

/** The types that the expressions of a state or task are checked against. */
export function typesIn(flow: readonly Variable[], sequence: Sequence): VariableTypes {
	return { ...platformTypes, ...Object.fromEntries([...flow, ...sequence.variables].map(({ name, type }) => [name, type])) };
}

/** Everything that is wrong with an expression, or the checked expression. `type` is what its place expects. */
export function checkedAs(
	exp: string,
	type: VariableType | undefined,
	types: VariableTypes,
): { readonly checked: Checked } | { readonly problems: readonly string[] } {
	const { checked, findings } = check(exp, types);
	if (checked === undefined) return { problems: findings.map((each) => `${each.kind} at ${each.position} in \`${exp}\`: ${each.message}`) };
	const way = type === undefined ? "none" : conversion(checked.type, type, "other");
	if (type === undefined || way === "none") return { checked };
	const cast = way === "impossible" ? undefined : converted(checked, type);
	if (cast !== undefined) return { checked: cast };
	return { problems: [`wrong-type in \`${exp}\`: Expected ${type}, got ${checked.type}.`] };
}

/** A literal as a value; a text may also stand for a dateTime or JSON; a thing of the organization is found by its name. Throws ValueError. */
export function literal(lit: Literal, type: Type | undefined, entities: Entities = {}): FlowValue {
	if (isCollectionLiteral(lit)) return collection(lit, type, entities);
	if (isEntityLiteral(lit)) return entity(lit, type, entities);
	const own = ownType(lit);
	const content = typeof lit === "object" ? secondsOf(lit) * 1000 : lit;
	if (type === undefined || type === own || (type === "decimal" && own === "integer")) {
		return { type: type ?? own, content: inRange(type ?? own, content) };
	}
	if (type === "json" && typeof lit === "string") return fromJson(type, parsedJson(lit));
	if (own === "string" && textForms.includes(type)) return fromJson(type, lit);
	throw new ValueError("bad-cast", `Expected a literal of type ${type}, got ${JSON.stringify(lit)} (${own}).`);
}

function collection(lit: CollectionLiteral, type: Type | undefined, entities: Entities): FlowValue {
	const element = type === undefined ? undefined : elementOf(type);
	if (type === undefined || element === undefined)
		throw new ValueError("bad-cast", `Expected a literal of ${type === undefined ? "one value" : `type ${type}`}, got a list.`);
	return { type, content: lit.map((each) => (each === null ? undefined : literal(each, element, entities).content)) };
}

/** Publishing fails where there is none of that name; here it is then a thing of that name and no id. */
function entity({ name }: EntityLiteral, type: Type | undefined, entities: Entities): FlowValue {
	const kind = entityTypes.find((each) => each === type);
	if (kind === undefined)
		throw new ValueError("bad-cast", `Expected a literal of type ${type ?? "a plain value"}, got a thing by its name.`);
	const found = listsKind(kind, entities) ? findEntity(kind, name, entities, "either") : undefined;
	return { type: kind, content: found ?? { id: "", name } };
}

/** Types whose literals are written as text; JSON is one of them. */
export const textForms: readonly Type[] = variableTypes.filter((type) => ["dateTime", "currency", "phoneNumber", "json"].includes(type));

/** Strict JSON, as the vendor's literal editor takes it. */
function parsedJson(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		throw new ValueError("bad-cast", `Expected a literal of type json, got ${JSON.stringify(text.slice(0, 60))}, which is no JSON.`);
	}
}

function ownType(lit: Exclude<SingleLiteral, EntityLiteral>): Type {
	if (typeof lit === "string") return "string";
	if (typeof lit === "boolean") return "boolean";
	if (typeof lit === "number") return Number.isInteger(lit) ? "integer" : "decimal";
	return "duration";
}

/** How long a duration literal is. */
export function secondsOf({ days = 0, hours = 0, minutes = 0, seconds = 0 }: DurationLiteral): number {
	return ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
}
