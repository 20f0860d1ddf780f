import { readdirSync, readFileSync } from "node:fs";

const root = new URL("../../../node_modules/purecloud-platform-client-v2/", import.meta.url);
const apiFolder = new URL("src/purecloud-platform-client-v2/api/", root);

/** One call of the API as the vendor's own client makes it: the names on the wire, and the types that it declares. */
export interface Operation {
	readonly method: string;
	/** With its parameters as `{name}`. */
	readonly path: string;
	/** Fits the path with real values for its parameters. */
	readonly pattern: RegExp;
	readonly query: readonly string[];
	/** Undefined where it takes no body. */
	readonly body: string | undefined;
	/** Undefined where nothing comes back. */
	readonly answer: string | undefined;
}

/** The vendor's SDK, read as text: what it calls, and the fields of its models. */
export interface VendorSdk {
	readonly operations: readonly Operation[];
	/** Model → field → type, as the typings write it. */
	readonly models: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Throws Error when nothing is found where the SDK keeps it: a test must not pass for want of names. */
export function readVendorSdk(): VendorSdk {
	const typings = readFileSync(new URL("index.d.ts", root), "utf8");
	const types = methodTypes(typings);
	const operations = readdirSync(apiFolder).flatMap((file) => operationsOf(readFileSync(new URL(file, apiFolder), "utf8"), types));
	const models = modelsOf(typings);
	if (operations.length < 1000 || models.size < 1000)
		throw new Error(`expected thousands of operations and models, got ${operations.length} and ${models.size}`);
	return { operations, models };
}

interface MethodTypes {
	/** `id: string, body: Models.Thing, opts?: …`. */
	readonly parameters: string;
	readonly answer: string | undefined;
}

/** `  	postThings(id: string, body: Models.Thing, opts?: …): Promise<Models.Thing>;` */
function methodTypes(typings: string): ReadonlyMap<string, MethodTypes> {
	const found = typings.matchAll(/^[ \t]+(\w+)\((.*)\): Promise<(.*)>;$/gm);
	return new Map(
		[...found].map(([, name = "", parameters = "", answer = ""]) => [name, { parameters, answer: answer === "void" ? undefined : answer }]),
	);
}

/** A method of the SDK and its one `callApi`: path, HTTP method, parameters of path, query, header and form, body. */
const calls =
	/^\t(\w+)\([^)]*\) \{(?:(?!^\t\}$)[\s\S])*?callApi\(\s*'([^']+)',\s*'(\w+)',\s*\{[^}]*\},\s*\{([^}]*)\},\s*\{[^}]*\},\s*\{[^}]*\},\s*([^,]+),/gm;

function operationsOf(source: string, types: ReadonlyMap<string, MethodTypes>): Operation[] {
	return [...source.matchAll(calls)].map(([, name = "", path = "", method = "", query = "", body = ""]) => ({
		method,
		path,
		pattern: new RegExp(`^${path.replaceAll(".", "\\.").replaceAll(/\{[^}]+\}/g, "[^/]+")}$`),
		query: [...query.matchAll(/'([^']+)': /g)].flatMap(([, key]) => key ?? []),
		body: bodyType(body, types.get(name)?.parameters ?? ""),
		answer: types.get(name)?.answer,
	}));
}

/** A body that is an option has a type that is not looked up: it holds anything. */
function bodyType(variable: string, parameters: string): string | undefined {
	if (variable === "null") return undefined;
	return new RegExp(`(?:^|, )${variable}: (.+?)(?:, \\w+\\??: |$)`).exec(parameters)?.[1] ?? "any";
}

function modelsOf(typings: string): VendorSdk["models"] {
	const section = typings.slice(typings.indexOf("declare namespace Models"));
	const found = section.matchAll(/^\texport interface (\w+) \{([\s\S]*?)^\t\}/gm);
	return new Map(
		[...found].map(([, name = "", fields = ""]) => [
			name,
			new Map([...fields.matchAll(/^\t\t"([^"]+)"\??: (.*);$/gm)].map(([, field = "", type = ""]) => [field, type])),
		]),
	);
}

/** The operation of a method and a path of real ids; of two that fit, the one that names more of the path. `flags` are those of a regular expression. */
export function operationOf({ operations }: VendorSdk, method: string, path: string, flags = ""): Operation | undefined {
	const fits = operations.filter((each) => each.method === method && new RegExp(each.pattern, flags).test(path));
	return fits.toSorted((one, other) => parameters(one.path) - parameters(other.path))[0];
}

const parameters = (path: string): number => path.split("{").length;

/** Fields of a document that its type does not have, by their place. What the typings leave open holds anything. */
export function unknownFields(sdk: VendorSdk, type: string, document: unknown, place = "$"): readonly string[] {
	const element = /^Array<(.+)>$/.exec(type)?.[1];
	if (element !== undefined)
		return Array.isArray(document)
			? document.flatMap((each, index) => unknownFields(sdk, element, each, `${place}[${index}]`))
			: [`${place} is no array`];
	const fields = sdk.models.get(/^Models\.(\w+)$/.exec(type)?.[1] ?? "");
	if (fields === undefined || typeof document !== "object" || document === null) return [];
	return Object.entries(document).flatMap(([name, value]) => {
		const fieldType = fields.get(name);
		return fieldType === undefined ? [`${place}.${name}`] : unknownFields(sdk, fieldType, value, `${place}.${name}`);
	});
}

/** The type at a JSON path such as `$.entities[*].name`; undefined where the vendor has no such place. */
export function typeAt({ models }: VendorSdk, type: string, path: string): string | undefined {
	const steps = path.slice(1).matchAll(/\.(\w+)|\[\*\]/g);
	return [...steps].reduce<string | undefined>((at, [, field]) => {
		if (at === undefined) return undefined;
		if (field === undefined) return /^Array<(.+)>$/.exec(at)?.[1];
		return models.get(/^Models\.(\w+)$/.exec(at)?.[1] ?? "")?.get(field);
	}, type);
}
