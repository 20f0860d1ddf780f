import { parseDecimal } from "../decimals.ts";
import { parseMoney } from "../money.ts";
import { type Call, type Overload, row } from "../overload.ts";
import { parsePhoneNumber } from "../phoneNumber.ts";
import { type Content, decimal, entityTypes, parseDateTime, parseDuration } from "../values.ts";
import { entityCasts } from "./entities.ts";

const always = [0];

/** Casts: a NOT_SET argument gives NOT_SET, and so does a blank string where the vendor's examples say so. */
export const castFunctions: Readonly<Record<string, readonly Overload[]>> = {
	ToBool: [
		row(["decimal?"], "boolean", ([value]) => (value === undefined ? undefined : value !== 0), always),
		row(["string?"], "boolean", ([text]) => (text === undefined ? undefined : truths.get(text.toLowerCase())), always),
		row(["integer?"], "boolean", ([value]) => (value === undefined ? undefined : value !== 0), always),
		row(["boolean?"], "boolean", ([value]) => value, always),
		row(["json?"], "boolean", ([json], call) => (json === undefined ? undefined : truthOf(json, call)), always),
	],
	ToInt: [
		row(["boolean?"], "integer", ([value]) => (value === undefined ? undefined : Number(value)), always),
		row(["decimal?"], "integer", ([value]) => (value === undefined ? undefined : Math.trunc(value)), always),
		row(["string?"], "integer", ([text], call) => (text === undefined ? undefined : wholeNumber(text, call)), always),
		row(["integer?"], "integer", ([value]) => value, always),
		row(["duration?"], "integer", ([milliseconds]) => milliseconds, always),
		row(["json?"], "integer", ([json], call) => (json === undefined ? undefined : jsonNumber(json, call, Math.trunc, wholeNumber)), always),
	],
	ToDecimal: [
		row(["boolean?"], "decimal", ([value]) => (value === undefined ? undefined : Number(value)), always),
		row(["currency?"], "decimal", ([value]) => value?.amount ?? undefined, always),
		row(["string?"], "decimal", ([text], call) => (text === undefined ? undefined : anyNumber(text, call)), always),
		row(["integer?"], "decimal", ([value]) => value, always),
		row(["decimal?"], "decimal", ([value]) => value, always),
		row(["json?"], "decimal", ([json], call) => (json === undefined ? undefined : jsonNumber(json, call, decimal, anyNumber)), always),
	],
	ToDateTime: [
		row(["string?"], "dateTime", ([text], call) => (text === undefined ? undefined : instant(text, call)), always),
		row(["integer?"], "dateTime", ([seconds]) => (seconds === undefined ? undefined : seconds * 1000), always),
		row(["dateTime?"], "dateTime", ([value]) => value, always),
	],
	ToDuration: [
		row(["string?"], "duration", ([text], call) => (text === undefined ? undefined : span(text, call)), always),
		row(["integer?"], "duration", ([milliseconds]) => milliseconds, always),
		row(["duration?"], "duration", ([value]) => value, always),
	],
	ToCurrency: [
		row(["string?"], "currency", ([text]) => (text === undefined ? undefined : parseMoney(text)), always),
		row(["decimal?"], "currency", ([amount]) => (amount === undefined ? undefined : { amount, code: null }), always),
		row(["integer?"], "currency", ([amount]) => (amount === undefined ? undefined : { amount, code: null }), always),
		row(["currency?"], "currency", ([value]) => value, always),
	],
	// The catalogue forbids a NOT_SET string here, its own example allows one.
	ToPhoneNumber: [
		row(["string?"], "phoneNumber", ([text]) => (text === undefined ? undefined : parsePhoneNumber(text)), always),
		row(["phoneNumber?"], "phoneNumber", ([value]) => value, always),
	],
	...Object.fromEntries(entityTypes.map(entityCasts)),
};

/** What a string is as a boolean; anything else is NOT_SET. */
const truths: ReadonlyMap<string, boolean> = new Map([
	["true", true],
	["t", true],
	["1", true],
	["false", false],
	["f", false],
	["0", false],
]);

/** A JSON value as the cast of the type that it holds. Compiled exports show the overload; what it makes of objects and lists is not documented. */
function jsonNumber(
	json: Content,
	call: Call,
	ofNumber: (value: number) => number,
	ofText: (text: string, call: Call) => number | undefined,
): number | undefined {
	if (typeof json === "number") return ofNumber(json);
	if (typeof json === "boolean") return Number(json);
	if (typeof json === "string") return ofText(json, call);
	throw call.error("bad-cast", "Expected a JSON number, text or truth value, got an object or a list.");
}

function truthOf(json: Content, call: Call): boolean | undefined {
	if (typeof json === "boolean") return json;
	if (typeof json === "number") return json !== 0;
	if (typeof json === "string") return truths.get(json.toLowerCase());
	throw call.error("bad-cast", "Expected a JSON number, text or truth value, got an object or a list.");
}

function wholeNumber(text: string, call: Call): number | undefined {
	const trimmed = text.trim();
	if (trimmed === "") return undefined;
	if (!/^-?\d+$/.test(trimmed)) throw call.error("bad-cast", `Expected a whole number in the string, got "${text.slice(0, 60)}".`);
	return Number(trimmed);
}

function anyNumber(text: string, call: Call): number | undefined {
	if (text.trim() === "") return undefined;
	const number = parseDecimal(text.trim());
	if (number !== undefined) return decimal(number);
	throw call.error("bad-cast", `Expected a number such as -100.5 in the string, got "${text.slice(0, 60)}".`);
}

function instant(text: string, call: Call): number | undefined {
	if (text.trim() === "") return undefined;
	const milliseconds = parseDateTime(text.trim());
	if (milliseconds !== undefined) return milliseconds;
	throw call.error("bad-cast", `Expected an ISO 8601 date-time such as 2026-01-31T06:30:00Z, got "${text.slice(0, 60)}".`);
}

function span(text: string, call: Call): number | undefined {
	if (text.trim() === "") return undefined;
	const milliseconds = parseDuration(text.trim());
	if (milliseconds !== undefined) return milliseconds;
	throw call.error("bad-cast", `Expected an ISO 8601 duration such as PT5M, got "${text.slice(0, 60)}".`);
}
