import ts from "typescript";
import { type DeclaredProperty, propertiesOf } from "./readInterface.ts";

/** One property of a Pulumi package schema, as far as it is compared. */
export interface SchemaProperty {
	readonly type?: string;
	readonly items?: SchemaProperty;
	readonly additionalProperties?: SchemaProperty;
	/** `#/types/<token>` of an object. */
	readonly $ref?: string;
	readonly secret?: boolean;
}

interface SchemaObject {
	readonly properties?: Readonly<Record<string, SchemaProperty>>;
	readonly required?: readonly string[];
}

/** The package schema that `pulumi package get-schema` prints. */
export interface PackageSchema {
	readonly resources: Readonly<
		Record<
			string,
			SchemaObject & { readonly inputProperties?: Readonly<Record<string, SchemaProperty>>; readonly requiredInputs?: readonly string[] }
		>
	>;
	readonly types?: Readonly<Record<string, SchemaObject>>;
}

/** What the classes leave out on purpose: by `<class or type>.<property>`. */
export type LeftOut = readonly string[];

/** Each difference between a file of thin classes and the schema, in a sentence; none where they agree. A property may be stricter here: required where the schema leaves it open. */
export function compareWithSchema(source: string, schema: PackageSchema, leftOut: LeftOut): readonly string[] {
	return classesOf(source).flatMap((declared) => {
		const resource = schema.resources[declared.token];
		if (resource === undefined) return [`${declared.name}: expected a resource ${declared.token} in the schema, got none`];
		const { inputProperties = {}, requiredInputs = [], properties = {} } = resource;
		const inputs = propertiesOf(source, `${declared.name}Args`);
		const compared = { source, schema, leftOut };
		return [
			...objectDifferences(compared, declared.name, inputs, inputProperties, requiredInputs, [`${lowerFirst(declared.name)}Id`]),
			...declared.outputs
				.filter((key) => properties[key] === undefined)
				.map((key) => `${declared.name}.${key}: expected an output of the schema, got none`),
			...Object.entries(properties)
				.filter(([key]) => !declared.outputs.includes(key) && !leftOut.includes(`${declared.name}.${key}`))
				.map(([key]) => `${declared.name}.${key}: expected the output to be declared, got nothing`),
			...Object.entries(properties)
				.filter(([key, { secret = false }]) => secret && declared.outputs.includes(key) && !declared.secrets.includes(key))
				.map(([key]) => `${declared.name}.${key}: expected a secret output, got a plain one`),
		];
	});
}

interface Compared {
	readonly source: string;
	readonly schema: PackageSchema;
	readonly leftOut: LeftOut;
}

function objectDifferences(
	compared: Compared,
	owner: string,
	ours: readonly DeclaredProperty[],
	theirs: Readonly<Record<string, SchemaProperty>>,
	required: readonly string[],
	implied: readonly string[] = [],
): readonly string[] {
	const missing = Object.keys(theirs).filter((key) => !ours.some(({ name }) => name === key));
	return [
		...missing
			.filter((key) => !implied.includes(key) && !compared.leftOut.includes(`${owner}.${key}`))
			.map((key) => `${owner}.${key}: expected the input to be declared, got nothing`),
		...ours.flatMap((property) => {
			const known = theirs[property.name];
			const at = `${owner}.${property.name}`;
			if (known === undefined) return [`${at}: expected an input of the schema, got none`];
			const loose =
				required.includes(property.name) && !property.required ? [`${at}: expected it to be required, got an optional one`] : [];
			return [...loose, ...typeDifferences(compared, at, property.type, known)];
		}),
	];
}

function typeDifferences(compared: Compared, at: string, ours: string, theirs: SchemaProperty): readonly string[] {
	const differs = (expected: string): readonly string[] => [`${at}: expected ${expected}, got ${ours}`];
	if (theirs.type === "array")
		return ours.endsWith("[]") ? typeDifferences(compared, at, ours.slice(0, -2), theirs.items ?? {}) : differs("a list");
	if (theirs.$ref !== undefined) {
		const object = compared.schema.types?.[theirs.$ref.replace("#/types/", "")];
		if (object === undefined || !/^[A-Z]\w*$/.test(ours)) return differs("an object of its own");
		return objectDifferences(compared, ours, propertiesOf(compared.source, ours), object.properties ?? {}, object.required ?? []);
	}
	if (theirs.additionalProperties !== undefined || theirs.type === "object") {
		const [, inner] = /^Record<string, (.*)>$/.exec(ours) ?? [];
		return inner === undefined ? differs("a map") : typeDifferences(compared, at, inner, theirs.additionalProperties ?? { type: inner });
	}
	const expected = theirs.type === "integer" ? "number" : (theirs.type ?? "");
	return ours === expected ? [] : differs(expected);
}

const lowerFirst = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

interface DeclaredClass {
	readonly name: string;
	readonly token: string;
	/** What is declared on it, inputs too. */
	readonly outputs: readonly string[];
	readonly secrets: readonly string[];
}

function classesOf(text: string): readonly DeclaredClass[] {
	const source = ts.createSourceFile("sdk.ts", text, ts.ScriptTarget.ESNext, true);
	return source.statements.filter(ts.isClassDeclaration).map((each) => {
		const body = each.getText(source);
		const [, token = ""] = /super\("([^"]+)"/.exec(body) ?? [];
		const [, secrets = ""] = /additionalSecretOutputs: \[([^\]]*)\]/.exec(body) ?? [];
		return {
			name: each.name?.text ?? "",
			token,
			outputs: each.members.filter(ts.isPropertyDeclaration).map((member) => member.name.getText(source)),
			secrets: [...secrets.matchAll(/"([^"]+)"/g)].map(([, key = ""]) => key),
		};
	});
}
