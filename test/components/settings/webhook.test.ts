import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Problem } from "../../../components/settings/problems.ts";
import { readSettings } from "../../../components/settings/settings.ts";
import { readingsOf } from "../../../functions/pipeline/normalize/alert.ts";
import { formatsOf } from "../../../functions/pipeline/normalize/formats.ts";
import { runtimeSettings } from "../../../functions/schemas/runtimeSettings.ts";
import { secretValues } from "../stacks.ts";
import { changed, prefix, problems, source } from "./givenSettings.ts";

const where = `${prefix}webhook`;
const secrets = { ...secretValues, "webhook-bearerToken": "PLANTED-bearer" };
const taking = (webhook: unknown) => ({ ...changed(["webhook"], webhook), secrets });
const topicArns = ["arn:aws:sns:eu-central-1:123456789012:alarms"];
const alarm = { condition: "trunk-down", entityId: "sbc-1" };
const mapping = { condition: "$.kind", entityId: "$.id", verdict: "$.up", verdicts: { false: "breach", true: "clear" } };

describe("the formats that the webhook takes", () => {
	it("are none by default", () => {
		expect(readSettings(source({})).runtime).not.toHaveProperty("webhook");
	});

	it("have defaults, and travel to the functions as they are", () => {
		const { runtime } = readSettings(source(taking({ alertmanager: {}, "genesys-alerting": {}, json: { monitoring: mapping } })));
		const words = { conditions: {}, severities: {}, entities: {} };
		expect(runtime.webhook).toEqual({
			alertmanager: {
				conditionLabel: "condition",
				entityLabel: "entity_id",
				entityNameLabel: "entity_name",
				severityLabel: "severity",
				...words,
			},
			"genesys-alerting": { rules: {} },
			json: { monitoring: { alerts: "$", ...mapping, ...words } },
		});
		expect(runtimeSettings.parse(JSON.parse(JSON.stringify(runtime)))).toEqual(runtime);
	});

	const cases: readonly { readonly name: string; readonly webhook: unknown; readonly expected: Partial<Problem> }[] = [
		{
			name: "a format that there is not",
			webhook: { alertmanger: {} },
			expected: { path: `${where}.alertmanger`, expected: expect.stringContaining('"alertmanager"?') },
		},
		{
			name: "a condition that there is not",
			webhook: { alertmanager: { conditions: { TrunkDown: "trunk-dwn" } } },
			expected: { path: `${where}.alertmanager.conditions.TrunkDown`, expected: expect.stringMatching(/^one of .*trunk-down/) },
		},
		{
			name: "CloudWatch without a topic",
			webhook: { cloudwatch: { topicArns: [], alarms: {} } },
			expected: { path: `${where}.cloudwatch.topicArns`, expected: "a list of at least one ARN of an SNS topic" },
		},
		{
			name: "an entity that no key can hold",
			webhook: { cloudwatch: { topicArns, alarms: { a: { ...alarm, entityId: "a b" } } } },
			expected: { path: `${where}.cloudwatch.alarms.a.entityId`, expected: expect.stringContaining("at most 64") },
		},
		{
			name: "a slip inside an alarm",
			webhook: { cloudwatch: { topicArns, alarms: { a: { ...alarm, entityNam: "x" } } } },
			expected: { path: `${where}.cloudwatch.alarms.a.entityNam`, expected: expect.stringContaining('"entityName"?') },
		},
		{
			name: "a JSON path that would run something",
			webhook: { json: { monitoring: { ...mapping, condition: "$.a[?(@.b)]" } } },
			expected: { path: `${where}.json.monitoring.condition`, expected: expect.stringContaining("a JSON path of") },
		},
	];

	it.each(cases)("$name is a problem with its place", ({ webhook, expected }) => {
		expect(problems(taking(webhook))).toEqual([expect.objectContaining(expected)]);
	});

	const named = (partition: string, region: string, name = "alarms") => `arn:${partition}:sns:${region}:123456789012:${name}`;

	it.each([
		named("aws", "us-east-1"),
		named("aws", "ap-southeast-7"),
		named("aws", "mx-central-1"),
		named("aws-cn", "cn-northwest-1"),
		named("aws-us-gov", "us-gov-west-1"),
	])("a topic whose messages can come is taken: %s", (arn) => {
		expect(problems(taking({ cloudwatch: { topicArns: [arn], alarms: { a: alarm } } }))).toEqual([]);
	});

	it.each([
		named("aws-iso", "us-iso-east-1"),
		named("aws", "eu-centrl-1"),
		named("aws", "eu-central-01"),
		named("aws", "cn-north-1"),
		named("aws-cn", "eu-central-1"),
		named("aws", "eu-central-1", "alarms.fifo"),
		"arn:aws:sqs:eu-central-1:123456789012:alarms",
	])("a topic whose messages can never come is a problem: %s", (arn) => {
		expect(problems(taking({ cloudwatch: { topicArns: [arn], alarms: { a: alarm } } }))).toEqual([
			expect.objectContaining({ path: `${where}.cloudwatch.topicArns[0]`, expected: expect.stringContaining("a standard SNS topic") }),
		]);
	});

	it("a name of its own that is a built-in one is refused", () => {
		expect(problems(taking({ json: { alertmanager: mapping } }))).toHaveLength(1);
	});

	it.each([
		{ webhook: { alertmanager: { conditions: { Edge: "edge-offline" } } }, at: "alertmanager.conditions.Edge" },
		{ webhook: { json: { m: { ...mapping, conditions: { Edge: "edge-offline" } } } }, at: "json.m.conditions.Edge" },
		{ webhook: { cloudwatch: { topicArns, alarms: { a: { ...alarm, condition: "edge-offline" } } } }, at: "cloudwatch.alarms.a.condition" },
		{ webhook: { "genesys-alerting": { rules: { a: { condition: "edge-offline" } } } }, at: '["genesys-alerting"].rules.a.condition' },
	])("a condition whose runbook is off is a problem: $at", ({ webhook, at }) => {
		const { plain } = changed(["runbooks", "edge-offline", "enabled"], false);
		const [problem, ...more] = problems({ plain: { ...plain, webhook }, secrets });
		expect(problem).toEqual({
			path: at.startsWith("[") ? `${where}${at}` : `${where}.${at}`,
			expected: "a condition of an enabled runbook: trunk-down, trunk-degraded, queue-overflow",
			got: '"edge-offline"',
		});
		expect(more).toEqual([]);
	});
});

describe("the example of docs/alerts.md", () => {
	const page = readFileSync(new URL("../../../docs/alerts.md", import.meta.url), "utf8");
	const shown = /```yaml\n( {2}genesyscloud-runbooks:webhook:\n[\s\S]*?)```/.exec(page)?.[1] ?? "";
	const webhook = Object(parse(shown))["genesyscloud-runbooks:webhook"];
	const { runtime } = readSettings(source(taking(webhook)));
	const read = (name: string, body: unknown) => {
		const format = formatsOf(runtime.webhook).get(name);
		return format && readingsOf(format.read(body), format.words, runtime, 0);
	};

	it("is right, and so is the request beside it", () => {
		const body = JSON.parse(/--data '(\{"checks".*)'/.exec(page)?.[1] ?? "");
		expect(read("probe", body)).toMatchObject({
			readings: [{ reading: { condition: "trunk-down", entity: { id: "sbc-1", name: "SBC 1" }, severity: "critical", verdict: "breach" } }],
			problems: [],
		});
	});
});

describe("a bearer token", () => {
	it.each([
		{ webhook: { alertmanager: {} }, missing: [`${prefix}webhook-bearerToken`] },
		{ webhook: { json: { monitoring: mapping } }, missing: [`${prefix}webhook-bearerToken`] },
		{ webhook: { cloudwatch: { topicArns, alarms: { a: alarm } } }, missing: [] },
		{ webhook: undefined, missing: [] },
	])("is required where something shows one: $webhook", ({ webhook, missing }) => {
		expect(problems({ ...changed(["webhook"], webhook), secrets: secretValues }).map(({ path }) => path)).toEqual(missing);
	});
});
