import { type AccountState, arnOfSecret } from "../../../rehearsal/aws/state.ts";
import { accountId, region } from "../judge.ts";

/** An action on a resource that a caller must be allowed, and what conditions may ask about. */
export interface Wanted {
	readonly action: string;
	readonly resource: string;
	readonly context: Readonly<Record<string, string>>;
}

/** An API call as it came over the wire. */
export interface WireCall {
	readonly service: string;
	readonly operation: string;
	readonly body: Readonly<Record<string, unknown>>;
}

type Reading = (body: WireCall["body"], state: AccountState) => readonly Wanted[];

const arn = (service: string, resource: string, account = accountId): string => `arn:aws:${service}:${region}:${account}:${resource}`;
const wanted = (action: string, resource: string, context: Wanted["context"] = {}): Wanted => ({ action, resource, context });
const table = (name: unknown, index?: unknown): string =>
	arn("dynamodb", `table/${String(name)}${index === undefined ? "" : `/index/${String(index)}`}`);
const onTable =
	(action: string): Reading =>
	({ TableName, IndexName }) => [wanted(`dynamodb:${action}`, table(TableName, IndexName))];
const onQueue =
	(action: string): Reading =>
	({ QueueUrl }) => [wanted(`sqs:${action}`, arn("sqs", new URL(String(QueueUrl)).pathname.split("/").at(-1) ?? ""))];

/**
 * What IAM asks for each call that a function may make ("Service Authorization Reference": DynamoDB, SQS, Secrets Manager, Lambda, Systems Manager). A
 * transaction asks for each of its parts.
 */
const readings: Readonly<Record<string, Reading>> = {
	"dynamodb:GetItem": onTable("GetItem"),
	"dynamodb:PutItem": onTable("PutItem"),
	"dynamodb:Query": onTable("Query"),
	"dynamodb:TransactWriteItems": ({ TransactItems }) =>
		(Array.isArray(TransactItems) ? TransactItems : []).flatMap((item) =>
			Object.entries<{ readonly TableName: string }>(item).map(([part, { TableName }]) =>
				wanted(`dynamodb:${part === "ConditionCheck" ? "ConditionCheckItem" : `${part}Item`}`, table(TableName)),
			),
		),
	"sqs:SendMessage": onQueue("SendMessage"),
	"sqs:ReceiveMessage": onQueue("ReceiveMessage"),
	"sqs:DeleteMessage": onQueue("DeleteMessage"),
	"sqs:GetQueueAttributes": onQueue("GetQueueAttributes"),
	"sqs:ChangeMessageVisibility": onQueue("ChangeMessageVisibility"),
	"secretsmanager:GetSecretValue": ({ SecretId }, state) => [wanted("secretsmanager:GetSecretValue", arnOfSecret(state, String(SecretId)))],
	"lambda:Invoke": ({ FunctionName }) => [wanted("lambda:InvokeFunction", arn("lambda", `function:${String(FunctionName)}`))],
	"ssm:StartAutomationExecution": ({ DocumentName, Parameters }) => [
		wanted(
			"ssm:StartAutomationExecution",
			arn("ssm", `document/${String(DocumentName)}`, /^(AWS|Amazon)/.test(String(DocumentName)) ? "" : accountId),
		),
		wanted("ssm:StartAutomationExecution", arn("ssm", "automation-execution/new")),
		...textsOf(Object(Parameters).AutomationAssumeRole).map((role) =>
			wanted("iam:PassRole", role, { "iam:PassedToService": "ssm.amazonaws.com" }),
		),
	],
	"ssm:GetAutomationExecution": ({ AutomationExecutionId }) => [
		wanted("ssm:GetAutomationExecution", arn("ssm", `automation-execution/${String(AutomationExecutionId)}`)),
	],
};

const textsOf = (value: unknown): readonly string[] => (Array.isArray(value) ? value.map(String) : []);

/** Throws Error for a call of which nobody has written what it asks for. */
export function wantedOf({ service, operation, body }: WireCall, state: AccountState): readonly Wanted[] {
	const reading = readings[`${service}:${operation}`];
	if (reading === undefined) throw new Error(`expected one of ${Object.keys(readings).join(", ")}, got ${service}:${operation}`);
	return reading(body, state);
}
