/** The arguments of a call by their names, or the error that Slack answers to a body that it cannot read. */
export type Arguments = { readonly given: Readonly<Record<string, unknown>> } | { readonly error: string };

/** Arguments with values that are JSON, which a form holds as text. */
const structured = ["blocks", "metadata"];

/** docs.slack.dev, "Slack Web API": a query, a form, or for the methods that write JSON. A charset behind the type is let pass. */
export async function readArguments(request: Request): Promise<Arguments> {
	const query = Object.fromEntries(new URL(request.url).searchParams);
	if (request.method === "GET") return { given: query };
	const body = await request.text();
	const type = request.headers.get("content-type")?.split(";")[0]?.trim().toLowerCase();
	if (body === "") return { given: query };
	if (type === undefined || type === "") return { error: "missing_post_type" };
	if (type === "application/json") return jsonArguments(body, query);
	if (type !== "application/x-www-form-urlencoded" && type !== "text/plain") return { error: "invalid_post_type" };
	return { given: { ...query, ...formArguments(body) } };
}

function jsonArguments(body: string, query: Readonly<Record<string, string>>): Arguments {
	const json = parsed(body);
	if (json === undefined) return { error: "invalid_json" };
	if (typeof json !== "object" || json === null || Array.isArray(json)) return { error: "json_not_object" };
	// A token stands in the header where the body is JSON.
	const { token: _token, ...given }: Readonly<Record<string, unknown>> = { ...json };
	return { given: { ...query, ...given } };
}

const formArguments = (body: string): Readonly<Record<string, unknown>> =>
	Object.fromEntries(
		[...new URLSearchParams(body)].map(([name, value]) => [name, structured.includes(name) ? (parsed(value) ?? value) : value]),
	);

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** An argument that is a text or a number; "" where there is none. */
export function textOf(given: Readonly<Record<string, unknown>>, name: string): string {
	const value = given[name];
	return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/** JSON says it as it is, a form by a word. */
export const isTrue = (given: Readonly<Record<string, unknown>>, name: string): boolean => ["true", "1"].includes(String(given[name]));
