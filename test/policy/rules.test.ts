import { describe, expect, test } from "vitest";
import { knownParts, notYetKnown, type Resource } from "../../policy/resource.ts";
import { rules, violationsIn } from "../../policy/rules/index.ts";

type Inputs = Resource["inputs"];
interface Case {
	readonly type: string;
	readonly good: readonly Inputs[];
	/** Inputs, and what is said of them. */
	readonly bad: readonly (readonly [Inputs, string])[];
	readonly protect?: boolean;
	/** What stands beside it in the stack. */
	readonly beside?: readonly Resource[];
}

const made = (type: string, inputs: Inputs, protect = false): Resource => ({ type, name: "judged", inputs, protect });
const document = (...statements: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
const one = (statement: object): string => document({ Sid: "One", Effect: "Allow", ...statement });

const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
const queuePolicy = "aws:sqs/queuePolicy:QueuePolicy";
const permission = "aws:lambda/permission:Permission";
const key = "aws:kms/key:Key";
const lambda = "aws:lambda/function:Function";
const table = "aws:dynamodb/table:Table";
const secret = "aws:secretsmanager/secret:Secret";
const queue = "aws:sqs/queue:Queue";
const variables = (given: Inputs): Inputs => ({ loggingConfig: { logGroup: "g" }, environment: { variables: given } });
const arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:runbooks-dev/webhook";
const root = { AWS: "arn:aws:iam::111122223333:root" };
const keyWith = (statement: object): Inputs => ({ enableKeyRotation: true, policy: one(statement) });
const healthyTable = { serverSideEncryption: { enabled: true }, pointInTimeRecovery: { enabled: true } };

const cases: Readonly<Record<string, readonly Case[]>> = {
	"no-wildcard-actions": [
		{
			type: rolePolicy,
			good: [
				{ policy: one({ Action: ["sqs:SendMessage"], Resource: "*" }) },
				{ policy: document({ Effect: "Deny", Action: "*" }) },
				{ policy: JSON.stringify({ Statement: { Effect: "Allow", Action: "sqs:SendMessage" } }) },
				{ policy: notYetKnown },
				{},
			],
			bad: [
				[{ policy: one({ Action: "*" }) }, "expected each action by its name, got * in statement One"],
				[{ policy: one({ Action: ["sqs:SendMessage", "SQS:Get*"] }) }, "got SQS:Get* in statement One"],
				[{ policy: one({ Action: "sqs:SendMessag?" }) }, "got sqs:SendMessag?"],
				[{ policy: document({ Effect: "Allow", Action: "s3:*" }) }, "got s3:* in statement without Sid"],
				[{ policy: one({ NotAction: "iam:PassRole" }) }, "expected Action, got NotAction"],
				[{ policy: document({ Effect: "allow", Action: "*" }) }, "got *"],
				[{ policy: JSON.stringify({ Statement: { Action: ["*"] } }) }, "got *"],
				[{ policy: { Statement: [{ Effect: "Allow", Action: "*" }] } }, "got *"],
				[{ policy: "{" }, "expected a policy document with statements, got none"],
				[{ policy: "[]" }, "expected a policy document with statements, got none"],
				[{ policy: 7 }, "expected a policy document with statements, got none"],
			],
		},
		{ type: "aws:iam/role:Role", good: [{}], bad: [[{ inlinePolicies: [{ policy: one({ Action: "*" }) }] }, "got *"]] },
		{
			type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
			good: [{ policyArn: "arn:aws:iam::111122223333:policy/own" }],
			bad: [[{ policyArn: "arn:aws:iam::aws:policy/AdministratorAccess" }, "expected a policy of this stack's own"]],
		},
		{
			type: key,
			good: [
				keyWith({ Sid: "Administer", Principal: root, Action: "kms:*" }),
				keyWith({ Sid: "EncryptAlarms", Principal: { Service: "cloudwatch.amazonaws.com" }, Action: "kms:GenerateDataKey*" }),
			],
			bad: [
				[keyWith({ Sid: "Administer", Principal: { AWS: "arn:aws:iam::111122223333:user/ada" }, Action: "kms:*" }), "got kms:*"],
				[keyWith({ Sid: "Another", Principal: root, Action: "kms:*" }), "got kms:*"],
			],
		},
	],
	"no-wildcard-principals": [
		{
			type: queuePolicy,
			good: [{ policy: one({ Principal: { Service: "events.amazonaws.com" }, Action: "sqs:SendMessage" }) }],
			bad: [
				[{ policy: one({ Principal: "*", Action: "sqs:SendMessage" }) }, "expected who is let in by name, got * in statement One"],
				[{ policy: one({ Principal: { AWS: "*" }, Action: "sqs:SendMessage" }) }, "got AWS *"],
				[{ policy: one({ Principal: { AWS: ["arn:aws:iam::111122223333:root", "*"] }, Action: "sqs:SendMessage" }) }, "got AWS *"],
				[{ policy: one({ Principal: { AWS: "arn:aws:iam::*:root" }, Action: "sqs:SendMessage" }) }, "got AWS arn:aws:iam::*:root"],
				[{ policy: one({ Principal: ["*"], Action: "sqs:SendMessage" }) }, "got *"],
				[{ policy: one({ NotPrincipal: { AWS: "a" }, Action: "sqs:SendMessage" }) }, "expected Principal, got NotPrincipal"],
			],
		},
		{
			type: permission,
			good: [
				{ principal: "*", action: "lambda:InvokeFunctionUrl", functionUrlAuthType: "NONE" },
				{ principal: "*", action: "lambda:InvokeFunction", invokedViaFunctionUrl: true },
				{ principal: "events.amazonaws.com", action: "lambda:InvokeFunction" },
			],
			bad: [
				[{ principal: "*", action: "lambda:InvokeFunction" }, "expected who may call by name, got * for lambda:InvokeFunction"],
				[{ principal: "*", action: "lambda:InvokeFunction", invokedViaFunctionUrl: "true" }, "got *"],
				[{ principal: "*", action: "lambda:UpdateFunctionCode", functionUrlAuthType: "NONE" }, "got * for lambda:UpdateFunctionCode"],
			],
		},
	],
	"no-secrets-in-environment": [
		{
			type: lambda,
			good: [
				variables({ TABLE_NAME: "runbooks-dev-incidents", SECRET_WEBHOOK: arn, EMPTY_TOKEN: "" }),
				variables({ VENDOR_SECRETS: "runbooks-dev/" }),
				variables({ SECRET_WEBHOOK: notYetKnown }),
				{ loggingConfig: { logGroup: "g" } },
			],
			bad: [
				[variables({ SECRET_WEBHOOK: "hunter2" }), "expected the ARN of a secret in SECRET_WEBHOOK, got a text"],
				[variables({ VENDOR_SECRETS: "{}" }), "expected the ARN of a secret in VENDOR_SECRETS"],
				[variables({ NAME: `AKIA${"ABCDEFGH".repeat(2)}` }), "expected no secret in NAME, got what looks like a key of AWS"],
				[variables({ NAME: "-----BEGIN RSA PRIVATE KEY-----\nx" }), "what looks like a private key"],
				[variables({ URL: "https://ada:hunter2@customer.example/" }), "what looks like a password in an address"],
				[variables({ NAME: "0123456789abcdef0123456789abcdef" }), "what looks like a random text"],
				[variables({ SECRET_WEBHOOK: "arn:aws:secretsmanager:: hunter2" }), "expected the ARN of a secret in SECRET_WEBHOOK"],
			],
		},
	],
	"log-retention": [
		{
			type: "aws:cloudwatch/logGroup:LogGroup",
			good: [{ retentionInDays: 30 }, { retentionInDays: notYetKnown }],
			bad: [
				[{}, "expected retentionInDays from 1 up, got undefined"],
				[{ retentionInDays: 0 }, "got 0"],
				[{ retentionInDays: "30" }, "got 30"],
				[{ retentionInDays: Number.NaN }, "got null"],
			],
		},
		{
			type: lambda,
			good: [{ loggingConfig: { logGroup: notYetKnown } }],
			bad: [
				[{}, "expected loggingConfig.logGroup, a group of this stack, got none"],
				[{ loggingConfig: { logFormat: "JSON" } }, "got none"],
			],
		},
	],
	"encrypted-stores": [
		{
			type: table,
			good: [healthyTable],
			bad: [[{ ...healthyTable, serverSideEncryption: { enabled: "true" } }, "expected serverSideEncryption.enabled: true"]],
		},
		{
			type: "aws:sns/topic:Topic",
			good: [{ kmsMasterKeyId: notYetKnown }],
			bad: [
				[{}, "expected a kmsMasterKeyId"],
				[{ kmsMasterKeyId: " " }, "kmsMasterKeyId"],
			],
		},
		{ type: key, good: [{ enableKeyRotation: true }], bad: [[{}, "expected enableKeyRotation: true"]] },
	],
	"protected-stores": [
		{
			type: table,
			good: [healthyTable],
			bad: [
				[{ serverSideEncryption: { enabled: true } }, "expected pointInTimeRecovery.enabled: true"],
				[{ ...healthyTable, deletionProtectionEnabled: true }, "expected the option protect beside deletionProtectionEnabled"],
			],
		},
		{
			type: table,
			protect: true,
			good: [{ ...healthyTable, deletionProtectionEnabled: true }],
			bad: [[healthyTable, "expected deletionProtectionEnabled: true beside the option protect"]],
		},
	],
	"retained-secrets": [
		{ type: secret, good: [{ recoveryWindowInDays: 0 }], bad: [] },
		{
			type: secret,
			protect: true,
			good: [{ recoveryWindowInDays: 30 }, {}],
			bad: [[{ recoveryWindowInDays: 0 }, "expected at least 7 days in which it can be brought back, got 0"]],
		},
		{
			type: key,
			good: [{ enableKeyRotation: true, deletionWindowInDays: 7 }],
			bad: [[{ enableKeyRotation: true, deletionWindowInDays: 1 }, "at least 7 days"]],
		},
		{
			type: "aws:secretsmanager/secretVersion:SecretVersion",
			good: [{ secretStringWo: "x", secretStringWoVersion: 1 }],
			bad: [
				[{ secretString: "x" }, "expected a write-only value (secretStringWo), got secretString"],
				[{ secretStringWo: "x" }, "expected secretStringWoVersion, got none"],
			],
		},
	],
	"dead-letters": [
		{
			type: queue,
			good: [
				{
					name: "q",
					sqsManagedSseEnabled: true,
					redrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn:aws:sqs:r:1:dead", maxReceiveCount: 5 }),
				},
				{ name: "q", sqsManagedSseEnabled: true, redrivePolicy: notYetKnown },
			],
			bad: [
				[{ name: "q", sqsManagedSseEnabled: true }, "expected a redrivePolicy with a dead-letter queue, got none"],
				[{ name: "q", sqsManagedSseEnabled: true, redrivePolicy: "{}" }, "expected a redrivePolicy"],
				[{ name: "q", sqsManagedSseEnabled: true, redrivePolicy: "{" }, "expected a redrivePolicy"],
				[
					{ name: "q", sqsManagedSseEnabled: true, redrivePolicy: '{"deadLetterTargetArn":"a","maxReceiveCount":0}' },
					"expected maxReceiveCount from 1 up, got 0",
				],
			],
		},
		{
			type: queue,
			beside: [made("aws:cloudwatch/eventTarget:EventTarget", { deadLetterConfig: { arn: "arn:aws:sqs:r:1:dead" } })],
			good: [{ name: "dead", sqsManagedSseEnabled: true }],
			bad: [[{ name: "other", sqsManagedSseEnabled: true }, "expected a redrivePolicy"]],
		},
		{
			type: "aws:cloudwatch/eventTarget:EventTarget",
			good: [{ deadLetterConfig: { arn: notYetKnown } }],
			bad: [[{}, "expected a deadLetterConfig, got none"]],
		},
	],
	"bounded-concurrency": [
		{
			type: lambda,
			beside: [
				made("aws:lambda/functionUrl:FunctionUrl", { functionName: "public" }),
				made("aws:scheduler/schedule:Schedule", { target: { arn: "arn:aws:lambda:r:1:function:timed" } }),
			],
			good: [
				{ name: "public", reservedConcurrentExecutions: 50, loggingConfig: { logGroup: "g" } },
				{ name: "inner", loggingConfig: { logGroup: "g" } },
			],
			bad: [
				[{ name: "public", loggingConfig: { logGroup: "g" } }, "expected reservedConcurrentExecutions from 1 up, got none"],
				[{ name: "timed", reservedConcurrentExecutions: -1, loggingConfig: { logGroup: "g" } }, "got -1"],
			],
		},
		{
			type: "aws:lambda/eventSourceMapping:EventSourceMapping",
			good: [{ scalingConfig: { maximumConcurrency: 2 } }],
			bad: [
				[{}, "expected scalingConfig.maximumConcurrency from 2 up, got none"],
				[{ scalingConfig: { maximumConcurrency: 1 } }, "got 1"],
			],
		},
	],
	"known-genesys-permissions": [
		{
			type: "genesyscloud:index/authRole:AuthRole",
			good: [
				{ permissionPolicies: [{ domain: "architect", entityName: "flow", actionSets: ["launch"] }] },
				{ permissionPolicies: notYetKnown },
			],
			bad: [
				[{ permissionPolicies: [{ domain: "architect", entityName: "flow", actionSets: ["launch", "*"] }] }, "got architect:flow:*"],
				[{ permissionPolicies: [{ domain: "architect", entityName: "flows", actionSets: ["launch"] }] }, "got architect:flows:launch"],
				[{ permissionPolicies: [{ actionSets: ["launch"] }] }, "got undefined:undefined:launch"],
				[{ permissions: ["group_administration"] }, "got group_administration"],
				[{ defaultRoleId: "admin" }, "got a default role of Genesys Cloud"],
			],
		},
	],
	"pinned-flows": [
		{
			type: "genesyscloud:index/flow:Flow",
			good: [{ name: "n", filepath: "build/flows/runbooks-dev/response-telephony.yaml", updateTriggerHash: notYetKnown }],
			bad: [
				[
					{ name: "n", filepath: "https://customer.example/flow.yaml", updateTriggerHash: "d" },
					"expected a file that the program compiled",
				],
				[{ name: "n", filepath: "build/flows/../../flow.yaml", updateTriggerHash: "d" }, "expected a file that the program compiled"],
				[{ name: "n", filepath: "build/flows/a.yaml" }, "expected updateTriggerHash"],
				[{ filepath: "build/flows/a.yaml", updateTriggerHash: "d" }, "expected the name that stands in its YAML"],
			],
		},
	],
};

const told = ({ type, beside = [], protect = false }: Case, inputs: Inputs): readonly string[] =>
	violationsIn([made(type, inputs, protect), ...beside], { protect: false }).map(({ rule, message }) => `${rule}: ${message}`);

const flat = Object.entries(cases).flatMap(([rule, own]) => own.map((each) => ({ rule, type: each.type, each })));

test.each(flat)("$rule lets pass what is right of $type", ({ each }) => {
	expect(each.good.map((inputs) => told(each, inputs))).toEqual(each.good.map(() => []));
});

test.each(flat.filter(({ each }) => each.bad.length > 0))("$rule says what is wrong with $type", ({ rule, each }) => {
	for (const [inputs, message] of each.bad) {
		const found = told(each, inputs);
		expect(
			found.filter((line) => line.startsWith(`${rule}: `) && line.includes(message)),
			`${message} in ${found.join("; ")}`,
		).toHaveLength(1);
	}
});

test("a secret that is found is not told", () => {
	expect(
		told({ type: lambda, good: [], bad: [] }, variables({ SECRET_X: "hunter2", Y: "0123456789abcdef0123456789abcdef" })).join(),
	).not.toMatch(/hunter2|0123456789abcdef/);
});

test("every rule has a good and a bad resource, and says why", () => {
	expect(Object.keys(cases).toSorted()).toEqual(rules.map(({ name }) => name).toSorted());
	expect(rules.filter(({ info, explanation }) => info.length < 20 || explanation.length < 40)).toEqual([]);
});

describe("hostile shapes", () => {
	const types = [...new Set(flat.map(({ type }) => type)), "aws:s3/bucket:Bucket", "", "x"];
	const properties = [
		"policy",
		"assumeRolePolicy",
		"inlinePolicies",
		"environment",
		"loggingConfig",
		"serverSideEncryption",
		"redrivePolicy",
		"scalingConfig",
		"permissionPolicies",
		"permissions",
		"deadLetterConfig",
		"target",
		"name",
		"functionName",
		"function",
		"filepath",
		"principal",
		"managedPolicyArns",
	];
	const values: readonly unknown[] = [
		null,
		undefined,
		0,
		-1,
		"",
		"null",
		"[[]]",
		'{"Statement":null}',
		'{"Statement":[null,7,"x",[]]}',
		[],
		[null],
		{},
		{ enabled: null },
		{ variables: [] },
		{ Statement: {} },
		true,
		notYetKnown,
		Object.create(null),
		{ "*": "*" },
	];

	test("never make a rule throw", () => {
		for (const type of types)
			for (const value of values) {
				const inputs = Object.fromEntries(properties.map((property) => [property, value]));
				expect(
					() => violationsIn([made(type, inputs, true), made(type, {})], { protect: true }),
					`${type} ${JSON.stringify(value)}`,
				).not.toThrow();
			}
	});
});

test("what cannot be read yet is no value, and everything else is kept", () => {
	const holder = { known: [1, { two: "2" }], none: null };
	Object.defineProperty(holder, "later", {
		enumerable: true,
		get: () => {
			throw new Error("not known during preview");
		},
	});
	expect(knownParts(holder)).toEqual({ known: [1, { two: "2" }], none: null, later: notYetKnown });
});
