import { notYetKnown } from "../../../policy/resource.ts";
import { type Cases, healthyTable, key, lambda, made, queue, secret, table } from "./made.ts";

/** What is kept, what is lost, how much runs, and what is published. */
export const storeCases: Cases = {
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
