import { EdgeError } from "../../pipeline/ports.ts";

/** DynamoDB's limits of one item. https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Constraints.html */
const largestItemBytes = 400 * 1024;
const deepestNesting = 32;
const smallestNumber = 1e-130;
/** The names and values of the attributes beside `value`: at most this much. */
const frameBytes = 128;

/** Throws EdgeError "rejected", with the reason and the place, for an item that a DynamoDB table or its client would refuse. */
export function refuseUnstorable(key: string, value: unknown): void {
	const refused = key === "" ? "an empty key" : (whyNotStorable(value) ?? whyTooLarge(key, value));
	if (refused === undefined) return;
	throw new EdgeError("rejected", `ledger: expected to write ${key}, got ${refused}`, { retry: false });
}

function whyNotStorable(value: unknown): string | undefined {
	const refused = refusalOf(value, 1);
	if (refused === undefined) return undefined;
	const place = `value${refused.path.toReversed().join("")}`;
	// A place may be made of names that a stranger chose.
	const shown = place.length > 80 ? `${place.slice(0, 80).toWellFormed()}...` : place;
	return refused.what === tooDeep ? tooDeep : `${refused.what} at ${shown}`;
}

const tooDeep = `nesting of more than ${deepestNesting} levels`;

interface Refusal {
	readonly what: string;
	/** From the inside out; made on the way back only, since nearly every value is taken. */
	readonly path: string[];
}

const refusal = (what: string): Refusal => ({ what, path: [] });

/** An undefined property is absent, as in JSON; an undefined value or list entry has no form that is read back equal. */
function refusalOf(value: unknown, level: number): Refusal | undefined {
	if (level > deepestNesting) return refusal(tooDeep);
	if (typeof value === "string" || typeof value === "boolean" || value === null) return undefined;
	if (typeof value === "number") return isStorableNumber(value) ? undefined : refusal("a number that it cannot hold");
	if (typeof value !== "object") return refusal(typeof value);
	return Array.isArray(value) ? refusalOfList(value, level) : refusalOfMap(value, level);
}

/** The client throws for a number beyond the safe integers, the service refuses one below 1e-130. */
const isStorableNumber = (number: number): boolean =>
	Math.abs(number) <= Number.MAX_SAFE_INTEGER && (number === 0 || Math.abs(number) >= smallestNumber);

function refusalOfList(list: readonly unknown[], level: number): Refusal | undefined {
	for (let index = 0; index < list.length; index += 1) {
		const refused = refusalOf(list[index], level + 1);
		if (refused !== undefined) return inside(refused, `[${index}]`);
	}
	return undefined;
}

function refusalOfMap(map: object, level: number): Refusal | undefined {
	const prototype: unknown = Object.getPrototypeOf(map);
	if (prototype !== Object.prototype && prototype !== null) return refusal("an object of a class");
	for (const name of Object.keys(map)) {
		const value: unknown = Reflect.get(map, name);
		if (value === undefined) continue;
		if (name === "") return refusal("an empty name");
		// The client drops such a property without a word.
		if (name === "__proto__") return refusal("the name __proto__");
		const refused = refusalOf(value, level + 1);
		if (refused !== undefined) return inside(refused, `.${name}`);
	}
	return undefined;
}

function inside(refused: Refusal, step: string): Refusal {
	refused.path.push(step);
	return refused;
}

const inBytes = (text: string): number => Buffer.byteLength(text);
/** Three bytes are the most that one UTF-16 unit takes: most items need no exact count. */
const atMost = (text: string): number => text.length * 3;

/** How many bytes an item takes in a table at most: its numbers may be shorter than they are counted here. */
export const storedBytes = (key: string, value: unknown, bytesOf = inBytes): number => frameBytes + bytesOf(key) + sizeOf(value, bytesOf);

function whyTooLarge(key: string, value: unknown): string | undefined {
	const fits = (bytesOf: (text: string) => number): boolean => storedBytes(key, value, bytesOf) <= largestItemBytes;
	return fits(atMost) || fits(inBytes) ? undefined : "an item of more than 400 KB";
}

/** The longest form of a number: 38 digits, two in a byte, and its frame. */
const numberBytes = 21;

/** As DynamoDB counts it: names and texts in UTF-8, 3 bytes for a container and 1 for each of its entries; a number at its longest. */
function sizeOf(value: unknown, bytesOf: (text: string) => number): number {
	if (typeof value === "string") return bytesOf(value);
	if (typeof value === "number") return numberBytes;
	if (typeof value !== "object" || value === null) return 1;
	let size = 3;
	if (Array.isArray(value)) for (const each of value) size += 1 + sizeOf(each, bytesOf);
	else for (const name of Object.keys(value)) size += 1 + bytesOf(name) + sizeOf(Reflect.get(value, name), bytesOf);
	return size;
}
