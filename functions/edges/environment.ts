import { readFileSync } from "node:fs";
import { EdgeError } from "../pipeline/ports.ts";
import type { RuntimeSettings } from "../pipeline/settings.ts";
import { secretVariable, vendorSecretsVariable } from "../schemas/secrets.ts";

/** The variables of the functions: names of resources, nothing else. A function has those that it needs. */
export interface Environment {
	/** The ledger's table, where a stack keeps it in DynamoDB. */
	tableName(): string;
	/** The server of the ledger, where a stack keeps it in Redis or Valkey. */
	redisUrl(): string;
	/** What its keys there begin with. */
	redisPrefix(): string;
	queueUrl(): string;
	/** The response workflow of each policy, by its name. */
	flowIds(): Readonly<Record<string, string>>;
	/** The remediator's name. */
	remediator(): string;
	/** The function URL below which approval links lead. */
	approvalUrl(): string;
	/** The function URL below which acknowledge links lead. */
	acknowledgeUrl(): string;
	/** The id of the data table of active incidents. */
	activeIncidentsTable(): string;
	/** The ARN of a secret: `secret("genesys-detector")` reads SECRET_GENESYS_DETECTOR. */
	secret(name: string): string;
	/** The name of the secret of a vendor's credential. */
	vendorSecret(credential: string): string;
}

const httpUrl = /^https?:\/\/\S+$/;
const uuid = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}";
const flowOfPolicy = `"[a-z][a-z0-9-]*":"${uuid}"`;
const flowIds = new RegExp(`^\\{${flowOfPolicy}(,${flowOfPolicy})*\\}$`);
const secretArn = /^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:\d{12}:secret:\S+$/;

const formats: Readonly<Record<string, { readonly pattern: RegExp; readonly expected: string }>> = {
	TABLE_NAME: { pattern: /^[A-Za-z0-9_.-]{3,255}$/, expected: "the name of a DynamoDB table" },
	REDIS_URL: {
		pattern: /^rediss?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?$/,
		expected: "the address of a Redis server, such as rediss://host:6379",
	},
	REDIS_PREFIX: { pattern: /^[A-Za-z0-9_.-]{1,255}$/, expected: "what the keys of the ledger begin with" },
	QUEUE_URL: { pattern: httpUrl, expected: "the URL of an SQS queue" },
	REMEDIATOR: { pattern: /^[A-Za-z0-9-_]{1,64}$/, expected: "the name of a function" },
	APPROVAL_URL: { pattern: httpUrl, expected: "the URL of the webhook" },
	ACKNOWLEDGE_URL: { pattern: httpUrl, expected: "the URL of the webhook" },
	[vendorSecretsVariable]: { pattern: /^[\w/+=.@-]+\/$/, expected: "the beginning of the names of secrets" },
	ACTIVE_INCIDENTS_TABLE: { pattern: new RegExp(`^${uuid}$`), expected: "the id (UUID) of a data table" },
	FLOW_IDS: { pattern: flowIds, expected: "the id (UUID) of an Architect flow for each policy, as a JSON object" },
};
const secretFormat = { pattern: secretArn, expected: "the ARN of a secret" };

/**
 * Checks every variable that is set, all at once, and reads one where it is used: a function that lacks a variable fails only when it
 * needs it. Throws EdgeError "misconfigured"; messages say the kind of value that was found, never the value.
 */
export function readEnvironment(env: Readonly<Record<string, string | undefined>>): Environment {
	const problems = Object.entries(env).flatMap(([variable, value]) => {
		const format = formatOf(variable);
		if (format === undefined || value === undefined || format.pattern.test(value)) return [];
		return [`${variable}: expected ${format.expected}, got ${kind(value)}`];
	});
	if (problems.length > 0) throw misconfigured("environment", problems);
	const required = (variable: string): string => {
		const value = env[variable];
		if (value !== undefined) return value;
		throw misconfigured("environment", [`${variable}: expected ${formatOf(variable)?.expected}, got nothing`]);
	};
	return {
		tableName: () => required("TABLE_NAME"),
		redisUrl: () => required("REDIS_URL"),
		redisPrefix: () => required("REDIS_PREFIX"),
		queueUrl: () => required("QUEUE_URL"),
		flowIds: () => JSON.parse(required("FLOW_IDS")),
		remediator: () => required("REMEDIATOR"),
		approvalUrl: () => required("APPROVAL_URL"),
		acknowledgeUrl: () => required("ACKNOWLEDGE_URL"),
		activeIncidentsTable: () => required("ACTIVE_INCIDENTS_TABLE"),
		secret: (name) => required(secretVariable(name)),
		vendorSecret: (credential) => `${required(vendorSecretsVariable)}${credential}`,
	};
}

/** What no settings lack, each with its type as `typeof` has it; `grouping` may be `false`, and has two. */
const sections = {
	environment: "string",
	genesys: "object",
	runbooks: "object",
	policies: "object",
	routes: "object",
	limits: "object",
} as const satisfies Partial<Record<keyof RuntimeSettings, string>>;

/**
 * The settings out of the text of `settings.json`. They were checked field by field when the archive was made; here only that the file holds
 * settings. Throws EdgeError "misconfigured" with every section that is missing.
 */
export function parseSettings(text: string): RuntimeSettings {
	const document = jsonOf(text);
	if (holdsSettings(document)) return document;
	const problems = Object.entries(sections).filter(([name, type]) => typeof sectionOf(document, name) !== type);
	throw misconfigured(
		"settings.json",
		problems.map(([name, type]) => `${name}: expected ${type === "string" ? "a text" : "a section"}, got something else`),
	);
}

const sectionOf = (document: unknown, name: string): unknown =>
	typeof document === "object" && document !== null ? (Reflect.get(document, name) ?? undefined) : undefined;

const holdsSettings = (document: unknown): document is RuntimeSettings =>
	Object.entries(sections).every(([name, type]) => typeof sectionOf(document, name) === type);

/** Reads `settings.json` beside the bundle that this module is part of. */
export function loadSettings(file: URL = new URL("./settings.json", import.meta.url)): RuntimeSettings {
	return parseSettings(textOf(file));
}

function textOf(file: URL): string {
	try {
		return readFileSync(file, "utf8");
	} catch {
		throw misconfigured("settings.json", ["expected the file in the function's archive, beside index.mjs, got nothing readable"]);
	}
}

function jsonOf(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		throw misconfigured("settings.json", [`expected JSON, got ${kind(text)} that is not JSON`]);
	}
}

function formatOf(variable: string): { readonly pattern: RegExp; readonly expected: string } | undefined {
	return variable.startsWith(secretVariable("")) ? secretFormat : formats[variable];
}

const kind = (value: string): string => (value === "" ? "an empty text" : `a text of ${value.length} characters`);

function misconfigured(where: string, problems: readonly string[]): EdgeError {
	return new EdgeError("misconfigured", `${where}: ${problems.join("; ")}`, { retry: false });
}
