import * as pulumi from "@pulumi/pulumi";
import { beforeAll, describe, expect, it } from "vitest";
import type { Declaration } from "../declared.ts";
import { stackOf } from "../stacks.ts";
import { declaredSystem, the } from "../system.ts";

let dev: Declaration;
beforeAll(async () => {
	dev = await declaredSystem(stackOf("dev"));
});

const owners = {
	poller: "runbooks-detector-poller",
	normalizer: "runbooks-intake-normalizer",
	dispatcher: "runbooks-dispatcher",
	ledger: "runbooks-ledger-service",
	overseer: "runbooks-overseer",
} as const;
type Name = keyof typeof owners;

const table = "arn:Table:runbooks-dev-incidents";
const queue = "arn:Queue:runbooks-dev-dispatch";
const secret = (name: string): string => `arn:Secret:runbooks-dev/${name}`;
const pagerSecrets = ["pagerduty-primary", "pagerduty-secondary", "pagerduty-it-operations", "twilio"].map(secret);
const reach = [secret("genesys-launcher"), secret("acknowledge"), ...pagerSecrets];

const useLedger = { Sid: "UseLedger", Effect: "Allow", Action: ["dynamodb:GetItem", "dynamodb:PutItem"], Resource: [table] };
const queryDue = { Sid: "QueryDue", Effect: "Allow", Action: ["dynamodb:Query"], Resource: [`${table}/index/due`] };
const sendToQueue = { Sid: "SendToQueue", Effect: "Allow", Action: ["sqs:SendMessage"], Resource: [queue] };
const readSecrets = (...arns: readonly string[]) => ({
	Sid: "ReadSecrets",
	Effect: "Allow",
	Action: ["secretsmanager:GetSecretValue"],
	Resource: arns,
});
const writeLogs = (name: Name) => ({
	Sid: "WriteOwnLogs",
	Effect: "Allow",
	Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
	Resource: [`arn:LogGroup:/aws/lambda/runbooks-dev-${name}:*`],
});
const takeFromQueue = {
	Sid: "TakeFromQueue",
	Effect: "Allow",
	Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ChangeMessageVisibility"],
	Resource: [queue],
};

function policy(name: string): unknown {
	return JSON.parse(String(the(dev, "RolePolicy", name).inputs.policy));
}

describe("a function's policy", () => {
	it.each([
		["poller", [useLedger, queryDue, sendToQueue, readSecrets(secret("genesys-detector"))]],
		["normalizer", [useLedger, sendToQueue, readSecrets(secret("webhook"), secret("acknowledge"))]],
		["dispatcher", [useLedger, sendToQueue, readSecrets(secret("genesys-launcher"), secret("pagerduty-primary")), takeFromQueue]],
		["ledger", [useLedger, queryDue, readSecrets(secret("acknowledge"))]],
		["overseer", [useLedger, queryDue, sendToQueue, readSecrets(...reach)]],
	] as const)("of the %s is one statement for each need, and nothing else", (name, statements) => {
		expect(policy(`${owners[name]}-policy`)).toEqual({ Version: "2012-10-17", Statement: [writeLogs(name), ...statements] });
		expect(the(dev, "RolePolicy", `${owners[name]}-policy`).inputs.role).toBe(`runbooks-dev-${name}`);
	});

	it("never names a resource by a wildcard, but for the streams of its own log group", () => {
		const resources = dev.resources
			.filter(({ type }) => type.endsWith(":RolePolicy"))
			.flatMap(({ inputs }) => JSON.parse(String(inputs.policy)).Statement)
			.flatMap((statement: { Resource: string | string[] }) => statement.Resource);
		expect(resources.filter((arn) => arn.includes("*") && !/^arn:LogGroup:\/aws\/lambda\/runbooks-dev-\w+:\*$/.test(arn))).toEqual([]);
	});
});

describe("a function's environment names resources, and nothing else", () => {
	const variables = (name: Name): unknown =>
		Reflect.get(Object(the(dev, "Function", `${owners[name]}-function`).inputs.environment), "variables");
	const pagers = { SECRET_GENESYS_LAUNCHER: secret("genesys-launcher"), VENDOR_SECRETS: "runbooks-dev/" };
	const links = { ACKNOWLEDGE_URL: "https://runbooks-intake-normalizer-url.test/", SECRET_ACKNOWLEDGE: secret("acknowledge") };
	const flowIds = { telephony: "runbooks-response-telephony-flow-id", "it-operations": "runbooks-response-it-operations-flow-id" };
	const store = { TABLE_NAME: "runbooks-dev-incidents" };
	const storeAndQueue = { ...store, QUEUE_URL: "https://sqs.test/runbooks-dispatch-queue" };

	it.each([
		["poller", { ...storeAndQueue, SECRET_GENESYS_DETECTOR: secret("genesys-detector") }],
		["normalizer", { ...storeAndQueue, SECRET_WEBHOOK: secret("webhook"), SECRET_ACKNOWLEDGE: secret("acknowledge") }],
		["dispatcher", { ...storeAndQueue, FLOW_IDS: JSON.stringify(flowIds), ...pagers }],
		["ledger", { ...store, ...links }],
		["overseer", { ...storeAndQueue, ...pagers, ...links }],
	] as const)("%s", (name, expected) => {
		expect(variables(name)).toEqual(expected);
	});
});

describe("a function", () => {
	it.each([
		["poller", 50, 1, 1024],
		["normalizer", 285, 50, 256],
		["dispatcher", 75, undefined, 256],
		["ledger", 12, undefined, 256],
		["overseer", 55, 1, 256],
	] as const)("%s runs at most %i seconds, reserved concurrency %s, with %i MB", (name, timeout, reserved, memorySize) => {
		const { code: _, environment: __, description, ...inputs } = the(dev, "Function", `${owners[name]}-function`).inputs;
		expect(description).toEqual(expect.stringMatching(/\.$/));
		expect(inputs).toEqual({
			name: `runbooks-dev-${name}`,
			role: `arn:Role:runbooks-dev-${name}`,
			runtime: "nodejs24.x",
			architectures: ["arm64"],
			handler: "index.handler",
			memorySize,
			timeout,
			...(reserved === undefined ? {} : { reservedConcurrentExecutions: reserved }),
			loggingConfig: { logFormat: "JSON", logGroup: `/aws/lambda/runbooks-dev-${name}` },
			tags: { Team: "contact-centre-platform", Project: "genesyscloud-runbooks", Stack: "dev" },
		});
	});

	it("carries its own bundle and the stack's settings", async () => {
		const { code } = the(dev, "Function", "runbooks-overseer-function").inputs;
		if (!(code instanceof pulumi.asset.AssetArchive)) throw new Error("Expected an AssetArchive");
		const assets = await code.assets;
		const said = await Promise.all(
			Object.entries(assets).map(async ([file, asset]) => {
				if (asset instanceof pulumi.asset.StringAsset) return [file, await asset.text];
				return [file, asset instanceof pulumi.asset.FileAsset ? await asset.path : ""];
			}),
		);
		const { "index.mjs": bundle, "settings.json": settings } = Object.fromEntries(said);
		expect(bundle).toBe("build/functions/overseer.mjs");
		expect(JSON.parse(settings)).toMatchObject({ environment: "dev", genesys: { domain: "mypurecloud.de" } });
	});

	it("keeps its logs as long as the stack says", () => {
		const days = dev.resources.filter(({ type }) => type.endsWith(":LogGroup")).map(({ inputs }) => inputs.retentionInDays);
		expect(days).toEqual([30, 30, 30, 30, 30]);
	});
});

describe("what starts the functions", () => {
	it.each(["poller", "overseer"] as const)(
		"the %s's schedule: every minute, without retries, with a role that can start nothing else",
		(name) => {
			const { description: _, ...schedule } = the(dev, "Schedule", `${owners[name]}-schedule`).inputs;
			expect(schedule).toEqual({
				name: `runbooks-dev-${name}`,
				scheduleExpression: "rate(1 minute)",
				flexibleTimeWindow: { mode: "OFF" },
				state: "ENABLED",
				target: {
					arn: `arn:Function:runbooks-dev-${name}`,
					roleArn: `arn:Role:runbooks-dev-${name}-schedule`,
					retryPolicy: { maximumRetryAttempts: 0 },
				},
			});
			// The ARN of the mock's function has neither region nor account.
			expect(JSON.parse(String(the(dev, "Role", `${owners[name]}-scheduler-role`).inputs.assumeRolePolicy))).toEqual({
				Version: "2012-10-17",
				Statement: [
					{
						Effect: "Allow",
						Action: "sts:AssumeRole",
						Principal: { Service: "scheduler.amazonaws.com" },
						Condition: { StringEquals: { "aws:SourceAccount": "", "aws:SourceArn": "arn:Function:scheduler:::schedule-group/default" } },
					},
				],
			});
			expect(policy(`${owners[name]}-scheduler-policy`)).toEqual({
				Version: "2012-10-17",
				Statement: [
					{ Sid: "InvokeFunction", Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: [`arn:Function:runbooks-dev-${name}`] },
				],
			});
		},
	);

	it("the queue, which gives a dispatcher six times its timeout and keeps what fails five times", () => {
		expect(the(dev, "Queue", "runbooks-dispatch-queue").inputs).toMatchObject({
			visibilityTimeoutSeconds: 450,
			redrivePolicy: JSON.stringify({ deadLetterTargetArn: "arn:Queue:runbooks-dev-dispatch-dead", maxReceiveCount: 5 }),
			sqsManagedSseEnabled: true,
		});
		expect(the(dev, "Queue", "runbooks-dispatch-dead").inputs).toMatchObject({
			messageRetentionSeconds: 1_209_600,
			sqsManagedSseEnabled: true,
		});
		expect(the(dev, "EventSourceMapping", "runbooks-dispatcher-messages").inputs).toMatchObject({
			functionName: "arn:Function:runbooks-dev-dispatcher",
			eventSourceArn: queue,
			batchSize: 1,
			functionResponseTypes: ["ReportBatchItemFailures"],
			scalingConfig: { maximumConcurrency: 10 },
		});
	});

	it("the webhook's address, with the two permissions that AWS asks for", () => {
		const function_ = "runbooks-dev-normalizer";
		expect(the(dev, "FunctionUrl", "runbooks-intake-normalizer-url").inputs).toMatchObject({
			functionName: function_,
			authorizationType: "NONE",
		});
		expect(the(dev, "Permission", "runbooks-intake-normalizer-url-permission").inputs).toEqual({
			function: function_,
			action: "lambda:InvokeFunctionUrl",
			principal: "*",
			functionUrlAuthType: "NONE",
		});
		expect(the(dev, "Permission", "runbooks-intake-normalizer-invoke-permission").inputs).toEqual({
			function: function_,
			action: "lambda:InvokeFunction",
			principal: "*",
			invokedViaFunctionUrl: true,
		});
	});

	const trust = (account: string) => ({
		Version: "2012-10-17",
		Statement: [
			{
				Effect: "Allow",
				Action: "sts:AssumeRole",
				Principal: { AWS: `arn:aws:iam::${account}:root` },
				Condition: { StringEquals: { "sts:ExternalId": "5f2c1a9e-8b7d-4c36-9a10-2e64d0b7f3c8" } },
			},
		],
	});
	const genesysTrust = (declaration: Declaration): unknown =>
		JSON.parse(String(the(declaration, "Role", "runbooks-ledger-service-genesys-role").inputs.assumeRolePolicy));

	it("Genesys Cloud, which may assume one role for this organization only and call the ledger with it", () => {
		expect(genesysTrust(dev)).toEqual(trust("765628985471"));
		expect(policy("runbooks-ledger-service-genesys-policy")).toEqual({
			Version: "2012-10-17",
			Statement: [
				{ Sid: "InvokeLedger", Effect: "Allow", Action: ["lambda:InvokeFunction"], Resource: ["arn:Function:runbooks-dev-ledger"] },
			],
		});
	});

	it("Genesys Cloud's other account in the FedRAMP region", async () => {
		const { config, secretKeys } = stackOf("dev");
		const genesys = { ...Object(config.genesys), region: "us-east-2" };
		expect(genesysTrust(await declaredSystem({ config: { ...config, genesys }, secretKeys }))).toEqual(trust("325654371633"));
	});
});

it("the ledger's table holds single items by key, finds what is due, forgets what expires and can be restored", () => {
	const { tags: _, ...inputs } = the(dev, "Table", "runbooks-ledger-table").inputs;
	expect(inputs).toEqual({
		name: "runbooks-dev-incidents",
		billingMode: "PAY_PER_REQUEST",
		hashKey: "pk",
		attributes: [
			{ name: "pk", type: "S" },
			{ name: "due", type: "S" },
			{ name: "dueAt", type: "N" },
		],
		globalSecondaryIndexes: [
			{
				name: "due",
				keySchemas: [
					{ attributeName: "due", keyType: "HASH" },
					{ attributeName: "dueAt", keyType: "RANGE" },
				],
				projectionType: "KEYS_ONLY",
			},
		],
		ttl: { attributeName: "exp", enabled: true },
		pointInTimeRecovery: { enabled: true },
		serverSideEncryption: { enabled: true },
		deletionProtectionEnabled: false,
	});
});
