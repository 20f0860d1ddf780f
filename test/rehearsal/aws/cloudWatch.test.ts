import { describe, expect, test } from "vitest";
import type { FunctionKind } from "../../../rehearsal/aws/state.ts";
import { allow, arns, declareFunction, offline, start } from "./declaredAccount.ts";

const minute = 60_000;
const topicArn = "arn:aws:sns:eu-central-1:123456789012:alarms";
const alarmArn = "arn:aws:cloudwatch:eu-central-1:123456789012:alarm:runbooks-dev-x";

const cloudwatch = { Principal: { Service: "cloudwatch.amazonaws.com" } };
const publishing = {
	...cloudwatch,
	Action: "sns:Publish",
	Resource: topicArn,
	Condition: {
		StringEquals: { "aws:SourceAccount": "123456789012" },
		ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:123456789012:alarm:runbooks-dev-*" },
	},
};
const administering = { Principal: { AWS: "arn:aws:iam::123456789012:root" }, Action: "kms:*", Resource: "*" };
const encrypting = { ...cloudwatch, Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Resource: "*" };

const alarm = (change: Readonly<Record<string, unknown>> = {}) => ({
	name: "runbooks-dev-x",
	namespace: "AWS/Lambda",
	metricName: "Errors",
	dimensions: { FunctionName: "runbooks-dev-ledger" },
	statistic: "Sum",
	period: 60,
	evaluationPeriods: 1,
	comparisonOperator: "GreaterThanOrEqualToThreshold",
	threshold: 1,
	treatMissingData: "notBreaching",
	alarmActions: [topicArn],
	okActions: [topicArn],
	...change,
});

interface Parts {
	readonly topicPolicy?: string;
	readonly keyPolicy?: string;
	readonly alarms?: readonly Readonly<Record<string, unknown>>[];
}

/** An account whose ledger function fails for 2, and comes to a good end for every other number. */
function account({ topicPolicy = allow(publishing), keyPolicy = allow(administering, encrypting), alarms = [alarm()] }: Parts = {}) {
	const made = offline({
		ledger: (ports) => async (event) => {
			if (event === 2) throw new Error("broken");
			ports.journal.log({ what: "heartbeat" });
			return event;
		},
	});
	declareFunction(made, "ledger" satisfies FunctionKind);
	const { aws, clock } = made;
	const key = aws.create("aws:kms/key:Key", "key", { policy: keyPolicy });
	aws.create("aws:sns/topic:Topic", "alarms", { name: "alarms", kmsMasterKeyId: key.outputs.arn });
	if (topicPolicy !== "") aws.create("aws:sns/topicPolicy:TopicPolicy", "policy", { arn: topicArn, policy: topicPolicy });
	aws.create("aws:sns/topicSubscription:TopicSubscription", "email", { topic: topicArn, protocol: "email", endpoint: "a@b.example" });
	for (const inputs of alarms) aws.create("aws:cloudwatch/metricAlarm:MetricAlarm", String(inputs.name), inputs);
	/** Runs the function at these minutes, and looks at the end of each until `until`. */
	const looks = async (until: number, runs: Readonly<Record<number, number>>) => {
		const told: [number, string, boolean][] = [];
		for (let at = 0; at <= until; at += 1) {
			await clock.run(start + at * minute);
			for (const { alarm: each, isRaised } of aws.look()) told.push([at, each.name, isRaised]);
			const event = runs[at];
			if (event !== undefined) clock.spawn(async () => void (await aws.invoke("runbooks-dev-ledger", event).catch(() => undefined)));
		}
		return told;
	};
	return { ...made, looks };
}

describe("an alarm", () => {
	test("is raised by the minute that breaches, and ends with one that does not", async () => {
		expect(await account().looks(6, { 1: 1, 2: 2, 3: 1 })).toEqual([
			[3, "runbooks-dev-x", true],
			[4, "runbooks-dev-x", false],
		]);
	});

	test("of several periods wants all of them, of a longer period one value in it", async () => {
		const three = alarm({ name: "runbooks-dev-three", evaluationPeriods: 3, datapointsToAlarm: 3 });
		const five = alarm({ name: "runbooks-dev-five", period: 300 });
		const { looks } = account({ alarms: [three, five] });
		expect(await looks(12, { 1: 2, 3: 2, 4: 2, 5: 2 })).toEqual([
			[2, "runbooks-dev-five", true],
			[6, "runbooks-dev-three", true],
			[7, "runbooks-dev-three", false],
			[11, "runbooks-dev-five", false],
		]);
	});

	test("on a heartbeat is raised by its absence, counted from the first look, and ends with the next one", async () => {
		const silent = alarm({
			namespace: "genesyscloud-runbooks",
			metricName: "heartbeat",
			dimensions: { service: "runbooks-dev-ledger" },
			evaluationPeriods: 3,
			comparisonOperator: "LessThanThreshold",
			treatMissingData: "breaching",
		});
		const { looks } = account({ alarms: [silent] });
		// A run that failed is no heartbeat.
		expect(await looks(8, { 0: 1, 2: 2, 3: 2, 5: 1 })).toEqual([
			[4, "runbooks-dev-x", true],
			[6, "runbooks-dev-x", false],
		]);
	});

	test("on a sum adds up what there is", async () => {
		const metric = (FunctionName: string) => ({
			metricName: "Errors",
			namespace: "AWS/Lambda",
			dimensions: { FunctionName },
			stat: "Sum",
			period: 300,
		});
		const { namespace: _n, metricName: _m, dimensions: _d, statistic: _s, period: _p, ...rest } = alarm({ threshold: 2 });
		const metricQueries = [
			{ id: "sum", expression: "SUM(METRICS())", returnData: true },
			{ id: "m1", metric: metric("runbooks-dev-ledger") },
			{ id: "m2", metric: metric("another") },
		];
		expect(await account({ alarms: [{ ...rest, metricQueries }] }).looks(4, { 1: 2, 2: 2 })).toEqual([[3, "runbooks-dev-x", true]]);
	});

	test.each([
		[{ treatMissingData: "sometimes" }, "expected treatMissingData to be breaching, notBreaching"],
		[{ statistic: "p99" }, "expected statistic to be Sum, Maximum"],
		[{ comparisonOperator: "Near" }, "expected comparisonOperator to be LessThanThreshold"],
		[{ evaluationPeriods: 0 }, "expected evaluationPeriods to be 1 and more"],
		[{ alarmDescription: "x".repeat(1025) }, "expected alarmDescription to be at most 1024 characters, got 1025"],
		[{ metricQueries: [{ id: "a", expression: "m1 * 2", returnData: true }] }, "one SUM(METRICS()) that is returned"],
	])("that cannot be judged is refused: %o", (change, problem) => {
		expect(() => account({ alarms: [alarm(change)] })).toThrow(problem);
	});
});

describe("who is told", () => {
	/** What the first alarm that is raised says of its deliveries. */
	async function firstNews(parts: Parts) {
		const made = account(parts);
		await made.looks(1, { 1: 2 });
		await made.clock.run(start + 2 * minute);
		const [{ deliveries, refused } = { deliveries: undefined, refused: undefined }] = made.aws.look();
		return { deliveries, refused };
	}

	test("is everybody who subscribed", async () => {
		expect(await firstNews({})).toEqual({ deliveries: [{ protocol: "email", endpoint: "a@b.example" }], refused: undefined });
	});

	test.each<[string, Parts]>([
		["has no policy of its own", { topicPolicy: "" }],
		["lets another service publish", { topicPolicy: allow({ ...publishing, Principal: { Service: "events.amazonaws.com" } }) }],
		["is another topic's", { topicPolicy: allow({ ...publishing, Resource: `${topicArn}-2` }) }],
		["names another account", { topicPolicy: allow({ ...publishing, Condition: { StringEquals: { "aws:SourceAccount": "2" } } }) }],
		[
			"names other alarms",
			{ topicPolicy: allow({ ...publishing, Condition: { ArnLike: { "aws:SourceArn": `${alarmArn.slice(0, -1)}y` } } }) },
		],
		[
			"has a condition of an unknown kind",
			{ topicPolicy: allow({ ...publishing, Condition: { Bool: { "aws:SecureTransport": "true" } } }) },
		],
		["has a key that CloudWatch may not use", { keyPolicy: allow(administering) }],
	])("is nobody where the topic %s", async (_name, parts) => {
		const { deliveries, refused } = await firstNews(parts);
		expect(deliveries).toEqual([]);
		expect(refused).toMatch(/^cloudwatch\.amazonaws\.com is not authorized to perform (sns:Publish|kms:Decrypt) on arn:aws:/);
	});

	test("a key that leaves nobody of the account in charge is refused", () => {
		expect(() => account({ keyPolicy: allow(encrypting) })).toThrow("expected a policy that leaves the key to account 123456789012");
	});

	test("a policy or a subscription of a topic that is not there is refused", () => {
		const { aws } = offline();
		expect(() => aws.create("aws:sns/topicPolicy:TopicPolicy", "p", { arn: topicArn, policy: "{}" })).toThrow("expected a declared topic");
		expect(() =>
			aws.create("aws:sns/topicSubscription:TopicSubscription", "s", { topic: topicArn, protocol: "email", endpoint: "a@b.example" }),
		).toThrow("expected a declared topic");
	});
});

describe("what breaks a function", () => {
	const counted = async (how: "crashes" | "stalls" | "throttled") => {
		const metric = (metricName: string, name: string, change = {}) => alarm({ name, metricName, ...change });
		const alarms = [
			metric("Errors", "errors"),
			metric("Throttles", "throttles"),
			metric("Duration", "long", { statistic: "Maximum", threshold: 4000 }),
		];
		const made = account({ alarms });
		const end = made.aws.break({ kind: "ledger", how });
		const before = await made.looks(1, { 1: 1 });
		await made.clock.run(start + 2 * minute);
		const told = made.aws.look().map(({ alarm: each }) => each.name);
		end();
		return { before, told, after: await made.run(() => made.aws.invoke(arns.lambda("ledger"), 1)) };
	};

	test.each([
		["crashes", ["errors"]],
		["stalls", ["errors", "long"]],
		["throttled", ["throttles"]],
	] as const)("%s: %o, until it is over", async (how, told) => {
		expect(await counted(how)).toEqual({ before: [], told, after: 1 });
	});
});
