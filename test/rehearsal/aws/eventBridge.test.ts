import { describe, expect, test } from "vitest";
import { start } from "../../../rehearsal/world/offlineWorld.ts";
import { offline } from "./declaredAccount.ts";

const source = "aws.partner/genesys.com/cloud/org/dev";
const pattern = (matchers: unknown) => JSON.stringify(matchers);
const topics = pattern({ source: [{ prefix: "aws.partner/genesys.com" }], "detail-type": ["v2.a.{id}"] });
const queueUrl = (name: string) => `https://sqs.eu-central-1.amazonaws.com/123456789012/${name}`;
const queueArn = (name: string) => `arn:aws:sqs:eu-central-1:123456789012:${name}`;
const ruleArn = `arn:aws:events:eu-central-1:123456789012:rule/${source}/rule`;

const policyFor = (arn: string, change: object = {}): string => {
	const statement = {
		Effect: "Allow",
		Principal: { Service: "events.amazonaws.com" },
		Action: "sqs:SendMessage",
		Resource: arn,
		Condition: { ArnEquals: { "aws:SourceArn": ruleArn } },
	};
	return JSON.stringify({ Version: "2012-10-17", Statement: [{ ...statement, ...change }] });
};

/** An account with a partner's bus, a rule, and a target that has dead letters. */
function account(policies: { readonly queue?: string; readonly dead?: string } = {}) {
	const { aws } = offline({}, { partnerSources: () => [source] });
	for (const name of ["events", "dead"]) aws.create("aws:sqs/queue:Queue", name, { name });
	aws.create("aws:cloudwatch/eventBus:EventBus", "bus", { name: source, eventSourceName: source });
	aws.create("aws:cloudwatch/eventRule:EventRule", "rule", { name: "rule", eventBusName: source, eventPattern: topics });
	for (const [name, policy] of Object.entries(policies))
		aws.create("aws:sqs/queuePolicy:QueuePolicy", name, { queueUrl: queueUrl(name === "queue" ? "events" : "dead"), policy });
	aws.create("aws:cloudwatch/eventTarget:EventTarget", "target", {
		rule: "rule",
		eventBusName: source,
		targetId: "buffer",
		arn: queueArn("events"),
		deadLetterConfig: { arn: queueArn("dead") },
	});
	const put = (detailType = "v2.a.{id}", from = source): void =>
		aws.putPartnerEvent({ id: "event-1", source: from, detailType, at: start, detail: { topicName: "v2.a.1" } });
	const waiting = (name: "events" | "dead") =>
		aws.state.queues
			.find((each) => each.name === name)
			?.queue.bodies()
			.map((body) => JSON.parse(body)) ?? [];
	return { aws, put, waiting };
}

describe("an event of a partner", () => {
	const both = { queue: policyFor(queueArn("events")), dead: policyFor(queueArn("dead")) };

	test("comes to the target of a rule that it matches, in the form of Amazon EventBridge", () => {
		const { put, waiting, aws } = account(both);
		put();
		expect(waiting("events")).toEqual([
			{
				version: "0",
				id: "event-1",
				"detail-type": "v2.a.{id}",
				source,
				account: "123456789012",
				time: new Date(start).toISOString(),
				region: "eu-central-1",
				resources: [],
				detail: { topicName: "v2.a.1" },
			},
		]);
		expect(aws.refusals).toEqual([]);
	});

	test.each([
		{ name: "of another topic", detailType: "v2.b.{id}", from: source },
		{ name: "of a source that has no bus", detailType: "v2.a.{id}", from: `${source}-2` },
	])("$name comes to nobody", ({ detailType, from }) => {
		const { put, waiting } = account(both);
		put(detailType, from);
		expect([waiting("events"), waiting("dead")]).toEqual([[], []]);
	});

	test.each([
		{ name: "no policy", policy: undefined },
		{
			name: "the policy of another rule",
			policy: policyFor(queueArn("events"), { Condition: { ArnEquals: { "aws:SourceArn": "arn:other" } } }),
		},
		{ name: "a policy without a condition", policy: policyFor(queueArn("events"), { Condition: {} }) },
		{ name: "a policy for another queue", policy: policyFor(queueArn("other")) },
	])("with $name of the queue ends among the dead letters, and the refusal is kept", ({ policy }) => {
		const { put, waiting, aws } = account({ ...(policy === undefined ? {} : { queue: policy }), dead: both.dead });
		put();
		expect([waiting("events").length, waiting("dead").length]).toEqual([0, 1]);
		expect(aws.refusals).toMatchObject([{ principal: "events.amazonaws.com", action: "sqs:SendMessage", resource: queueArn("events") }]);
	});
});

describe("a bus, a rule and a target are refused", () => {
	test("where the partner offers no such event source", () => {
		const { aws } = offline();
		expect(() => aws.create("aws:cloudwatch/eventBus:EventBus", "bus", { name: source, eventSourceName: source })).toThrow(
			/expected an event source that a partner offers/,
		);
	});

	test("where the bus has another name than its event source", () => {
		const { aws } = offline({}, { partnerSources: () => [source] });
		expect(() => aws.create("aws:cloudwatch/eventBus:EventBus", "bus", { name: "bus", eventSourceName: source })).toThrow(
			/expected name to be eventSourceName/,
		);
	});

	test("with a pattern that is not understood here", () => {
		const { aws } = account();
		const rule = (eventPattern: string) => () =>
			aws.create("aws:cloudwatch/eventRule:EventRule", "r", { name: "r", eventBusName: source, eventPattern });
		expect(rule(pattern({ "detail-type": [{ wildcard: "*" }] }))).toThrow(/expected a text or a prefix/);
		expect(rule(pattern({ detail: { a: ["b"] } }))).toThrow(/expected source or detail-type/);
		expect(rule(pattern({ source: [] }))).toThrow(/expected a list/);
	});

	test("on a bus, a rule or a queue that is not there", () => {
		const { aws } = account();
		expect(() => aws.create("aws:cloudwatch/eventRule:EventRule", "r", { name: "r", eventBusName: "b", eventPattern: topics })).toThrow(
			/declared bus/,
		);
		const target = (rule: string, arn: string) => () =>
			aws.create("aws:cloudwatch/eventTarget:EventTarget", "t", { rule, eventBusName: source, targetId: "t", arn });
		expect(target("other", queueArn("events"))).toThrow(/declared rule/);
		expect(target("rule", queueArn("other"))).toThrow(/declared queue/);
		expect(() => aws.create("aws:sqs/queuePolicy:QueuePolicy", "p", { queueUrl: queueUrl("other"), policy: "{}" })).toThrow(
			/declared queue/,
		);
	});
});
