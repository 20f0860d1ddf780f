/** What `$esc`, `$math`, … offer in a data action's templates. An absent argument gives no value. Source: the vendor's help, "Velocity macros for data actions". */
export function tools(): Record<string, unknown> {
	return {
		esc,
		math,
		encoding: { base64: onText((text) => Buffer.from(text, "utf8").toString("base64")) },
		successTemplateUtils: { firstFromArray },
	};
}

const onText = (change: (text: string) => string) => (value: unknown) =>
	value === undefined || value === null ? undefined : change(String(value));

const inJson = onText((text) => JSON.stringify(text).slice(1, -1));
const inForm = onText(formEncode);

/** As EscapeTool of Velocity Tools 3.1, with the vendor's own methods. */
const esc = {
	jsonString: inJson,
	jsonEncode: inJson,
	jsonDecode: onText((text) => String(JSON.parse(`"${text}"`))),
	url: inForm,
	urlFormEncode: inForm,
	uriEncode: onText((text) => formEncode(text).replaceAll("+", "%20")),
	java: onText((text) => javaEscape(text)),
	javascript: onText((text) => javaEscape(text).replaceAll("'", "\\'").replaceAll("/", "\\/")),
	html: onText((text) => replaced(text, { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })),
	xml: onText((text) => replaced(text, { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;" })),
	sql: onText((text) => text.replaceAll("'", "''")),
	...Object.fromEntries(
		Object.entries({ dollar: "$", hash: "#", quote: '"', singleQuote: "'", backslash: "\\", exclamation: "!", newline: "\n" }).flatMap(
			([name, text]) => [
				[name, text],
				[name.slice(0, 1), text],
			],
		),
	),
};

const replaced = (text: string, table: Readonly<Record<string, string>>): string =>
	[...text].map((character) => table[character] ?? character).join("");

/** As Java writes a text: what is beyond ASCII by its code. */
const javaEscape = (text: string): string =>
	JSON.stringify(text)
		.slice(1, -1)
		.replaceAll(/[\u007f-\uffff]/g, (character) => `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`);

/** As Java's URLEncoder does it: half a surrogate pair is a question mark. */
function formEncode(text: string): string {
	return encodeURIComponent(text.replaceAll(/\p{Surrogate}/gu, "?"))
		.replaceAll("%20", "+")
		.replaceAll(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Numbers, or texts of numbers; anything else gives no value, as MathTool of Velocity Tools does it. */
const onNumbers =
	(count: number, work: (...numbers: readonly number[]) => number) =>
	(...values: readonly unknown[]): number | undefined => {
		const numbers = values.map((value) =>
			typeof value === "number" || (typeof value === "string" && value.trim() !== "") ? Number(value) : NaN,
		);
		if (numbers.length < count || numbers.some(Number.isNaN)) return undefined;
		const result = work(...numbers);
		return Number.isFinite(result) ? result : undefined;
	};

const sum = (...numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);
const first = (work: (number: number) => number) => onNumbers(1, (number = 0) => work(number));
const both = (work: (one: number, other: number) => number) => onNumbers(2, (one = 0, other = 0) => work(one, other));

/** As Java's Math.rint does it: a half goes to the even neighbour. */
function halfToEven(number: number): number {
	const floor = Math.floor(number);
	if (number - floor !== 0.5) return Math.round(number);
	return floor % 2 === 0 ? floor : floor + 1;
}

const math = {
	abs: first(Math.abs),
	add: onNumbers(2, sum),
	ceil: first(Math.ceil),
	div: both((one, other) => one / other),
	floor: first(Math.floor),
	idiv: both((one, other) => Math.trunc(one / other)),
	max: onNumbers(2, (...numbers) => Math.max(...numbers)),
	min: onNumbers(2, (...numbers) => Math.min(...numbers)),
	mod: both((one, other) => one % other),
	mul: onNumbers(2, (...numbers) => numbers.reduce((one, other) => one * other, 1)),
	pow: both((one, other) => one ** other),
	round: first(halfToEven),
	// Without a place it leaves the number as it is.
	roundTo: both((places, number) => (places === 0 ? number : Math.round(number * 10 ** places) / 10 ** places)),
	sub: onNumbers(2, (one = 0, ...others) => one - sum(...others)),
	toDouble: first((number) => number),
	toInteger: first(Math.trunc),
	toNumber: first((number) => number),
};

/** The first item of a JSON list, as JSON; `fallback` for an empty list. */
function firstFromArray(text: unknown, fallback?: unknown): string | undefined {
	try {
		const list: unknown = JSON.parse(String(text));
		if (Array.isArray(list) && list.length > 0) return JSON.stringify(list[0]);
	} catch {
		return undefined;
	}
	return fallback === undefined ? undefined : String(fallback);
}

type Method = (text: string, ...args: readonly string[]) => unknown;

/** Of a list and of a map, beside those that the library knows. */
export const collectionMethods: Readonly<Record<string, (of: object, ...args: readonly unknown[]) => unknown>> = {
	contains: (list, item) => Array.isArray(list) && list.includes(item),
	containsKey: (map, key) => Object.hasOwn(map, String(key)),
	isEmpty: (of) => Object.keys(of).length === 0,
};

/** Java's methods of a text: those of JavaScript have the same names and do other things. */
export const textMethods: Readonly<Record<string, Method>> = {
	charAt: (text, index) => text.charAt(Number(index)),
	compareTo: (text, other = "") => (text < other ? -1 : Number(text > other)),
	concat: (text, other = "") => text + other,
	contains: (text, part = "") => text.includes(part),
	endsWith: (text, part = "") => text.endsWith(part),
	equals: (text, other) => text === other,
	equalsIgnoreCase: (text, other) => text.toLowerCase() === other?.toLowerCase(),
	indexOf: (text, part = "", from = "0") => text.indexOf(part, Number(from)),
	isBlank: (text) => text.trim() === "",
	isEmpty: (text) => text === "",
	lastIndexOf: (text, part = "") => text.lastIndexOf(part),
	length: (text) => text.length,
	matches: (text, pattern = "") => new RegExp(`^(?:${pattern})$`, "u").test(text),
	repeat: (text, times = "0") => text.repeat(Number(times)),
	replace: (text, part = "", by = "") => text.replaceAll(part, () => by),
	replaceAll: (text, pattern = "", by = "") => text.replaceAll(new RegExp(pattern, "gu"), by),
	replaceFirst: (text, pattern = "", by = "") => text.replace(new RegExp(pattern, "u"), by),
	split: (text, pattern = "") => withoutEmptyEnd(text.split(new RegExp(pattern, "u"))),
	startsWith: (text, part = "") => text.startsWith(part),
	strip: (text) => text.trim(),
	substring: (text, from = "0", to = String(text.length)) => text.substring(Number(from), Number(to)),
	toLowerCase: (text) => text.toLowerCase(),
	toString: (text: string) => text,
	toUpperCase: (text) => text.toUpperCase(),
	trim: (text) => text.trim(),
};

/** Java leaves out the empty texts at the end. */
function withoutEmptyEnd(parts: readonly string[]): readonly string[] {
	const last = parts.findLastIndex((part) => part !== "");
	return parts.slice(0, last + 1);
}
