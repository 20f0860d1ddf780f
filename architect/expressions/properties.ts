import { type Content, entityTypes, isList, type ScalarType, type Type } from "./values.ts";

type Properties = Readonly<Record<string, ScalarType>>;

const named: Properties = { id: "string", name: "string" };
const entityProperties = Object.fromEntries(entityTypes.map((type) => [type, named]));

/** The properties that values have, by type (the vendor's catalogue of types); JSON has those that its keys are. */
const properties: Readonly<Record<string, Properties>> = {
	...entityProperties,
	user: { ...named, username: "string" },
	currency: { amount: "decimal", code: "string" },
	phoneNumber: {
		dialingCode: "string",
		e164: "string",
		isGlobal: "boolean",
		isSip: "boolean",
		isTel: "boolean",
		raw: "string",
		scheme: "string",
		subscriberNumber: "string",
		uri: "string",
	},
};

/** A property as declared and its type; its name ignores case, but keys of JSON do not. Undefined: the type has none of that name. */
export function propertyOf(type: Type, property: string): { readonly name: string; readonly type: ScalarType } | undefined {
	if (type === "json") return { name: property, type: "json" };
	const found = Object.entries(properties[type] ?? {}).find(([name]) => name.toLowerCase() === property.toLowerCase());
	return found === undefined ? undefined : { name: found[0], type: found[1] };
}

/** The names of a type's properties. */
export function propertiesOf(type: Type): readonly string[] {
	return Object.keys(properties[type] ?? {});
}

/** The value of a property: a missing key, a null and a property of what is no object or NOT_SET are NOT_SET. */
export function propertyValue(content: Content | undefined, property: string): Content | undefined {
	if (typeof content !== "object" || content === null || isList(content)) return undefined;
	return Object.hasOwn(content, property) ? (content[property] ?? undefined) : undefined;
}
