import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import type { DocumentedRequest, Schema } from "./documented.ts";
import type { Emulator, VendorAccount } from "./emulator.ts";

/** What is wrong with a request by its vendor's own document: one sentence each, and never a value that could be a secret. */
export type Judge = (request: Request) => Promise<readonly string[]>;

type Judged = Pick<Emulator, "name" | "requests">;
type Problem = readonly [expected: string, got: string];

/** Judges what is sent to an account at a vendor. A request that no description lists is wrong, too. */
export function judgeOf({ name, requests }: Judged, hosts: VendorAccount["hosts"]): Judge {
	return async (request) => {
		const { host, pathname } = new URL(request.url);
		const call = `${name}: ${request.method} ${pathname}`;
		const listed = requests.filter(
			(each) => each.method === request.method && hosts[each.host] === host && matchesWhole(each.path, pathname),
		);
		if (listed.length === 0) {
			const known = requests.map(({ method, host: word, path }) => `${method} ${word} ${path.source}`);
			return [`${call}: expected one of ${known.join(", ")}, got another request`];
		}
		// Where a document has several forms of a request it is meant as the one that it is nearest to.
		const judged = await Promise.all(
			listed.map(async ({ page, ...each }) => ({ page, problems: await problemsOf(each, request.clone()) })),
		);
		const nearest = judged.toSorted((one, other) => one.problems.length - other.problems.length)[0];
		return (nearest?.problems ?? []).map(([expected, got]) => `${call}: expected ${expected} (${nearest?.page}), got ${got}`);
	};
}

const matchesWhole = (path: RegExp, pathname: string): boolean => new RegExp(`^(?:${path.source})$`).test(pathname);

async function problemsOf(described: Omit<DocumentedRequest, "page">, request: Request): Promise<readonly Problem[]> {
	const { searchParams } = new URL(request.url);
	const query = schemaProblems(described.query ?? noParameters, parametersOf(searchParams), "query");
	return [...headerProblems(described, request), ...query, ...(await bodyProblems(described, request))];
}

const noParameters: Schema = { type: "object", additionalProperties: false };

const headerProblems = ({ headers = {} }: Pick<DocumentedRequest, "headers">, request: Request): readonly Problem[] =>
	Object.entries(headers).flatMap(([name, form]) => {
		const got = request.headers.get(name);
		if (got !== null && form.test(got)) return [];
		return [[`a header ${name} like ${form.source}`, got === null ? "none" : "another one"] as const];
	});

async function bodyProblems({ body }: Pick<DocumentedRequest, "body">, request: Request): Promise<readonly Problem[]> {
	const said = await request.text();
	if (body === undefined) return said === "" ? [] : [["no body", `${said.length} characters`]];
	const type = request.headers.get("content-type") ?? "none";
	const expected = "json" in body ? "application/json" : "application/x-www-form-urlencoded";
	if (type.split(";")[0]?.trim().toLowerCase() !== expected) return [[`the content type ${expected}`, type]];
	if ("form" in body) return schemaProblems(body.form, parametersOf(new URLSearchParams(said)), "form");
	const json = parsed(said);
	return json === undefined ? [["a body that is JSON", "another text"]] : schemaProblems(body.json, json.value, "body");
}

function parsed(said: string): { readonly value: unknown } | undefined {
	try {
		return { value: JSON.parse(said) };
	} catch {
		return undefined;
	}
}

/** A list where a name stands there several times. */
function parametersOf(given: URLSearchParams): Readonly<Record<string, string | readonly string[]>> {
	const byName = [...new Set(given.keys())].map((name) => [name, given.getAll(name)] as const);
	return Object.fromEntries(byName.map(([name, [first = "", ...more]]) => [name, more.length === 0 ? first : [first, ...more]]));
}

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, verbose: true });
const compiled = new WeakMap<Schema, ValidateFunction>();

function schemaProblems(schema: Schema, value: unknown, whole: string): readonly Problem[] {
	const validate = compiled.get(schema) ?? ajv.compile(schema);
	compiled.set(schema, validate);
	return validate(value) ? [] : (validate.errors ?? []).map((error) => wordsOf(error, whole));
}

/** What a schema expects at a place, and what is there: a word of a closed list, and of everything else no more than its kind. */
function wordsOf({ instancePath, keyword, params, data, message = "" }: ErrorObject, whole: string): Problem {
	const place = instancePath.slice(1).replaceAll("/", ".").replaceAll("~1", "/").replaceAll("~0", "~");
	const at = place === "" ? whole : place;
	const field = (name: unknown): string => [...(place === "" ? [] : [place]), name].join(".");
	switch (keyword) {
		case "required":
			return [field(params.missingProperty), "none"];
		case "additionalProperties":
			return [`no field ${field(params.additionalProperty)}`, "one"];
		case "maxLength":
			return [`${at} of at most ${params.limit} characters`, `${[...String(data)].length}`];
		case "enum":
			return [`${at} as one of ${[params.allowedValues].flat().join(", ")}`, JSON.stringify(data) ?? "none"];
		default:
			return [`${at} that ${message}`, kindOf(data)];
	}
}

function kindOf(value: unknown): string {
	if (typeof value === "string") return `a text of ${value.length}`;
	if (Array.isArray(value)) return `a list of ${value.length}`;
	return value === null ? "null" : `a value of type ${typeof value}`;
}
