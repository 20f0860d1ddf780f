import { readFileSync } from "node:fs";
import { EdgeError } from "../pipeline/ports.ts";
import type { RuntimeSettings } from "../pipeline/settings.ts";
import { runtimeSettings } from "../schemas/runtimeSettings.ts";
import { secretVariable, vendorSecretsVariable } from "../schemas/secrets.ts";

/** The variables of the functions: names of resources, nothing else. A function has those that it needs. */
export interface Environment {
	tableName(): string;
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

/**
 * The settings out of the text of `settings.json`, frozen by their type. Throws EdgeError "misconfigured" with every problem and its path.
 */
export function parseSettings(text: string): RuntimeSettings {
	const document = jsonOf(text);
	const result = runtimeSettings.safeParse(document);
	if (result.success) return result.data;
	const problems = result.error.issues.map(({ path, message }) => {
		// The texts of the settings complete the sentence "expected …"; those of the schema library are sentences.
		const sentence = /expected|unrecognized/i.test(message) ? message : `expected ${message}`;
		return `${path.length === 0 ? "(document)" : path.join(".")}: ${sentence}`;
	});
	throw misconfigured("settings.json", problems);
}

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
