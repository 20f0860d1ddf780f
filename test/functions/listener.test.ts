import { describe, expect, test } from "vitest";
import { seconds } from "./pipeline/fixtures.ts";
import { eventText, listening, onBothEdges, topics, trunkEvent } from "./pipeline/listenWorld.ts";
import { down, edgeKey, offline, onEdgeA, trunkKey } from "./pipeline/pollWorld.ts";

describe("an event that a trunk is down", () => {
	test("opens its incident at once, and the polls join it: one incident, one message", async () => {
		const { polls, deliver, item, opened, queue } = listening();
		await polls(1);
		expect(await deliver([trunkEvent(false, seconds(65))])).toEqual([]);
		expect(await item(trunkKey)).toMatchObject({ state: "open", openedAt: seconds(60), reading: { source: "event-bus" } });
		await polls(3, { trunks: [down] });
		expect(opened()).toEqual([trunkKey]);
		expect(await item(trunkKey)).toMatchObject({ occurrence: 1, state: "open" });
		expect(queue.bodies()).toHaveLength(1);
	});

	test("joins the incident of a poll", async () => {
		const { polls, deliver, item, opened } = listening();
		await polls(1);
		await polls(2, { trunks: [down] });
		expect(opened()).toEqual([trunkKey]);
		await deliver([trunkEvent(false, seconds(179), { since: seconds(50) })]);
		expect(opened()).toEqual([trunkKey]);
		expect(await item(trunkKey)).toMatchObject({ occurrence: 1 });
	});

	test("that a poll saw a moment before, and counted once, opens at once all the same", async () => {
		const { polls, pass, deliver, opened } = listening();
		await polls(1);
		await polls(1, { trunks: [down] });
		expect(opened()).toEqual([]);
		pass(-58);
		await deliver([trunkEvent(false, seconds(61), { since: seconds(59) })]);
		expect(opened()).toEqual([trunkKey]);
	});

	test("makes the document that a poll would make, of which the numbers that no event tells are left out", async () => {
		const byEvent = listening();
		await byEvent.polls(1);
		await byEvent.deliver([trunkEvent(false, seconds(65))]);
		const byPoll = listening();
		await byPoll.polls(2, { trunks: [down] });
		const { reading: polled } = (await byPoll.item(trunkKey)) ?? {};
		const { calls: _calls, qosMismatches: _mismatches, ...metrics } = polled?.metrics ?? {};
		const { reading: heard } = (await byEvent.item(trunkKey)) ?? {};
		expect({ ...heard, observedAt: 0 }).toEqual({ ...polled, metrics, observedAt: 0, source: "event-bus" });
	});

	test("is one look of a streak where the settings say so", async () => {
		const { polls, deliver, opened } = listening({ topics: { trunks: { topic: topics.trunks?.topic ?? "", opens: "like-a-poll" } } });
		await polls(1);
		await deliver([trunkEvent(false, seconds(65))]);
		expect(opened()).toEqual([]);
		await polls(1, { trunks: [down] });
		expect(opened()).toEqual([]);
		await polls(1);
		expect(opened()).toEqual([trunkKey]);
	});

	test("of one of two edges opens nothing; of the second one it does", async () => {
		const { polls, deliver, opened } = listening();
		await polls(1, onBothEdges);
		await deliver([trunkEvent(false, seconds(62))]);
		expect(opened()).toEqual([]);
		await deliver([trunkEvent(false, seconds(63), { id: "trunk-2" })]);
		expect(opened()).toEqual([trunkKey]);
	});

	test("both in one batch are seen together", async () => {
		const { polls, deliver, opened } = listening();
		await polls(1, onBothEdges);
		await deliver([trunkEvent(false, seconds(62)), trunkEvent(false, seconds(62), { id: "trunk-2" })]);
		expect(opened()).toEqual([trunkKey]);
	});

	test("pages nobody where its edge is known to be offline: that pages for it", async () => {
		const { polls, deliver, opened, logged } = listening();
		await polls(2, { edges: [offline] });
		await deliver([trunkEvent(false, seconds(125))]);
		expect(opened()).toEqual([edgeKey]);
		expect(logged.at(-1)).toMatchObject({
			what: "observed",
			outcome: "inhibited",
			detail: expect.stringContaining("carried-by-offline-edges"),
		});
	});
});

describe("the end of what an event told", () => {
	test("is told by the polls, as of any failure: one event that it is up is one look", async () => {
		const { polls, pass, deliver, item } = listening();
		await polls(1);
		await deliver([trunkEvent(false, seconds(65))]);
		await polls(2, { trunks: [down] });
		pass(-30);
		await deliver([trunkEvent(true, seconds(149))]);
		expect(await item(trunkKey)).toMatchObject({ state: "open" });
		pass(30);
		await polls(1, { trunks: [onEdgeA] });
		expect(await item(trunkKey)).toMatchObject({ state: "open" });
		await polls(1);
		expect(await item(trunkKey)).toMatchObject({ state: "recovered" });
	});

	test("comes by the polls alone, where they never saw it fail", async () => {
		const { polls, deliver, item } = listening();
		await polls(1);
		await deliver([trunkEvent(false, seconds(65))]);
		await polls(2);
		expect(await item(trunkKey)).toMatchObject({ state: "open" });
		await polls(1);
		expect(await item(trunkKey)).toMatchObject({ state: "recovered" });
	});

	test("comes by the polls where the trunk is deleted", async () => {
		const { polls, deliver, item } = listening();
		await polls(1);
		await deliver([trunkEvent(false, seconds(65))]);
		await polls(3, { trunks: [] });
		expect(await item(trunkKey)).toMatchObject({ state: "recovered", reading: { source: "event-bus" } });
	});
});

describe("what is no news", () => {
	test("costs no write: five hundred repeats of one event are one incident", async () => {
		const { polls, pass, deliver, opened, writes, leftOut } = listening();
		await polls(1);
		pass(5);
		const failed = trunkEvent(false, seconds(62));
		await deliver([failed]);
		const before = [...writes];
		for (let batch = 0; batch < 50; batch += 1) await deliver(Array.from({ length: 10 }, () => failed));
		expect(writes).toEqual(before);
		expect(opened()).toEqual([trunkKey]);
		expect(leftOut()).toEqual(Array.from({ length: 500 }, () => "unchanged"));
		await polls(1, { trunks: [down] });
		const polled = [...writes];
		await deliver(Array.from({ length: 10 }, () => failed));
		expect(writes).toEqual(polled);
	});

	test("a new one costs one write of what was seen, of its streak, of its incident, and of what opened lately", async () => {
		const { polls, deliver, writes } = listening();
		await polls(1);
		writes.splice(0);
		await deliver([trunkEvent(false, seconds(62))]);
		expect(writes.map((key) => key.split(":")[0]).toSorted()).toEqual(["inc", "openings", "seen", "streaks"]);
	});

	test("costs no write where Genesys Cloud's clock runs ahead", async () => {
		const { polls, deliver, writes } = listening();
		await polls(1);
		await deliver([trunkEvent(false, seconds(90))]);
		const before = [...writes];
		await deliver([trunkEvent(false, seconds(90)), trunkEvent(false, seconds(91), { since: seconds(90) })]);
		expect(writes).toEqual(before);
	});

	test("is older than what a poll saw since", async () => {
		const { polls, deliver, opened, leftOut } = listening();
		await polls(2);
		await deliver([trunkEvent(false, seconds(59))]);
		expect(opened()).toEqual([]);
		expect(leftOut()).toEqual(["older-than-known"]);
	});

	test("comes after the event that took it back", async () => {
		const { polls, pass, deliver, opened, leftOut } = listening();
		await polls(1);
		pass(10);
		await deliver([trunkEvent(true, seconds(66)), trunkEvent(false, seconds(64))]);
		expect(opened()).toEqual([]);
		expect(leftOut()).toEqual(["unchanged", "older-than-known"]);
	});

	test("is about what no poll has listed, or of a topic that nobody chose", async () => {
		const { polls, deliver, leftOut } = listening({ topics: { trunks: topics.trunks ?? { topic: "", opens: "at-once" } } });
		await deliver([trunkEvent(false, seconds(1))]);
		await polls(1);
		const metrics = { topic: "v2.telephony.providers.edges.trunks.{id}.metrics", id: "trunk-1", at: seconds(61), body: {} };
		await deliver([trunkEvent(false, seconds(61), { id: "trunk-9" }), eventText(metrics)]);
		expect(leftOut()).toEqual(["not-watched", "not-watched", "not-chosen"]);
	});

	test("says nothing of what is watched", async () => {
		const { polls, deliver, leftOut } = listening();
		await polls(1);
		await deliver([
			eventText({ topic: "v2.telephony.providers.edges.trunks.{id}", id: "trunk-1", at: seconds(61), body: { ipStatus: {} } }),
		]);
		expect(leftOut()).toEqual(["says-nothing"]);
	});
});

describe("an event that could not be taken", () => {
	const good = trunkEvent(false, seconds(62));
	const poisons: readonly { readonly name: string; readonly text: string; readonly says: string }[] = [
		{ name: "no JSON", text: "{", says: "detail.topicName" },
		{ name: "another version", text: trunkEvent(false, seconds(62), { version: "3" }), says: 'detail.version: expected "2"' },
		{ name: "no body", text: good.replace(/"eventBody":\{.*\},"metadata"/, '"eventBody":"x","metadata"'), says: "detail.eventBody" },
		{
			name: "no moment",
			text: good.replace(/"timestamp":"[^"]*"/, '"timestamp":"-"').replace(/"time":"[^"]*"/, '"time":"-"'),
			says: "detail.timestamp",
		},
		{ name: "too much", text: " ".repeat(262_145), says: "at most 262144 characters" },
	];

	test.each(poisons)("because it is $name stays, is told, and keeps no other one back", async ({ text, says }) => {
		const { polls, deliver, opened, logged } = listening();
		await polls(1);
		expect(await deliver([text, good, text])).toEqual([0, 2]);
		expect(opened()).toEqual([trunkKey]);
		const told = logged.filter(({ what }) => what === "error");
		expect(told).toEqual([0, 2].map(() => ({ what: "error", outcome: "event-not-understood", detail: expect.stringContaining(says) })));
	});

	test("because the ledger failed after what was seen was written is taken when it comes again", async () => {
		const { polls, deliver, opened, failing } = listening();
		await polls(1);
		failing.add(trunkKey);
		expect(await deliver([good])).toEqual([0]);
		failing.clear();
		expect(await deliver([good], 2)).toEqual([]);
		expect(opened()).toEqual([trunkKey]);
	});

	test("for want of time stays", async () => {
		const { polls, deliver, ports } = listening();
		await polls(1);
		Object.assign(ports, { deadline: { remainingMilliseconds: () => 19_999 } });
		expect(await deliver([good])).toEqual([0]);
	});
});

test("without settings nothing is written down by polls, and every event is left out", async () => {
	const { polls, deliver, ports, writes, leftOut } = listening();
	const { events: _none, ...others } = ports.settings;
	Object.assign(ports, { settings: others });
	await polls(2);
	expect(writes.filter((key) => key.startsWith("seen") || key.startsWith("looked"))).toEqual([]);
	expect(await deliver([trunkEvent(false, seconds(61))])).toEqual([]);
	expect(leftOut()).toEqual(["not-chosen"]);
});
