import { notYetKnown } from "../../../policy/resource.ts";
import { arn, type Cases, document, key, keyWith, lambda, one, permission, queuePolicy, rolePolicy, root, variables } from "./made.ts";

/** Who may do what, and who is told a secret. */
export const accessCases: Cases = {
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
};
