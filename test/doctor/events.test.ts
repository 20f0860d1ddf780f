import { describe, expect, test } from "vitest";
import { judgeSource } from "../../doctor/aws/judge.ts";
import { judgeTopic } from "../../doctor/genesys/judge.ts";
import { needsOf } from "../../doctor/needs.ts";
import { readStackFile } from "../../rehearsal/scenario/stackFile.ts";

describe("a topic that must come by Amazon EventBridge", () => {
	const topic = "v2.telephony.providers.edges.trunks.{id}";
	const properties = JSON.stringify({ eventFilter: [topic, "v2.operations.events.{id}", topic] });
	const inputs = { integrationType: "amazon-eventbridge-source", config: { properties } };
	const other = { integrationType: "custom-rest-actions", config: { properties } };

	test("is one that an integration with it names", () => {
		const type = "genesyscloud:index/integration:Integration";
		const { runtime } = readStackFile("dev").settings;
		const { topics } = needsOf(
			[inputs, other].map((each) => ({ type, inputs: each })),
			runtime,
			undefined,
		);
		expect(topics).toEqual(["v2.operations.events.{id}", topic]);
	});

	test.each([
		{ transports: ["Websocket", "EventBridge"], verdict: "holds", why: "by Amazon EventBridge" },
		{ transports: ["All"], verdict: "holds", why: "by Amazon EventBridge" },
		{ transports: ["Websocket"], verdict: "does-not-hold", why: "it comes by Websocket only" },
		{ transports: [], verdict: "not-checked", why: "it is not told how it comes" },
	])("and comes by $transports: $verdict", ({ transports, verdict, why }) => {
		expect(judgeTopic(topic, { value: [{ id: topic, transports }] })).toMatchObject({ verdict, why });
	});

	test("fails where the organization has none of that name", () => {
		const { verdict, why } = judgeTopic(topic, { value: [{ id: "v2.other", transports: ["All"] }] });
		expect([verdict, why]).toEqual(["does-not-hold", "not among 1 topics"]);
	});
});

describe("the event source of Genesys Cloud", () => {
	const name = "aws.partner/genesys.com/cloud/org/dev";

	test.each([
		{ state: "ACTIVE", verdict: "holds", why: `ACTIVE: ${name}` },
		{ state: "PENDING", verdict: "holds", why: "PENDING: it waits for the bus that the deployment makes" },
		{ state: "DELETED", verdict: "does-not-hold", why: "the integration that offered it is gone" },
		{ state: "absent", verdict: "not-checked", why: `there is none called ${name}` },
	] as const)("that is $state: $verdict", ({ state, verdict, why }) => {
		expect(judgeSource(name, { value: state })).toMatchObject({ verdict, why });
	});

	test("is one that a declared bus is for", () => {
		const { runtime } = readStackFile("dev").settings;
		const bus = { type: "aws:cloudwatch/eventBus:EventBus", inputs: { name, eventSourceName: name } };
		expect(needsOf([bus, { ...bus, inputs: { name: "own" } }], runtime, undefined).eventSources).toEqual([name]);
	});
});
