import { readFileSync } from "node:fs";
import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { documentSource } from "../../component/document.ts";
import { OnCallRunbooks } from "../../component/index.ts";
import program from "../../index.ts";
import { type Declaration, declared } from "../components/declared.ts";
import { secretValues, settingsOf, stackOf } from "../components/stacks.ts";

const example = (path: string): string => readFileSync(new URL(`../../examples/component/${path}`, import.meta.url), "utf8");

/** What a program declares that is nothing but the component. */
const declaredBy = (settings: string, secrets: Readonly<Record<string, string>>): Promise<Declaration> =>
	declared(
		async () => {
			const { webhookUrl, flowIds, tableName, queueUrl, alarmTopicArn, dashboard } = new OnCallRunbooks("runbooks", { settings, secrets });
			return { webhookUrl, flowIds, tableName, queueUrl, alarmTopicArn, dashboard };
		},
		{ config: {}, secretKeys: [] },
	);

let own: Declaration;
let component: Declaration;
beforeAll(async () => {
	own = await declared(program, stackOf("dev"));
	component = await declaredBy(JSON.stringify(settingsOf("dev")), secretValues);
});

const rows = ({ resources }: Declaration) =>
	resources
		.filter(({ type }) => !type.endsWith(":OnCallRunbooks"))
		.map(({ inputs: { code, ...inputs }, parent, ...rest }) => ({ ...rest, inputs, parent: parent.replace("OnCallRunbooks runbooks", "") }))
		.toSorted((one, other) => (one.type + one.name < other.type + other.name ? -1 : 1));

describe("the component", () => {
	test("declares what the program declares, with the same secrets", () => {
		expect(rows(component).length).toBeGreaterThan(100);
		expect(rows(component)).toEqual(rows(own));
	});

	test("has the program's outputs", () => {
		const { webhookUrl, flowIds, tableName, queueUrl, alarmTopicArn, dashboard } = Object(own.outputs);
		expect(component.outputs).toEqual({ webhookUrl, flowIds, tableName, queueUrl, alarmTopicArn, dashboard });
	});

	test("takes the settings of the examples", async () => {
		const text = example("settings.yaml");
		expect(parse(parse(example("yaml/Pulumi.yaml")).resources.runbooks.properties.settings)).toEqual(parse(text));
		const keys = ["pagerduty-primary-routingKey", "pagerduty-primary-apiToken", "webhook-signingSecret"];
		for (const path of ["typescript/index.ts", "python/__main__.py", "go/main.go", "yaml/Pulumi.yaml"])
			for (const key of keys) expect(example(path)).toContain(key);
		const { resources } = await declaredBy(text, Object.fromEntries(keys.map((key) => [key, `PLANTED-${key}`])));
		expect(resources.filter(({ type }) => type.endsWith(":Flow")).map(({ inputs }) => inputs.name)).toEqual([
			"runbooks-dev Response telephony",
		]);
	});
});

describe("a document", () => {
	const read = (settings: string, secrets: Readonly<Record<string, string>> = {}) => documentSource("dev", { settings, secrets });

	test.each([
		["a list", "[]"],
		["a text", "x"],
		["nothing", ""],
		["broken YAML", "a: ["],
	])("is refused where it is %s", (_, text) => {
		expect(() => read(text)).toThrow(/^settings: expected a YAML or JSON document/);
	});

	test("holds no secret, and no secret is told", () => {
		expect(() => read("twilio-authToken: x", { "twilio-authToken": "hunter2" })).toThrow(
			"Expected twilio-authToken among the secrets only",
		);
		const source = read("names: { prefix: on-call }", { "twilio-authToken": "hunter2" });
		expect([source.get("twilio-authToken"), source.isSecret("twilio-authToken"), source.isSecret("names")]).toEqual(["given", true, false]);
		expect(() => source.secrets("webhook-signingSecret")).toThrow("Expected the secret webhook-signingSecret, got none");
	});

	test("with problems is refused with all of them, before anything is declared", () => {
		const make = () => new OnCallRunbooks("refused", { settings: "logRetentionDays: 31\nqueues: 1", secrets: {} });
		expect(make).toThrow(pulumi.RunError);
		expect(make).toThrow(/got 31[\s\S]*webhook-signingSecret: expected a secret, got nothing/);
	});
});
