import { describe, expect, test } from "vitest";
import { SecretVersions } from "../../../rehearsal/aws/secretVersions.ts";
import { arnOfSecret, emptyState } from "../../../rehearsal/aws/state.ts";
import { arns, declareFunction, declareQueue, declareTable, offline, queueUrl, trust } from "./declaredAccount.ts";

const secretMark = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const alarmInputs = {
	name: "silent",
	namespace: "AWS/Lambda",
	metricName: "Errors",
	dimensions: { FunctionName: "poller" },
	statistic: "Sum",
	period: 60,
	evaluationPeriods: 1,
	comparisonOperator: "GreaterThanThreshold",
	threshold: 1,
	treatMissingData: "notBreaching",
};

describe("declaring", () => {
	test.each([
		{
			type: "aws:dynamodb/table:Table",
			inputs: { name: "incidents", hashKey: "pk", ttl: { attributeName: "exp", enabled: true } },
			id: "incidents",
			arn: "arn:aws:dynamodb:eu-central-1:123456789012:table/incidents",
		},
		{
			type: "aws:sqs/queue:Queue",
			inputs: { name: "dispatch" },
			id: "https://sqs.eu-central-1.amazonaws.com/123456789012/dispatch",
			arn: "arn:aws:sqs:eu-central-1:123456789012:dispatch",
		},
		{
			type: "aws:cloudwatch/logGroup:LogGroup",
			inputs: { name: "/aws/lambda/x" },
			id: "/aws/lambda/x",
			arn: "arn:aws:logs:eu-central-1:123456789012:log-group:/aws/lambda/x",
		},
		{
			type: "aws:cloudwatch/metricAlarm:MetricAlarm",
			inputs: alarmInputs,
			id: "silent",
			arn: "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:silent",
		},
		{
			type: "aws:iam/role:Role",
			inputs: { name: "poller", assumeRolePolicy: trust({ Service: "lambda.amazonaws.com" }) },
			id: "poller",
			arn: "arn:aws:iam::123456789012:role/poller",
		},
	])("$type answers as the provider does", ({ type, inputs, id, arn }) => {
		const created = offline().aws.create(type, "x", inputs);
		expect(created.id).toBe(id);
		expect(created.outputs).toMatchObject({ ...inputs, arn });
	});

	test("a secret's ARN ends in six more characters, the same in every run", () => {
		const arn = () => offline().aws.create("aws:secretsmanager/secret:Secret", "twilio", { name: "runbooks-dev/twilio" }).outputs.arn;
		expect(arn()).toMatch(/^arn:aws:secretsmanager:eu-central-1:123456789012:secret:runbooks-dev\/twilio-[0-9a-f]{6}$/);
		expect(arn()).toBe(arn());
	});

	test("a secret's value is taken out of Pulumi's wrapper, and not handed back", () => {
		const { aws } = offline();
		const { id } = aws.create("aws:secretsmanager/secret:Secret", "twilio", { name: "runbooks-dev/twilio" });
		const inputs = { secretId: id, secretStringWo: { ...secretMark, value: "s3cret" }, secretStringWoVersion: 1 };
		const version = aws.create("aws:secretsmanager/secretVersion:SecretVersion", "twilio", inputs);
		expect(aws.state.secrets.get(id)?.texts()).toEqual(["s3cret"]);
		expect(JSON.stringify(version)).not.toContain("s3cret");
	});

	test("a resource without a name gets one", () => {
		expect(offline().aws.create("aws:sqs/queue:Queue", "dispatch", {}).outputs.name).toMatch(/^dispatch-[0-9a-f]{7}$/);
	});

	test("two of one name are refused", () => {
		const account = offline();
		declareTable(account);
		expect(() => declareTable(account)).toThrow(
			"aws:dynamodb/table:Table incidents: expected an unused name, got runbooks-dev-incidents, which already exists",
		);
	});

	test("a type that this account does not know is refused by name", () => {
		expect(() => offline().aws.create("aws:s3/bucket:Bucket", "b", {})).toThrow(
			/^aws:s3\/bucket:Bucket b: expected one of aws:iam\/role:Role, /,
		);
	});

	test.each([
		{
			name: "a table with another key",
			type: "aws:dynamodb/table:Table",
			inputs: { hashKey: "id" },
			problem: "expected hashKey pk, got id",
		},
		{
			name: "a table that keeps what has expired",
			type: "aws:dynamodb/table:Table",
			inputs: { hashKey: "pk" },
			problem: "expected ttl exp to be enabled",
		},
		{
			name: "a property of the wrong type",
			type: "aws:sqs/queue:Queue",
			inputs: { visibilityTimeoutSeconds: "180" },
			problem: "expected visibilityTimeoutSeconds to be a number, got a string",
		},
		{
			name: "a property that is missing",
			type: "aws:iam/role:Role",
			inputs: {},
			problem: "aws:iam/role:Role x: expected assumeRolePolicy to be a text, got nothing",
		},
		{
			name: "dead letters to nowhere",
			type: "aws:sqs/queue:Queue",
			inputs: { redrivePolicy: '{"deadLetterTargetArn":"arn:none","maxReceiveCount":5}' },
			problem: "expected a declared queue, got arn:none",
		},
		{
			name: "a URL of no function",
			type: "aws:lambda/functionUrl:FunctionUrl",
			inputs: { functionName: "none" },
			problem: "expected a declared function, got none",
		},
		{
			name: "a version of no secret",
			type: "aws:secretsmanager/secretVersion:SecretVersion",
			inputs: { secretId: "arn:none" },
			problem: "expected secretId to be a declared secret, got arn:none",
		},
		{
			name: "a function that is none of the five",
			type: "aws:lambda/function:Function",
			inputs: { name: "other" },
			problem: "expected a name that ends in one of poller, normalizer, dispatcher, ledger, overseer",
		},
	])("$name is refused", ({ type, inputs, problem }) => {
		expect(() => offline().aws.create(type, "x", inputs)).toThrow(problem);
	});

	test("finds a secret by its ARN, or by its whole name", () => {
		const arnOf = (secret: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:${secret}`;
		const secrets = new Map(
			["a/runbooks/twilio-123456", "runbooks/twilio-2-123456", "runbooks/twilio-abcdef"].map((each) => [arnOf(each), new SecretVersions()]),
		);
		const found = (id: string) => arnOfSecret({ ...emptyState(), secrets }, id);
		expect(found("runbooks/twilio")).toBe(arnOf("runbooks/twilio-abcdef"));
		expect(found("runbooks/twilio-2")).toBe(arnOf("runbooks/twilio-2-123456"));
		expect(found(arnOf("runbooks/twilio-abcdef"))).toBe(arnOf("runbooks/twilio-abcdef"));
		expect(found("runbooks/none")).toBe("runbooks/none");
	});

	test("takes no more variables than AWS does", () => {
		const variables = (characters: number) => ({ environment: { variables: { A: "x".repeat(characters) } } });
		const declared = (characters: number) => () => declareFunction(offline(), "overseer", { inputs: variables(characters) });
		expect(declared(4088)).not.toThrow();
		expect(declared(4089)).toThrow("expected at most 4096 bytes of environment variables, got 4097");
	});

	test.each(["cron(0 * * * ? *)", "rate(0 minutes)", "rate(1 week)"])("a schedule at %s is refused", (scheduleExpression) => {
		const account = offline();
		declareFunction(account, "poller");
		const inputs = { scheduleExpression, target: { arn: arns.lambda("poller"), roleArn: arns.role("s") } };
		expect(() => account.aws.create("aws:scheduler/schedule:Schedule", "s", inputs)).toThrow(`got ${scheduleExpression}`);
	});

	test("a mapping wants a declared queue", () => {
		const account = offline();
		declareFunction(account, "dispatcher");
		const inputs = { functionName: arns.lambda("dispatcher"), eventSourceArn: arns.queue };
		const create = () => account.aws.create("aws:lambda/eventSourceMapping:EventSourceMapping", "m", inputs);
		expect(create).toThrow(`expected eventSourceArn to be a declared queue, got ${arns.queue}`);
		declareQueue(account);
		expect(create().id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
		expect(account.aws.state.queues.map(({ url }) => url)).toContain(queueUrl);
	});
});
