import { type Call, type Overload, row } from "../overload.ts";
import { type Content, dateTimeText, decimalText, durationText, elementOf, parseDateTime, type Type } from "../values.ts";

const always = [0];

/** Casts: a NOT_SET argument gives NOT_SET, and so does a blank string where the vendor's examples say so. */
export const castFunctions: Readonly<Record<string, readonly Overload[]>> = {
	ToString: [
		row(["any?"], "string", ([value], { types }) => textOf(types[0], value), always),
		row(["anyCollection"], "string", ([items], { types }) => joined(items, types[0], "\n")),
		row(["anyCollection", "string?"], "string", ([items, separator], { types }) => joined(items, types[0], separator ?? "\n")),
		row(
			["decimal?", "integer"],
			"string",
			([value, places], call) => (value === undefined ? undefined : rounded(value, places, call)),
			always,
		),
	],
	ToInt: [
		row(["boolean?"], "integer", ([value]) => (value === undefined ? undefined : Number(value)), always),
		row(["decimal?"], "integer", ([value]) => (value === undefined ? undefined : Math.trunc(value)), always),
		row(["string?"], "integer", ([text], call) => (text === undefined ? undefined : wholeNumber(text, call)), always),
		row(["integer?"], "integer", ([value]) => value, always),
		row(["duration?"], "integer", ([milliseconds]) => milliseconds, always),
	],
	ToDateTime: [
		row(["string?"], "dateTime", ([text], call) => (text === undefined ? undefined : instant(text, call)), always),
		row(["integer?"], "dateTime", ([seconds]) => (seconds === undefined ? undefined : seconds * 1000), always),
		row(["dateTime?"], "dateTime", ([value]) => value, always),
	],
};

function textOf(type: Type | undefined, value: Content | undefined): string | undefined {
	if (value === undefined || typeof value === "string") return value;
	if (typeof value === "number" && type === "decimal") return decimalText(value);
	if (typeof value === "number" && type === "dateTime") return dateTimeText(value);
	if (typeof value === "number" && type === "duration") return durationText(value);
	return JSON.stringify(value);
}

function joined(items: readonly (Content | undefined)[], type: Type | undefined, separator: string): string {
	const element = type === undefined ? undefined : elementOf(type);
	return items.map((item) => textOf(element, item) ?? "").join(separator);
}

/** Half away from zero, decided on the decimal digits: 1.125 to two places is 1.13, 2.675 is 2.68. */
function rounded(value: number, places: number, call: Call): string {
	if (places < 0 || places > 15) throw call.error("out-of-range", `Expected 0 to 15 decimal places, got ${places}.`);
	const [whole = "0", fraction = ""] = decimalText(Math.abs(value)).split(".");
	const digits = BigInt(`${whole}${fraction.padEnd(places, "0").slice(0, places)}`) + (Number(fraction[places] ?? 0) >= 5 ? 1n : 0n);
	const text = String(digits).padStart(places + 1, "0");
	const sign = value < 0 && digits > 0n ? "-" : "";
	return `${sign}${text.slice(0, text.length - places)}${places === 0 ? "" : `.${text.slice(-places)}`}`;
}

function wholeNumber(text: string, call: Call): number | undefined {
	const trimmed = text.trim();
	if (trimmed === "") return undefined;
	if (!/^-?\d+$/.test(trimmed)) throw call.error("bad-cast", `Expected a whole number in the string, got "${text.slice(0, 60)}".`);
	return Number(trimmed);
}

function instant(text: string, call: Call): number | undefined {
	if (text.trim() === "") return undefined;
	const milliseconds = parseDateTime(text.trim());
	if (milliseconds !== undefined) return milliseconds;
	throw call.error("bad-cast", `Expected an ISO 8601 date-time such as 2026-01-31T06:30:00Z, got "${text.slice(0, 60)}".`);
}
