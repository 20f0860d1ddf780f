import { type Entities, type Entity, isEntity } from "./entities.ts";
import type { ProblemKind } from "./errors.ts";
import { isMoney, type Money } from "./money.ts";
import { isPhoneNumber, type PhoneNumber } from "./phoneNumber.ts";
import { type Content, type EntityType, elementOf, type ScalarType, scalarTypes, type Type } from "./values.ts";

/** `any` is one and the same scalar type wherever it stands in one overload; `anyCollection` is a collection of it. */
export type ParameterType = Type | "any" | "anyCollection";
/** With `?`, NOT_SET may be passed; elsewhere NOT_SET is an error of the run. */
export type Parameter = ParameterType | `${ParameterType}?`;

type ContentOf<T> = T extends "string"
	? string
	: T extends "integer" | "decimal" | "dateTime" | "duration"
		? number
		: T extends "boolean"
			? boolean
			: T extends "currency"
				? Money
				: T extends "phoneNumber"
					? PhoneNumber
					: T extends EntityType
						? Entity
						: T extends "notSet"
							? undefined
							: T extends `${infer E}Collection`
								? readonly (ContentOf<E> | undefined)[]
								: Content;
type Argument<P> = P extends `${infer T}?` ? ContentOf<T> | undefined : ContentOf<P>;
type Arguments<P extends readonly Parameter[]> = { readonly [I in keyof P]: Argument<P[I]> };

/** What a function may know beside its arguments. */
export interface Call {
	readonly now: number;
	/** The types of the arguments. */
	readonly types: readonly Type[];
	/** The character of the call in the expression, counting from 1. */
	readonly position: number;
	/** What decides chance. */
	readonly seed: number;
	readonly entities: Entities;
	/** An error of the run, placed at the call. */
	error(kind: ProblemKind, message: string): Error;
}

/** One row of the catalogue: parameters, result, implementation. */
export interface Overload {
	readonly parameters: readonly Parameter[];
	/** Whether the last parameter may be repeated. */
	readonly repeats: boolean;
	readonly result: ParameterType;
	/** The arguments whose NOT_SET makes the result NOT_SET. */
	readonly passesNotSet: readonly number[];
	run(args: readonly (Content | undefined)[], call: Call): Content | undefined;
}

/** A row with a fixed number of parameters. */
export function row<const P extends readonly Parameter[], R extends ParameterType>(
	parameters: P,
	result: R,
	run: (args: Arguments<P>, call: Call) => ContentOf<R> | undefined,
	passesNotSet: readonly number[] = [],
): Overload {
	return {
		parameters,
		repeats: false,
		result,
		passesNotSet,
		run: (args, call) => {
			if (!fits(parameters, args)) throw call.error("wrong-type", "Expected the content of each argument to be of its type.");
			return run(args, call);
		},
	};
}

/** A row whose last parameter may be repeated. */
export function repeating<const P extends readonly Parameter[], L extends Parameter, R extends ParameterType>(
	parameters: P,
	last: L,
	result: R,
	run: (args: readonly [...Arguments<P>, ...(readonly Argument<L>[])], call: Call) => ContentOf<R> | undefined,
): Overload {
	return {
		parameters: [...parameters, last],
		repeats: true,
		result,
		passesNotSet: [],
		run: (args, call) => {
			if (!fitsRepeating(parameters, last, args))
				throw call.error("wrong-type", "Expected the content of each argument to be of its type.");
			return run(args, call);
		},
	};
}

/** The parameter that an argument is passed to. */
export function parameterAt(overload: Overload, index: number): Parameter | undefined {
	return overload.parameters[index] ?? (overload.repeats ? overload.parameters.at(-1) : undefined);
}

/** Whether NOT_SET may be passed there. */
export function allowsNotSet(parameter: Parameter | undefined): boolean {
	return parameter?.endsWith("?") ?? false;
}

/** The overload that these argument types select, and its result type; or why there is none. */
export function resolve(
	overloads: readonly Overload[],
	types: readonly Type[],
): { readonly overload: Overload; readonly result: Type } | "wrong-arity" | "wrong-type" {
	const sized = overloads.filter(({ parameters, repeats }) =>
		repeats ? types.length >= parameters.length : types.length === parameters.length,
	);
	if (sized.length === 0) return "wrong-arity";
	// NOT_SET fits every type; an overload that allows it comes first.
	for (const strict of [true, false]) {
		for (const overload of sized) {
			const result = match(overload, types, strict);
			if (result !== undefined) return { overload, result };
		}
	}
	return "wrong-type";
}

/** `(string, integer)`, for messages. */
export function signature(overload: Overload): string {
	return `(${overload.parameters.join(", ")}${overload.repeats ? "…" : ""})`;
}

function match(overload: Overload, types: readonly Type[], strict: boolean): Type | undefined {
	let any: ScalarType | undefined;
	for (const [index, type] of types.entries()) {
		const parameter = parameterAt(overload, index);
		if (parameter === undefined) return undefined;
		if (type === "notSet") {
			if (strict && !allowsNotSet(parameter)) return undefined;
			continue;
		}
		const wanted = bare(parameter);
		if (wanted !== "any" && wanted !== "anyCollection") {
			if (wanted !== type) return undefined;
			continue;
		}
		const scalar = wanted === "any" ? scalarOf(type) : elementOf(type);
		if (scalar === undefined || (any !== undefined && any !== scalar)) return undefined;
		any = scalar;
	}
	return resultOf(overload.result, any);
}

function resultOf(result: ParameterType, any: ScalarType | undefined): Type | undefined {
	if (result === "any") return any ?? "notSet";
	// A collection of nothing but NOT_SET has no type: no overload fits it.
	if (result === "anyCollection") return any === undefined ? undefined : `${any}Collection`;
	return result;
}

function scalarOf(type: Type): ScalarType | undefined {
	return scalarTypes.find((scalar) => scalar === type);
}

function bare(parameter: Parameter): string {
	return parameter.endsWith("?") ? parameter.slice(0, -1) : parameter;
}

function fits<P extends readonly Parameter[]>(parameters: P, args: readonly unknown[]): args is Arguments<P> {
	return args.length === parameters.length && parameters.every((parameter, index) => fitsOne(parameter, args[index]));
}

function fitsRepeating<P extends readonly Parameter[], L extends Parameter>(
	parameters: P,
	last: L,
	args: readonly unknown[],
): args is readonly [...Arguments<P>, ...(readonly Argument<L>[])] {
	return args.every((each, index) => fitsOne(parameters[index] ?? last, each));
}

function fitsOne(parameter: Parameter, content: unknown): boolean {
	if (content === undefined) return allowsNotSet(parameter);
	const wanted = bare(parameter);
	if (wanted.endsWith("Collection")) return Array.isArray(content);
	switch (wanted) {
		case "string":
			return typeof content === "string";
		case "boolean":
			return typeof content === "boolean";
		case "integer":
		case "decimal":
		case "dateTime":
		case "duration":
			return typeof content === "number";
		case "currency":
			return isMoney(content);
		case "phoneNumber":
			return isPhoneNumber(content);
		case "user":
		case "queue":
		case "skill":
		case "language":
		case "group":
		case "wrapupCode":
			return isEntity(content);
		default:
			return true;
	}
}
