import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ApiCall, type Judge, startJudge } from "./judge.ts";

let judge: Judge;
beforeAll(async () => {
	judge = await startJudge();
});
afterAll(() => judge.close());

const role = "arn:aws:iam::111122223333:role/poller";
const code = { ZipFile: { $archive: { "index.mjs": { text: "export const handler = () => 1;" } } } };
const lambdaFunction = { FunctionName: "poller", Role: role, Runtime: "nodejs24.x", Handler: "index.handler", Code: code, Timeout: 50 };
const target = { Arn: "arn:aws:lambda:eu-central-1:111122223333:function:poller", RoleArn: role };
const schedule = { Name: "poller", ScheduleExpression: "rate(1 minute)", FlexibleTimeWindow: { Mode: "OFF" }, Target: target };
const ofLambda = (input: object): ApiCall => ({ service: "lambda", operation: "CreateFunction", input: { ...lambdaFunction, ...input } });
const ofRole = (input: object): ApiCall => ({
	service: "iam",
	operation: "CreateRole",
	input: { RoleName: "poller", AssumeRolePolicyDocument: "{}", ...input },
});
const retried = (MaximumRetryAttempts: number): ApiCall => ({
	service: "scheduler",
	operation: "CreateSchedule",
	input: { ...schedule, Target: { ...target, RetryPolicy: { MaximumRetryAttempts } } },
});
const mapped = (MaximumConcurrency: number): ApiCall => ({
	service: "lambda",
	operation: "CreateEventSourceMapping",
	input: { FunctionName: "dispatcher", ScalingConfig: { MaximumConcurrency } },
});

describe("botocore's service models", () => {
	test.each([
		["a function", ofLambda({})],
		["a role", ofRole({ Description: "Looks at trunks, edges and queues." })],
		["a schedule", retried(185)],
		["a mapping", mapped(2)],
	])("have nothing against %s", async (_, call) => {
		expect(await judge.validate(call)).toEqual([]);
	});

	test.each([
		["a runtime that is none", ofLambda({ Runtime: "nodejs99.x" }), /^CreateFunction\.Runtime: expected one of .*, got nodejs99\.x$/],
		["a timeout as a text", ofLambda({ Timeout: "50" }), /^CreateFunction\.Timeout: expected integer, got str$/],
		["a timeout below one", ofLambda({ Timeout: 0 }), /^CreateFunction\.Timeout: expected 1 to /],
		["a role that is no ARN", ofLambda({ Role: "poller" }), /^CreateFunction\.Role: expected arn:.*, got 'poller'$/],
		["a name that nobody knows", ofLambda({ Memory: 256 }), /^CreateFunction: expected one of .*, got Memory$/],
		["an arrow in a description of IAM", ofRole({ Description: "poller → ledger" }), /^CreateRole\.Description: expected /],
		[
			"a description that is too long",
			ofRole({ Description: "x".repeat(1001) }),
			/^CreateRole\.Description: expected any to 1000, got 1001$/,
		],
		[
			"nothing where something is required",
			{ service: "sqs", operation: "CreateQueue", input: {} },
			/^CreateQueue: expected QueueName, got none$/,
		],
		[
			"more retries than there may be",
			retried(200),
			/^CreateSchedule\.Target\.RetryPolicy\.MaximumRetryAttempts: expected 0 to 185, got 200$/,
		],
		["a mapping for one at a time", mapped(1), /MaximumConcurrency: expected 2 to 1000, got 1$/],
	] as const)("find %s", async (_, call, problem) => {
		expect(await judge.validate(call)).toEqual([expect.stringMatching(problem)]);
	});
});
