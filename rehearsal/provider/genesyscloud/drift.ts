import { canonicalJson } from "../../../components/genesys/canonicalJson.ts";
import { isValues, plain, type Values } from "../../engine/marks.ts";

/** The inputs as the API tells them now: what says the same stays as it was written, and what the API does not tell stays as well. */
export function asFound(inputs: Values, found: Values): Values {
	return Object.fromEntries(
		Object.entries(inputs).map(([key, value]) => [key, found[key] === undefined || says(plain(value), found[key]) ? value : found[key]]),
	);
}

/** Whether what was found holds all that was given: an API adds defaults. */
function says(given: unknown, found: unknown): boolean {
	const [one, other] = [parsed(given), parsed(found)];
	if (isValues(one) && isValues(other)) return Object.entries(one).every(([key, inner]) => says(inner, other[key]));
	if (Array.isArray(one) && Array.isArray(other))
		return one.length === other.length && one.every((each) => other.some((its) => says(each, its)));
	return canonicalJson(one ?? null) === canonicalJson(other ?? null);
}

/** JSON in a text is compared by what it says. */
function parsed(value: unknown): unknown {
	if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
	try {
		return JSON.parse(value);
	} catch {
		return value;
	}
}
