import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { stackJsonSchema } from "../../components/settings/stackSchema.ts";

const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(stackJsonSchema());
const stackFile = (stack: string): string => readFileSync(new URL(`../../Pulumi.${stack}.yaml`, import.meta.url), "utf8");

describe("the published JSON Schema of a stack file", () => {
	it.each(["dev", "prod"])("accepts Pulumi.%s.yaml, which names it for editors", (stack) => {
		expect(validate(parse(stackFile(stack)))).toBe(true);
		expect(stackFile(stack).split("\n")[0]).toBe("# yaml-language-server: $schema=build/schemas/stack.schema.json");
	});

	it.each([
		["an unknown setting", "genesyscloud-runbooks:esclation", {}],
		["a plain secret", "genesyscloud-runbooks:twilio-authToken", "plain"],
		["a wrong kind of value", "genesyscloud-runbooks:protect", "yes"],
	])("refuses %s", (_, key, value) => {
		const file = parse(stackFile("dev"));
		expect(validate({ ...file, config: { ...file.config, [key]: value } })).toBe(false);
	});

	it("accepts single values in quotes, as Pulumi writes them, and no other text", () => {
		const file = parse(stackFile("dev"));
		const withValues = (logRetentionDays: unknown, protect: unknown) => ({
			config: {
				...file.config,
				"genesyscloud-runbooks:logRetentionDays": logRetentionDays,
				"genesyscloud-runbooks:protect": protect,
			},
		});
		expect(validate(withValues("30", "false"))).toBe(true);
		expect(validate(withValues(30, false))).toBe(true);
		expect(validate(withValues("31", "false"))).toBe(false);
		expect(validate(withValues("30", "no"))).toBe(false);
	});

	it("accepts encrypted secrets and the configuration of providers", () => {
		const file = parse(stackFile("dev"));
		const more = { "genesyscloud-runbooks:twilio-authToken": { secure: "v1:x" }, "genesyscloud:gateways": [], "aws:profile": "x" };
		expect(validate({ ...file, encryptionsalt: "v1:x", config: { ...file.config, ...more } })).toBe(true);
	});
});

it("no stack file holds a secret", () => {
	expect(`${stackFile("dev")}${stackFile("prod")}`).not.toMatch(/routingKey|apiToken|authToken:|signingSecret/);
});
