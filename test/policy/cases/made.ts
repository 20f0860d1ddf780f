import type { Resource } from "../../../policy/resource.ts";

export type Inputs = Resource["inputs"];
/** Good and bad resources of one type, for one rule. */
export interface Case {
	readonly type: string;
	readonly good: readonly Inputs[];
	/** Inputs, and what is said of them. */
	readonly bad: readonly (readonly [Inputs, string])[];
	readonly protect?: boolean;
	/** What stands beside it in the stack. */
	readonly beside?: readonly Resource[];
}

export const made = (type: string, inputs: Inputs, protect = false): Resource => ({ type, name: "judged", inputs, protect });
export const document = (...statements: readonly object[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });
export const one = (statement: object): string => document({ Sid: "One", Effect: "Allow", ...statement });

export const rolePolicy = "aws:iam/rolePolicy:RolePolicy";
export const queuePolicy = "aws:sqs/queuePolicy:QueuePolicy";
export const permission = "aws:lambda/permission:Permission";
export const key = "aws:kms/key:Key";
export const lambda = "aws:lambda/function:Function";
export const table = "aws:dynamodb/table:Table";
export const secret = "aws:secretsmanager/secret:Secret";
export const queue = "aws:sqs/queue:Queue";
export const variables = (given: Inputs): Inputs => ({ loggingConfig: { logGroup: "g" }, environment: { variables: given } });
export const arn = "arn:aws:secretsmanager:eu-central-1:111122223333:secret:runbooks-dev/webhook";
export const root = { AWS: "arn:aws:iam::111122223333:root" };
export const keyWith = (statement: object): Inputs => ({ enableKeyRotation: true, policy: one(statement) });
export const healthyTable = { serverSideEncryption: { enabled: true }, pointInTimeRecovery: { enabled: true } };

/** By the rule. */
export type Cases = Readonly<Record<string, readonly Case[]>>;
