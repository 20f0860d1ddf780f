import { EdgeError } from "../pipeline/ports.ts";

/** DynamoDB's limits of one item. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const largestItemBytes = 400 * 1024;
const deepestNesting = 32;
const smallestNumber = 1e-130;
/** The names and values of the attributes beside `value`: at most this much. */
const frameBytes = 128;

/** A number that DynamoDB and its client hold as it is; the client throws beyond the safe integers, the service below 1e-130. */
const isStorableNumber = (number: number): boolean =>
	Math.abs(number) <= Number.MAX_SAFE_INTEGER && (number === 0 || Math.abs(number) >= smallestNumber);

/** Throws EdgeError "rejected", with the reason and the place, for an item that a DynamoDB table or its client would refuse. */
export function refuseUnstorable(key: string, value: unknown): void {
	const refused = key === "" ? "an empty key" : (whyNotStorable(value, "value", 1) ?? whyTooLarge(key, value));
	if (refused === undefined) return;
	throw new EdgeError("rejected", `DynamoDB: expected to write ${key}, got ${refused}`, { retry: false });
}

/** An undefined property is absent, as in JSON; an undefined value or list entry has no form that is read back equal. */
function whyNotStorable(value: unknown, place: string, level: number): string | undefined {
	if (level > deepestNesting) return `nesting of more than ${deepestNesting} levels`;
	switch (typeof value) {
		case "string":
		case "boolean":
			return undefined;
		case "number":
			return isStorableNumber(value) ? undefined : `a number that it cannot hold at ${shown(place)}`;
		case "object":
			return value === null ? undefined : whyNotContainer(value, place, level);
		default:
			return `${typeof value} at ${shown(place)}`;
	}
}

function whyNotContainer(value: object, place: string, level: number): string | undefined {
	if (Array.isArray(value)) {
		for (const [index, each] of value.entries()) {
			const refused = whyNotStorable(each, `${place}[${index}]`, level + 1);
			if (refused !== undefined) return refused;
		}
		return undefined;
	}
	const prototype: unknown = Object.getPrototypeOf(value);
	if (prototype !== Object.prototype && prototype !== null) return `an object of a class at ${shown(place)}`;
	for (const [name, each] of Object.entries(value)) {
		if (each === undefined) continue;
		const refused = whyNotName(name, place) ?? whyNotStorable(each, `${place}.${name}`, level + 1);
		if (refused !== undefined) return refused;
	}
	return undefined;
}

/** The client drops a property named `__proto__` without a word. */
function whyNotName(name: string, place: string): string | undefined {
	if (name === "") return `an empty name at ${shown(place)}`;
	return name === "__proto__" ? `the name __proto__ at ${shown(place)}` : undefined;
}

/** A place may be made of names that a stranger chose. */
const shown = (place: string): string => (place.length > 80 ? `${place.slice(0, 80).toWellFormed()}...` : place);

function whyTooLarge(key: string, value: unknown): string | undefined {
	const whole = (bytesOf: (text: string) => number): number => frameBytes + bytesOf(key) + sizeOf(value, bytesOf);
	// Three bytes are the most that one UTF-16 unit takes: most items need no exact count.
	if (whole((text) => text.length * 3) <= largestItemBytes) return undefined;
	return whole((text) => Buffer.byteLength(text)) > largestItemBytes ? "an item of more than 400 KB" : undefined;
}

/** As DynamoDB counts it: names and texts in UTF-8, numbers by their digits, 3 bytes for a container and 1 for each of its entries. */
function sizeOf(value: unknown, bytesOf: (text: string) => number): number {
	if (typeof value === "string") return bytesOf(value);
	if (typeof value === "number") return Math.ceil(String(value).length / 2) + 2;
	if (typeof value !== "object" || value === null) return 1;
	if (Array.isArray(value)) return value.reduce<number>((sum, each) => sum + 1 + sizeOf(each, bytesOf), 3);
	return Object.entries(value).reduce((sum, [name, each]) => sum + 1 + bytesOf(name) + sizeOf(each, bytesOf), 3);
}
