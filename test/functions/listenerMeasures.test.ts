import { describe, expect, test } from "vitest";
import { seconds } from "./pipeline/fixtures.ts";
import { eventText, listening, onBothEdges } from "./pipeline/listenWorld.ts";
import { all, calm, crowded, edgeKey, onEdgeA, queueKey, support, trunkKey } from "./pipeline/pollWorld.ts";

describe("events of measures", () => {
	const metrics = (mismatchCount: number, at: number) =>
		eventText({
			topic: "v2.telephony.providers.edges.trunks.{id}.metrics",
			id: "trunk-1",
			at,
			body: { calls: { inboundCallCount: 2, outboundCallCount: 1 }, qos: { mismatchCount }, trunk: { id: "trunk-1" } },
		});
	const waiting = (count: number, at: number, mediaType = "voice") =>
		eventText({
			topic: "v2.analytics.queues.{id}.observations",
			id: "queue-1",
			at,
			body: { group: { queueId: "queue-1", mediaType }, data: [{ metrics: [{ metric: "oWaiting", stats: { count } }] }] },
		});

	test("a degraded trunk counts as one look beside the polls", async () => {
		const { polls, pass, deliver, opened, logged } = listening();
		await polls(1);
		await polls(1, { trunks: [{ ...onEdgeA, qosMismatches: 8 }] });
		pass(-30);
		await deliver([metrics(17, seconds(90))]);
		expect(logged.at(-1)).toMatchObject({ what: "observed", outcome: "breach", detail: expect.stringContaining("qos-mismatches") });
		pass(30);
		await polls(1, { trunks: [{ ...onEdgeA, qosMismatches: 30 }] });
		expect(opened()).toEqual(["inc:1:dev:trunk-degraded:base-1"]);
	});

	test("what is within its limits is left to the polls", async () => {
		const { polls, deliver, leftOut } = listening();
		await polls(1);
		await deliver([metrics(1, seconds(61)), waiting(2, seconds(61))]);
		expect(leftOut()).toEqual(["left-to-the-polls", "left-to-the-polls"]);
	});

	test("the numbers of one of two instances say nothing of their trunk", async () => {
		const { polls, deliver, leftOut } = listening();
		await polls(1, onBothEdges);
		await deliver([metrics(50, seconds(61))]);
		expect(leftOut()).toEqual(["seen-in-part"]);
	});

	test("a queue that fills opens one poll sooner, and calls alone count", async () => {
		const { polls, pass, deliver, opened, leftOut } = listening();
		await polls(1);
		pass(-35);
		await deliver([waiting(9, seconds(25), "chat"), waiting(9, seconds(25))]);
		expect(leftOut()).toEqual(["says-nothing"]);
		pass(35);
		await polls(1, { queues: [crowded] });
		expect(opened()).toEqual([queueKey]);
	});

	test("an old one is left out", async () => {
		const { polls, deliver, leftOut } = listening();
		await polls(2, { queues: [support] });
		await deliver([metrics(50, seconds(10)), waiting(9, seconds(10))]);
		expect(leftOut()).toEqual(["older-than-known", "older-than-known"]);
	});
});

describe("an operational event", () => {
	const operation = (definition: { readonly id?: string; readonly name?: string }, entityId: string, at: number) =>
		eventText({ topic: "v2.operations.events.{id}", id: "definition-1", at, body: { eventDefinition: definition, entityId } });

	test("means what the settings say, by the name or the id of its definition", async () => {
		const { polls, pass, deliver, item, logged } = listening();
		await polls(1);
		await deliver([operation({ id: "definition-1", name: "Edge Offline" }, "edge-a", seconds(61))]);
		expect(await item(edgeKey)).toMatchObject({ state: "open", entityName: "Edge-A", reading: { reason: "operational-event" } });
		pass(25);
		await deliver([operation({ id: "definition-2" }, "edge-a", seconds(84))]);
		expect(logged.at(-1)).toMatchObject({ what: "observed", outcome: "clear" });
	});

	test("about one instance of a trunk is about the trunk", async () => {
		const { polls, deliver, opened } = listening();
		await polls(1);
		await deliver([operation({ name: "Trunk Down" }, "trunk-1", seconds(61))]);
		expect(opened()).toEqual([trunkKey]);
	});

	test("that has no meaning, or is about nothing that is watched, is left out", async () => {
		const { polls, deliver, leftOut } = listening({}, { ...all, "edge-offline": { ...calm, enabled: false } });
		await polls(1);
		await deliver([
			operation({ name: "toString" }, "edge-a", seconds(61)),
			operation({ name: "Edge Offline" }, "edge-a", seconds(61)),
			operation({ name: "Trunk Down" }, "trunk-9", seconds(61)),
		]);
		expect(leftOut()).toEqual(["says-nothing", "not-watched", "not-watched"]);
	});
});
