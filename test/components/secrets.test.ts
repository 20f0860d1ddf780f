import { beforeAll, describe, expect, it } from "vitest";
import type { Declaration, Stack } from "./declared.ts";
import { secretValues, stackOf } from "./stacks.ts";
import { declaredSystem, the } from "./system.ts";

let dev: Declaration;
beforeAll(async () => {
	dev = await declaredSystem(stackOf("dev"));
});

function document(declaration: Declaration, name: string): unknown {
	return JSON.parse(String(the(declaration, "SecretVersion", name).inputs.secretStringWo));
}

describe("a secret", () => {
	it.each([
		[
			"runbooks-detector-secret-value",
			{ clientId: "runbooks-detector-client-client", clientSecret: "runbooks-detector-client-secret-of-client" },
		],
		[
			"runbooks-launcher-secret-value",
			{ clientId: "runbooks-launcher-client-client", clientSecret: "runbooks-launcher-client-secret-of-client" },
		],
		[
			"runbooks-systems-pagerduty-primary-secret-value",
			{ routingKey: "PLANTED-primary-routing-key", apiToken: "PLANTED-primary-api-token" },
		],
		["runbooks-systems-twilio-secret-value", { accountSid: "AC0123456789abcdef0123456789abcdef", authToken: "PLANTED-twilio-auth-token" }],
		["runbooks-intake-signing-value", { signingSecrets: ["PLANTED-webhook-signing-secret"] }],
	])("of the functions is the document that they expect: %s", (name, expected) => {
		expect(document(dev, name)).toEqual(expected);
	});

	it("of the acknowledge links is made of the webhook's, and gives nothing of it away", () => {
		const { signingSecrets } = document(dev, "runbooks-intake-acknowledge-value") as { readonly signingSecrets: readonly string[] };
		expect(signingSecrets).toEqual([expect.stringMatching(/^[\w-]{43}$/)]);
		expect(signingSecrets[0]).not.toContain("PLANTED");
	});

	it("is written only, and wrapped, together with the version that follows it", () => {
		const versions = dev.resources.filter(({ type }) => type.endsWith(":SecretVersion"));
		expect(versions).toHaveLength(8);
		for (const { inputs, secretInputs } of versions) {
			expect(secretInputs).toEqual(["secretStringWo", "secretStringWoVersion"]);
			expect(inputs.secretString).toBeUndefined();
		}
	});

	it("of a client is that of the generation in use, and the client before stays where that is asked", async () => {
		const { config, secretKeys } = stackOf("dev");
		const of = async (detector: object) => {
			const declaration = await declaredSystem({ config: { ...config, credentials: { detector } }, secretKeys });
			const clients = declaration.resources.filter(({ type, name }) => type.endsWith(":OauthClient") && name.includes("detector-client"));
			return { names: clients.map(({ name }) => name), document: document(declaration, "runbooks-detector-secret-value") };
		};
		const second = {
			clientId: "runbooks-detector-client-2-client",
			clientSecret: "runbooks-detector-client-2-secret-of-client",
		};
		expect(await of({ generation: 2, keepsPrevious: true })).toEqual({
			names: expect.toSatisfy(
				(names: readonly string[]) => names.toSorted().join() === "runbooks-detector-client,runbooks-detector-client-2",
			),
			document: second,
		});
		expect(await of({ generation: 2 })).toEqual({ names: ["runbooks-detector-client-2"], document: second });
		expect((await of({ generation: 1, keepsPrevious: true })).names).toEqual(["runbooks-detector-client"]);
	});

	it("gets a new version when it changes, and keeps it when it does not", async () => {
		const version = (declaration: Declaration) =>
			the(declaration, "SecretVersion", "runbooks-systems-twilio-secret-value").inputs.secretStringWoVersion;
		const { config, secretKeys } = stackOf("dev");
		const rotated = await declaredSystem({ config: { ...config, "twilio-authToken": "PLANTED-rotated" }, secretKeys });
		const again = await declaredSystem(stackOf("dev"));
		expect(version(again)).toBe(version(dev));
		expect(version(rotated)).not.toBe(version(dev));
		expect(Number.isSafeInteger(version(dev))).toBe(true);
	});

	it("stands in no plain input and no output of anything", () => {
		for (const { name, inputs, secretInputs } of dev.resources) {
			const plainInputs = Object.entries(inputs).filter(([key]) => !secretInputs.includes(key));
			expect([name, JSON.stringify(plainInputs)]).toEqual([name, expect.not.stringContaining("PLANTED")]);
			expect(JSON.stringify(plainInputs)).not.toContain("secret-of-client");
		}
		expect(JSON.stringify(dev.outputs)).not.toContain("PLANTED");
	});

	it("is planted where this test would see it", () => {
		const text = JSON.stringify(dev.resources);
		for (const value of Object.values(secretValues)) expect(text).toContain(value);
	});

	it("inside Genesys Cloud is a credential, wrapped as a whole", () => {
		const credentials = dev.resources.filter(({ type }) => type.endsWith(":IntegrationCredential"));
		expect(
			credentials
				.map(({ inputs, secretInputs }) => [inputs.credentialTypeName, Object.keys(Object(inputs.fields)).toSorted(), secretInputs])
				.toSorted(),
		).toEqual([
			["amazonWebServicesARN", ["ARN"], ["fields"]],
			["basicAuth", ["password", "userName"], ["fields"]],
			["userDefined", ["apiToken", "routingKey"], ["fields"]],
			["userDefined", ["apiToken", "routingKey"], ["fields"]],
			["userDefined", ["apiToken", "routingKey"], ["fields"]],
		]);
	});

	it("of the webhook may have a predecessor that is still valid during a rotation", async () => {
		const { config, secretKeys } = stackOf("dev");
		const key = "webhook-previousSigningSecret";
		const rotating: Stack = { config: { ...config, [key]: "PLANTED-previous" }, secretKeys: [...secretKeys, key] };
		expect(document(await declaredSystem(rotating), "runbooks-intake-signing-value")).toEqual({
			signingSecrets: ["PLANTED-webhook-signing-secret", "PLANTED-previous"],
		});
	});

	it("of vendors that are heard are apart from those that page, for the normalizer alone, and two during a rotation", async () => {
		const { config, secretKeys } = stackOf("dev");
		const own = {
			"pagerduty-primary-webhookSecret": "PLANTED-of-primary",
			"pagerduty-primary-previousWebhookSecret": "PLANTED-before",
			"pagerduty-secondary-webhookSecret": "PLANTED-of-secondary",
		};
		const hearing = await declaredSystem({ config: { ...config, ...own }, secretKeys: [...secretKeys, ...Object.keys(own)] });
		expect(document(hearing, "runbooks-intake-vendors-value")).toEqual({
			"pagerduty/primary": ["PLANTED-of-primary", "PLANTED-before"],
			"pagerduty/secondary": ["PLANTED-of-secondary"],
		});
		expect(document(hearing, "runbooks-systems-pagerduty-primary-secret-value")).toEqual(
			document(dev, "runbooks-systems-pagerduty-primary-secret-value"),
		);
		const roles = hearing.resources.filter(({ type }) => type.endsWith(":RolePolicy"));
		const readers = roles.filter(({ inputs }) => String(inputs.policy).includes("vendor-webhooks")).map(({ inputs }) => inputs.role);
		expect(readers).toEqual(["runbooks-dev-normalizer"]);
		const policy = String(the(hearing, "RolePolicy", "runbooks-intake-normalizer-policy").inputs.policy);
		expect(policy).not.toMatch(/pagerduty|twilio/);
		// By the vendor's id the one open incident is looked for.
		expect(policy).toContain("dynamodb:Query");
	});

	it("of vendors is not there where none is heard, nor the leave to look for their incidents", () => {
		const policy = String(the(dev, "RolePolicy", "runbooks-intake-normalizer-policy").inputs.policy);
		expect(policy).not.toMatch(/vendor-webhooks|dynamodb:Query/);
		expect(JSON.stringify(the(dev, "Function", "runbooks-intake-normalizer-function").inputs)).not.toContain("VENDOR");
	});

	it("of the webhook hold bearer tokens where something shows one, two during a rotation", async () => {
		const { config, secretKeys } = stackOf("dev");
		const tokens = { "webhook-bearerToken": "PLANTED-token", "webhook-previousBearerToken": "PLANTED-earlier" };
		const taking: Stack = {
			config: { ...config, ...tokens, webhook: JSON.stringify({ alertmanager: {} }) },
			secretKeys: [...secretKeys, ...Object.keys(tokens)],
		};
		expect(document(await declaredSystem(taking), "runbooks-intake-signing-value")).toEqual({
			signingSecrets: ["PLANTED-webhook-signing-secret"],
			bearerTokens: ["PLANTED-token", "PLANTED-earlier"],
		});
	});
});
