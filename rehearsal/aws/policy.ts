import { asTexts } from "./inputs.ts";

/** One action on one resource that a declared statement allows, or denies. */
export interface Grant {
	readonly roleName: string;
	readonly policy: string;
	/** The statement's `Sid`, or its place in the document, from 1. */
	readonly statement: string;
	readonly action: string;
	readonly resource: string;
	readonly effect: Effect;
	readonly conditions: Conditions;
}

export type Effect = "Allow" | "Deny";

/** The values that a key of the request's context may have. */
type Conditions = Readonly<Record<string, readonly string[]>>;

/** What conditions may ask about. */
export type Context = Readonly<Record<string, string>>;

/** Who may assume a role, and under which conditions. */
export interface Trust {
	readonly principals: readonly string[];
	readonly conditions: Conditions;
}

/** The grants of an IAM policy document. What this account does not evaluate (inner wildcards, …) is an error that names it. */
export function readGrants(roleName: string, policy: string, document: string): readonly Grant[] {
	return statementsOf(`policy ${policy} of role ${roleName}`, document, ["Allow", "Deny"]).flatMap(({ where, statement }, index) => {
		known(where, statement, ["Sid", "Effect", "Action", "Resource", "Condition"]);
		const conditions = conditionsOf(where, statement);
		const name = typeof statement.Sid === "string" ? statement.Sid : String(index + 1);
		return patterns(where, "Action", statement.Action).flatMap((action) =>
			patterns(where, "Resource", statement.Resource).map((resource) => ({
				roleName,
				policy,
				statement: name,
				action,
				resource,
				effect: statement.Effect === "Deny" ? "Deny" : "Allow",
				conditions,
			})),
		);
	});
}

/** The trust of a role's assume-role policy; only `StringEquals` conditions are evaluated. */
export function readTrust(roleName: string, document: string): readonly Trust[] {
	return statementsOf(`trust policy of role ${roleName}`, document, ["Allow"]).map(({ where, statement }) => {
		known(where, statement, ["Sid", "Effect", "Action", "Principal", "Condition"]);
		if (!asTexts(statement.Action)?.includes("sts:AssumeRole")) throw new Error(`${where}: expected Action sts:AssumeRole, got another`);
		const { Service, AWS, ...others } = record(statement.Principal);
		if (Object.keys(others).length > 0) throw new Error(`${where}: expected a Service or AWS principal, got ${Object.keys(others)}`);
		return { principals: [...(asTexts(Service) ?? []), ...(asTexts(AWS) ?? [])], conditions: conditionsOf(where, statement) };
	});
}

function conditionsOf(where: string, { Condition = {} }: Record<string, unknown>): Conditions {
	const { StringEquals = {}, ...operators } = record(Condition);
	if (Object.keys(operators).length > 0) throw new Error(`${where}: expected StringEquals conditions only, got ${Object.keys(operators)}`);
	return Object.fromEntries(Object.entries(record(StringEquals)).map(([key, value]) => [key, asTexts(value) ?? []]));
}

/** Whether a request of this context fulfils every condition: a key that it lacks fulfils none. */
export function fulfils(conditions: Conditions, context: Context): boolean {
	return Object.entries(conditions).every(([key, allowed]) => context[key] !== undefined && allowed.includes(context[key]));
}

/** Whether a literal, or a pattern with one `*` at its end, covers a value. IAM actions do not know case, resources do. */
export function covers(pattern: string, value: string): boolean {
	return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : pattern === value;
}

interface Located {
	readonly where: string;
	readonly statement: Record<string, unknown>;
}

function statementsOf(where: string, document: string, effects: readonly Effect[]): readonly Located[] {
	const { Statement: listed } = record(parse(where, document));
	const statements: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
	return statements.map((item, index) => {
		const statement = record(item);
		const place = `${where}, statement ${index + 1}`;
		if (!effects.some((effect) => effect === statement.Effect))
			throw new Error(`${place}: expected Effect ${effects.join(" or ")}, got ${JSON.stringify(statement.Effect)}`);
		return { where: place, statement };
	});
}

function patterns(where: string, key: string, value: unknown): readonly string[] {
	const listed = asTexts(value);
	if (listed === undefined || listed.length === 0) throw new Error(`${where}: expected ${key} to name at least one, got none`);
	const inner = listed.find((pattern) => /[*?]./.test(pattern) || pattern.endsWith("?"));
	if (inner !== undefined) throw new Error(`${where}: expected ${key} to be literal or to end in *, got ${inner}`);
	return listed;
}

function known(where: string, statement: Record<string, unknown>, allowed: readonly string[]): void {
	const other = Object.keys(statement).find((key) => !allowed.includes(key));
	if (other !== undefined) throw new Error(`${where}: expected only ${allowed.join(", ")}, got ${other}`);
}

function parse(where: string, document: string): unknown {
	try {
		return JSON.parse(document);
	} catch {
		throw new Error(`${where}: expected a JSON document, got text that is not JSON`);
	}
}

function record(value: unknown): Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
}
