import { Ajv2020 } from "ajv/dist/2020.js";
import { type BaseIssue, getDotPath, parse, safeParse } from "valibot";
import { describe, expect, test } from "vitest";
import { dispatchMessage } from "../../../functions/schemas/dispatchMessage.ts";
import { ledgerAnswers, ledgerRequest } from "../../../functions/schemas/ledgerRequest.ts";
import { reading } from "../../../functions/schemas/reading.ts";
import { readingJsonSchema } from "../../../functions/schemas/readingSchema.ts";
import { runtimeSettings } from "../../../functions/schemas/runtimeSettings.ts";
import { genesysSecret, webhookSecret } from "../../../functions/schemas/secrets.ts";
import { vendorSecret } from "../../../functions/schemas/vendorSecret.ts";
import { exampleSettings } from "../edges/runtimeSettings.ts";

const down = {
	schema: "genesyscloud-runbooks/reading/1",
	condition: "trunk-down",
	entity: { id: "6f1f5b0e-0000-4000-8000-000000000001", name: "Frankfurt-1" },
	severity: "high",
	verdict: "breach",
	reason: "not-connected",
	observedAt: Date.UTC(2026, 10, 24, 9),
	metrics: { instances: 2, instancesUp: 0 },
	source: "webhook",
	raw: { state: "DISCONNECTED" },
};

const paths = ({ issues }: { readonly issues?: readonly BaseIssue<unknown>[] | undefined }): string[] =>
	(issues ?? []).map((issue) => getDotPath(issue) ?? "");

/** Of the settings, which are checked when they are deployed. */
const settingPaths = (result: { success: boolean; error?: { issues: { path: PropertyKey[] }[] } }): string[] =>
	(result.error?.issues ?? []).map(({ path }) => path.join("."));

describe("a reading", () => {
	const published = new Ajv2020({ strict: false }).compile(readingJsonSchema());

	test("comes back as it was sent", () => {
		expect(parse(reading, down)).toEqual(down);
		expect(published(down)).toBe(true);
	});

	test("has well-formed texts and numbers that the ledger holds, whatever was sent", () => {
		const sent = { ...down, entity: { id: "a", name: "lone \ud83d end" }, reason: "\udc00", metrics: { bytes: 1e200 } };
		expect(parse(reading, sent)).toEqual({
			...down,
			entity: { id: "a", name: "lone \ufffd end" },
			reason: "\ufffd",
			metrics: { bytes: Number.MAX_SAFE_INTEGER },
		});
		expect(published(sent)).toBe(true);
	});

	test.each([
		{ name: "of another version", change: { schema: "genesyscloud-runbooks/reading/2" }, path: "schema" },
		{ name: "of an unknown condition", change: { condition: "coffee-empty" }, path: "condition" },
		{ name: "of an entity whose id could not be part of a key", change: { entity: { id: "a b", name: "A" } }, path: "entity.id" },
		{ name: "with a verdict that is none", change: { verdict: "maybe" }, path: "verdict" },
		{ name: "with a time in text", change: { observedAt: "2026-11-24T09:00:00Z" }, path: "observedAt" },
		{ name: "with a metric that is no number", change: { metrics: { calls: "3" } }, path: "metrics.calls" },
		{
			name: "with 51 metrics",
			change: { metrics: Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`m${index}`, index])) },
			path: "metrics",
		},
		{ name: "with a metric of a long name", change: { metrics: { ["n".repeat(65)]: 1 } }, path: `metrics.${"n".repeat(65)}` },
		{ name: "with a property that nobody knows", change: { colour: "red" }, path: "colour" },
	])("$name is refused, by the program and by the published schema", ({ change, path }) => {
		expect(paths(safeParse(reading, { ...down, ...change }))).toEqual([path]);
		expect(published({ ...down, ...change })).toBe(false);
	});
});

describe("a dispatch message", () => {
	test("names an occurrence of an incident", () => {
		expect(parse(dispatchMessage, { incidentKey: "inc:1:dev:trunk-down:a", occurrence: 1 })).toEqual({
			incidentKey: "inc:1:dev:trunk-down:a",
			occurrence: 1,
		});
	});

	test.each([{ occurrence: 0 }, { occurrence: 1.5 }, { incidentKey: "" }, { incidentKey: "k".repeat(101) }, { more: 1 }])(
		"%j is refused",
		(change) => {
			expect(safeParse(dispatchMessage, { incidentKey: "inc:1:dev:trunk-down:a", occurrence: 1, ...change }).success).toBe(false);
		},
	);
});

describe("a ledger request", () => {
	const owner = { launchId: "launch-1", incidentKey: "inc:1:dev:trunk-down:a", occurrence: 1 };

	test("to claim is its owner and nothing else", () => {
		expect(parse(ledgerRequest, { operation: "claim", input: { ...owner, more: true } })).toEqual({ operation: "claim", input: owner });
	});

	test("to read is its owner and the tier that it is at", () => {
		const input = { ...owner, tier: 2 };
		expect(parse(ledgerRequest, { operation: "read", input: { ...input, more: true } })).toEqual({ operation: "read", input });
		expect(parse(ledgerRequest, { operation: "read", input: owner })).toMatchObject({ input: { tier: 0 } });
	});

	test("to record a step has empty values for what was not set or is null", () => {
		const input = { ...owner, what: "credentials-checked", detail: "ok", channel: null, receipt: null };
		expect(parse(ledgerRequest, { operation: "record", input })).toEqual({
			operation: "record",
			input: { ...owner, what: "credentials-checked", channel: "", tier: 0, attempt: 0, receipt: "", detail: "ok" },
		});
	});

	test("to release says how it ended", () => {
		const input = { ...owner, outcome: "acknowledged", tierReached: 2 };
		expect(parse(ledgerRequest, { operation: "release", input })).toEqual({ operation: "release", input });
	});

	test.each([
		{ name: "another operation", request: { operation: "delete", input: owner }, path: ["operation"] },
		{ name: "no launch", request: { operation: "claim", input: { ...owner, launchId: "" } }, path: ["input.launchId"] },
		{ name: "an unknown step", request: { operation: "record", input: { ...owner, what: "page-lost" } }, path: ["input.what"] },
		{
			name: "a page without channel",
			request: { operation: "record", input: { ...owner, what: "page-sent", tier: 1 } },
			path: ["input.channel"],
		},
		{
			name: "a page without tier",
			request: { operation: "record", input: { ...owner, what: "page-sending", channel: "sms" } },
			path: ["input.channel"],
		},
	])("with $name is refused", ({ request, path }) => {
		expect(paths(safeParse(ledgerRequest, request))).toEqual(path);
	});

	test("is answered with exactly the fields of the data action's contract", () => {
		const fields = Object.fromEntries(Object.entries(ledgerAnswers).map(([operation, answer]) => [operation, Object.keys(answer.entries)]));
		expect(fields).toEqual({
			claim: ["answer", "reason", "openIncidents", "leasesInUse"],
			record: [
				"proceed",
				"reason",
				"proven",
				"acknowledged",
				"recovered",
				"receipt",
				"summary",
				"shortText",
				"title",
				"body",
				"spoken",
				"acknowledgeUrl",
			],
			read: ["proceed", "reason", "acknowledged", "recovered"],
			release: ["answer", "reason"],
		});
	});
});

describe("the settings of a function", () => {
	test("of the example are valid", () => {
		expect(runtimeSettings.parse(exampleSettings())).toEqual(exampleSettings());
	});

	test.each([
		{ name: "an environment with a colon", change: { environment: "a:b" }, path: "environment" },
		{ name: "a domain with a scheme", change: { genesys: { domain: "https://mypurecloud.de" } }, path: "genesys.domain" },
		{ name: "an unknown condition", change: { runbooks: { "coffee-empty": {} } }, path: "runbooks" },
		{ name: "an account that is none", change: { twilio: { accountSid: "AC1", from: "+15550100" } }, path: "twilio.accountSid" },
		{ name: "a property that nobody knows", change: { extra: 1 }, path: "" },
	])("with $name are refused", ({ change, path }) => {
		expect(settingPaths(runtimeSettings.safeParse({ ...exampleSettings(), ...change }))).toEqual([path]);
	});

	test.each([
		{ name: "as many waits as attempts", change: { waitsSeconds: [30, 60, 90] }, path: "policies.default.waitsSeconds" },
		{ name: "no tier", change: { tiers: [] }, path: "policies.default.tiers" },
		{ name: "a tier without a channel", change: { tiers: [{ name: "primary", channels: [] }] }, path: "policies.default.tiers.0.channels" },
		{
			name: "a number that is no E.164",
			change: { tiers: [{ name: "primary", channels: [{ kind: "sms", name: "sms", to: "0170" }] }] },
			path: "policies.default.tiers.0.channels.0.to",
		},
	])("with a policy with $name are refused", ({ change, path }) => {
		const settings = exampleSettings();
		expect(
			settingPaths(runtimeSettings.safeParse({ ...settings, policies: { default: { ...settings.policies.default, ...change } } })),
		).toEqual([path]);
	});
});

test.each([
	{ name: "genesys", schema: genesysSecret, fields: ["clientId", "clientSecret"] },
	{ name: "pagerduty", schema: vendorSecret("pagerduty"), fields: ["routingKey", "apiToken"] },
	{ name: "twilio", schema: vendorSecret("sms"), fields: ["accountSid", "authToken"] },
])("a $name secret needs every field, filled", ({ schema, fields }) => {
	const full = Object.fromEntries(fields.map((field) => [field, "x"]));
	expect(parse(schema, full)).toEqual(full);
	for (const field of fields) expect(paths(safeParse(schema, { ...full, [field]: "" }))).toEqual([field]);
});

test("a webhook secret holds at least one signing secret", () => {
	expect(parse(webhookSecret, { signingSecrets: ["a", "b"] })).toEqual({ signingSecrets: ["a", "b"] });
	expect(paths(safeParse(webhookSecret, { signingSecrets: [] }))).toEqual(["signingSecrets"]);
});
