import { isRecord, type JsonSchema } from "../genesyscloud/contract.ts";

/** Deeper than the platform allows; what lies below is not looked at. */
const deepest = 60;

/** The part of a contract's schema that is looked at, without what has another form: it promises nothing then. */
export function readSchema(given: unknown, depth = 0): JsonSchema {
	if (!isRecord(given) || depth > deepest) return {};
	const { type, properties, required, items, enum: allowed, additionalProperties } = given;
	const inner = (each: unknown): JsonSchema => readSchema(each, depth + 1);
	return {
		...(typeof type === "string" ? { type } : {}),
		...(isRecord(properties)
			? { properties: Object.fromEntries(Object.entries(properties).map(([name, each]) => [name, inner(each)])) }
			: {}),
		...(Array.isArray(required) ? { required: required.filter((name: unknown) => typeof name === "string") } : {}),
		...(isRecord(items) ? { items: inner(items) } : {}),
		...(Array.isArray(allowed) ? { enum: allowed } : {}),
		...(typeof additionalProperties === "boolean" ? { additionalProperties } : {}),
	};
}
