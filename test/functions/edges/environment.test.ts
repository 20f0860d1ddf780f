import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { loadSettings, parseSettings, readEnvironment } from "../../../functions/edges/environment.ts";
import { exampleSettings } from "./runtimeSettings.ts";

const arn = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:runbooks-dev/genesys-detector-AbCdEf";

describe("the environment", () => {
	test("gives each variable by what it names", () => {
		const environment = readEnvironment({
			TABLE_NAME: "runbooks-dev-incidents",
			REDIS_URL: "rediss://cache.customer.example:6379",
			REDIS_PREFIX: "runbooks-dev-incidents",
			QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/123456789012/runbooks-dev-dispatch",
			FLOW_IDS: '{"telephony":"6f1f5b0e-0000-4000-8000-000000000001","it":"6f1f5b0e-0000-4000-8000-000000000002"}',
			SECRET_GENESYS_DETECTOR: arn,
			VENDOR_SECRETS: "runbooks-dev/",
			PATH: "",
		});
		expect(environment.tableName()).toBe("runbooks-dev-incidents");
		expect([environment.redisUrl(), environment.redisPrefix()]).toEqual(["rediss://cache.customer.example:6379", "runbooks-dev-incidents"]);
		expect(environment.queueUrl()).toBe("https://sqs.eu-central-1.amazonaws.com/123456789012/runbooks-dev-dispatch");
		expect(environment.flowIds()).toEqual({
			telephony: "6f1f5b0e-0000-4000-8000-000000000001",
			it: "6f1f5b0e-0000-4000-8000-000000000002",
		});
		expect(environment.secret("genesys-detector")).toBe(arn);
		expect(environment.vendorSecret("pagerduty-second-line")).toBe("runbooks-dev/pagerduty-second-line");
	});

	test("refuses every malformed variable at once, and never quotes a value", () => {
		const read = () =>
			readEnvironment({
				TABLE_NAME: "",
				REDIS_URL: "rediss://runbooks:s3cret@cache",
				QUEUE_URL: "dispatch",
				FLOW_IDS: "Response",
				SECRET_WEBHOOK: "s3cret-value",
				VENDOR_SECRETS: "runbooks dev",
				HOME: "",
			});
		expect(read).toThrow(
			expect.objectContaining({
				name: "EdgeError",
				reason: "misconfigured",
				retry: false,
				message:
					"environment: TABLE_NAME: expected the name of a DynamoDB table, got an empty text; " +
					"REDIS_URL: expected the address of a Redis server, such as rediss://host:6379, got a text of 30 characters; " +
					"QUEUE_URL: expected the URL of an SQS queue, got a text of 8 characters; " +
					"FLOW_IDS: expected the id (UUID) of an Architect flow for each policy, as a JSON object, got a text of 8 characters; " +
					"SECRET_WEBHOOK: expected the ARN of a secret, got a text of 12 characters; " +
					"VENDOR_SECRETS: expected the beginning of the names of secrets, got a text of 12 characters",
			}),
		);
	});

	test("lets a variable be missing until it is used", () => {
		const environment = readEnvironment({});
		const missing = (message: string) => expect.objectContaining({ reason: "misconfigured", retry: false, message });
		expect(() => environment.tableName()).toThrow(missing("environment: TABLE_NAME: expected the name of a DynamoDB table, got nothing"));
		expect(() => environment.queueUrl()).toThrow(missing("environment: QUEUE_URL: expected the URL of an SQS queue, got nothing"));
		expect(() => environment.flowIds()).toThrow(
			missing("environment: FLOW_IDS: expected the id (UUID) of an Architect flow for each policy, as a JSON object, got nothing"),
		);
		expect(() => environment.secret("genesys-detector")).toThrow(
			missing("environment: SECRET_GENESYS_DETECTOR: expected the ARN of a secret, got nothing"),
		);
	});
});

describe("settings.json", () => {
	test("comes back as it was written", () => {
		expect(parseSettings(JSON.stringify(exampleSettings()))).toEqual(exampleSettings());
	});

	test("is read from beside the bundle", () => {
		const folder = mkdtempSync(join(tmpdir(), "runbooks-"));
		try {
			const file = join(folder, "settings.json");
			writeFileSync(file, JSON.stringify(exampleSettings()));
			expect(loadSettings(pathToFileURL(file))).toEqual(exampleSettings());
		} finally {
			rmSync(folder, { recursive: true });
		}
	});

	test("that is missing is misconfigured", () => {
		expect(() => loadSettings(new URL("absent/settings.json", import.meta.url))).toThrow(
			expect.objectContaining({
				reason: "misconfigured",
				message: "settings.json: expected the file in the function's archive, beside index.mjs, got nothing readable",
			}),
		);
	});

	test("that is not JSON is misconfigured, and is not quoted", () => {
		expect(() => parseSettings("s3cret")).toThrow("settings.json: expected JSON, got a text of 6 characters that is not JSON");
	});

	test("that lacks sections is refused with all of them", () => {
		const { limits: _, ...settings } = exampleSettings();
		expect(() => parseSettings(JSON.stringify({ ...settings, environment: 1, routes: null }))).toThrow(
			"settings.json: environment: expected a text, got something else; routes: expected a section, got something else; " +
				"limits: expected a section, got something else",
		);
	});

	test.each(["null", "[]", '"text"', "1"])("that is %s is refused", (text) => {
		expect(() => parseSettings(text)).toThrow("settings.json: environment: expected a text, got something else");
	});
});
