import { largestInteger } from "./tokens.ts";

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The types whose values are things of an organization, found by `Find…` functions. */
export const entityTypes = ["user", "queue", "skill", "language", "group", "wrapupCode"] as const;
export type EntityType = (typeof entityTypes)[number];
/** The types that are not collections. */
export const scalarTypes = [
	"string",
	"integer",
	"decimal",
	"boolean",
	"dateTime",
	"duration",
	"json",
	"currency",
	"phoneNumber",
	...entityTypes,
] as const;
export type ScalarType = (typeof scalarTypes)[number];
/** Every type that a variable can have. */
export type VariableType = ScalarType | `${ScalarType}Collection`;
export const variableTypes: readonly VariableType[] = [...scalarTypes, ...scalarTypes.map((type) => `${type}Collection` as const)];
/** `notSet` is the type of the literal NOT_SET, which fits every other type. */
export type Type = VariableType | "notSet";

/** A value that is set: date-times are milliseconds since the epoch, durations milliseconds; an element of a collection may be NOT_SET. */
export type Content = Json | readonly (Content | undefined)[];

/** A typed value of a flow; NOT_SET is content `undefined`. */
export interface FlowValue {
	readonly type: Type;
	readonly content: Content | undefined;
}

type ValueProblem = "out-of-range" | "bad-cast" | "wrong-type" | "not-set" | "too-deep" | "unknown-function";

/** A value that does not fit its type or its operation. The message says expected / got. */
export class ValueError extends Error {
	readonly kind: ValueProblem;
	constructor(kind: ValueProblem, message: string) {
		super(message);
		this.name = "ValueError";
		this.kind = kind;
	}
}

/** Ours: a string longer than this is refused, so that no expression can fill the memory. */
export const longestString = 1_000_000;
/** Ours: JSON nested deeper than this is refused, so that no walk over it can overflow the stack. */
export const deepestJson = 200;
export const earliest = Date.UTC(1800, 0, 1);
export const latest = Date.UTC(2200, 11, 31, 23, 59, 59, 999);

/** The type of a collection's elements; undefined for every other type. */
export function elementOf(type: Type): ScalarType | undefined {
	return scalarTypes.find((scalar) => type === `${scalar}Collection`);
}

/** Throws ValueError "out-of-range" where the platform's range of the type is left (`architect-flows` facts, section 2). */
export function inRange(type: Type, content: Content | undefined): Content | undefined {
	if (typeof content === "string" && content.length > longestString) {
		throw new ValueError("out-of-range", `Expected a string of at most ${longestString} characters, got ${content.length}.`);
	}
	if (typeof content !== "number") return content;
	if (type === "integer" && !(Number.isInteger(content) && Math.abs(content) <= largestInteger)) {
		throw new ValueError("out-of-range", `Expected an integer within ±${largestInteger}, got ${content}.`);
	}
	if (type === "duration" && !(Math.abs(content) <= largestInteger)) {
		throw new ValueError("out-of-range", `Expected a duration within ±${largestInteger} ms, got ${content} ms.`);
	}
	if (type === "dateTime" && !(content >= earliest && content <= latest)) {
		throw new ValueError("out-of-range", `Expected a dateTime of the years 1800 to 2200, got ${content} ms since 1970.`);
	}
	if (!Number.isFinite(content)) throw new ValueError("out-of-range", `Expected a finite ${type}, got ${content}.`);
	// -0 is no value of its own.
	return content === 0 ? 0 : content;
}

/** Binary fractions must not show: 37.3 % 12.8 is 11.7. Fifteen significant digits are what a 64-bit number keeps. */
export function decimal(value: number): number {
	return Number.isFinite(value) ? Number(value.toPrecision(15)) : value;
}

/** `5.0`, `-0.25`: at least one digit on each side of the point and never an exponent. */
export function decimalText(value: number): string {
	const [digits = "0", exponent] = String(Math.abs(value)).split("e");
	const sign = value < 0 ? "-" : "";
	if (exponent === undefined) return `${sign}${digits.includes(".") ? digits : `${digits}.0`}`;
	const [whole = "0", fraction = ""] = digits.split(".");
	const shift = Number(exponent);
	if (shift < 0) return `${sign}0.${"0".repeat(-shift - 1)}${whole}${fraction}`;
	return `${sign}${whole}${fraction.padEnd(shift, "0")}.0`;
}

/** `2009-01-10T06:30:00Z`, with milliseconds only where there are any. */
export function dateTimeText(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace(".000Z", "Z");
}

const dateTimePattern = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

/** Milliseconds of an ISO 8601 text (without a zone: UTC), or undefined when it is none. */
export function parseDateTime(text: string): number | undefined {
	if (!dateTimePattern.test(text)) return undefined;
	// Date.parse takes a time without a zone for the machine's own.
	const milliseconds = Date.parse(text.replace(/T[\d:.]+$/, "$&Z"));
	// Date.parse rolls the 30th of February over to March.
	const day = new Date(Date.parse(`${text.slice(0, 10)}T00:00:00Z`));
	const exists = !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text.slice(0, 10));
	return Number.isNaN(milliseconds) || !exists ? undefined : milliseconds;
}

/** ISO 8601, the sign in front of the whole: `PT1H`, `-P9DT18H29M59.544S`, `PT0S`. */
export function durationText(milliseconds: number): string {
	const total = Math.abs(milliseconds);
	const whole = Math.floor(total / 1000);
	const parts = { D: Math.floor(whole / 86_400), H: Math.floor(whole / 3600) % 24, M: Math.floor(whole / 60) % 60 };
	const fraction = total % 1000 === 0 ? "" : `.${String(total % 1000).padStart(3, "0")}`;
	const seconds = whole % 60 === 0 && fraction === "" ? "" : `${whole % 60}${fraction}S`;
	const days = parts.D === 0 ? "" : `${parts.D}D`;
	const time = `${parts.H === 0 ? "" : `${parts.H}H`}${parts.M === 0 ? "" : `${parts.M}M`}${seconds}`;
	if (days === "" && time === "") return "PT0S";
	return `${milliseconds < 0 ? "-" : ""}P${days}${time === "" ? "" : `T${time}`}`;
}

const durationPattern = /^(-)?P(?=[\dT])(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

/** Milliseconds of an ISO 8601 duration of days and smaller, or undefined when it is none. */
export function parseDuration(text: string): number | undefined {
	const found = durationPattern.exec(text);
	if (found === null) return undefined;
	const [, sign, days = "0", hours = "0", minutes = "0", seconds = "0"] = found;
	const total =
		Number(days) * 86_400_000 + Number(hours) * 3_600_000 + Number(minutes) * 60_000 + Math.trunc(decimal(Number(seconds) * 1000));
	return sign === undefined || total === 0 ? total : -total;
}

/** Structural equality, as `==` and `Find` see it: strings by case, two NOT_SETs equal. */
export function same(one: Content | undefined, other: Content | undefined): boolean {
	if (one === other) return true;
	if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
	if (isList(one) || isList(other)) {
		return isList(one) && isList(other) && one.length === other.length && one.every((each, index) => same(each, other[index]));
	}
	const keys = Object.keys(one);
	return keys.length === Object.keys(other).length && keys.every((key) => Object.hasOwn(other, key) && same(one[key], other[key]));
}

/** Whether a content is a collection (or a JSON array). */
export function isList(content: Content | undefined): content is readonly (Content | undefined)[] {
	return Array.isArray(content);
}

/** Throws ValueError when JSON or a collection is nested deeper than `deepestJson` or larger than `longestString` characters; walks without recursion. */
export function expectModest(json: unknown, type: Type): void {
	const open: { readonly value: unknown; readonly depth: number }[] = [{ value: json, depth: 0 }];
	let size = 0;
	for (let next = open.pop(); next !== undefined; next = open.pop()) {
		const { value, depth } = next;
		size += typeof value === "string" ? value.length + 1 : 1;
		if (size > longestString) {
			throw new ValueError("out-of-range", `Expected a ${type} of at most ${longestString} characters, got more.`);
		}
		if (typeof value !== "object" || value === null) continue;
		if (depth >= deepestJson) throw new ValueError("too-deep", `Expected a ${type} of at most ${deepestJson} levels, got more.`);
		for (const [key, child] of Object.entries(value)) {
			size += key.length;
			open.push({ value: child, depth: depth + 1 });
		}
	}
}
