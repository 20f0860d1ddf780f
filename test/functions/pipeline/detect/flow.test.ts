import { describe, expect, test } from "vitest";
import { seconds } from "../fixtures.ts";
import { broken, calm, crowded, down, edgeA, edgeKey, offline, onEdgeA, poller, support, trunkKey } from "../pollWorld.ts";

describe("one outage of several things", () => {
	test("is one incident that lists its children; what still fails afterwards opens by itself", async () => {
		const { polls, item, opened, close, logged } = poller();
		await polls(1);
		await polls(2, { edges: [offline], trunks: [down], queues: [crowded] });
		expect(opened()).toEqual([edgeKey]);
		expect((await item(edgeKey))?.children).toEqual([
			{ key: trunkKey, condition: "trunk-down", name: "Frankfurt-1", since: seconds(120) },
			{ key: "inc:1:dev:queue-overflow:queue-1", condition: "queue-overflow", name: "Support", since: seconds(120) },
		]);
		expect(logged.filter(({ outcome }) => outcome === "inhibited").map(({ incident, detail }) => `${incident} ${detail}`)).toEqual([
			`${trunkKey} Frankfurt-1: not-connected, breach-streak-reached, carried-by-offline-edges: ${edgeKey}`,
			`inc:1:dev:queue-overflow:queue-1 Support: too-many-waiting, breach-streak-reached, fed-by-a-trunk-that-is-down: ${edgeKey}`,
		]);
		await polls(3, { edges: [edgeA], queues: [support] });
		expect((await item(edgeKey))?.state).toBe("recovered");
		expect(opened()).toEqual([edgeKey]);
		await close(edgeKey);
		await polls(1);
		expect(opened()).toEqual([edgeKey, trunkKey]);
	});

	test("a child that comes later joins the open parent, once", async () => {
		const { polls, item } = poller();
		await polls(2, { edges: [offline] });
		expect((await item(edgeKey))?.children).toBeUndefined();
		await polls(3, { trunks: [down] });
		expect((await item(edgeKey))?.children?.map(({ name }) => name)).toEqual(["Frankfurt-1"]);
	});

	test("an edge that blinks does not hide a trunk that is down", async () => {
		const { polls, opened } = poller();
		await polls(1, { edges: [offline], trunks: [down] });
		await polls(1, { edges: [edgeA] });
		expect(opened()).toEqual([trunkKey]);
	});
});

describe("a degraded trunk", () => {
	const half = { ...onEdgeA, options: [true, false] };

	test("opens at the third bad score in a row, and not while the same trunk's outage is open", async () => {
		const { polls, opened, logged } = poller();
		await polls(2, { trunks: [half] });
		expect(opened()).toEqual([]);
		await polls(1);
		expect(opened()).toEqual(["inc:1:dev:trunk-degraded:base-1"]);
		expect(logged.some(({ outcome }) => outcome === "inhibited")).toBe(false);
		const other = poller();
		await other.polls(2, { trunks: [down] });
		await other.polls(3, { trunks: [half] });
		expect(other.opened()).toEqual([trunkKey]);
	});

	test("is measured by the rise of the mismatches since the poll before", async () => {
		const { polls, opened } = poller();
		await polls(1, { trunks: [{ ...onEdgeA, qosMismatches: 900 }] });
		for (const level of [905, 910, 700]) await polls(1, { trunks: [{ ...onEdgeA, qosMismatches: level }] });
		expect(opened()).toEqual([]);
		for (const level of [705, 710, 715]) await polls(1, { trunks: [{ ...onEdgeA, qosMismatches: level }] });
		expect(opened()).toEqual(["inc:1:dev:trunk-degraded:base-1"]);
	});
});

describe("a flapping trunk", () => {
	test("opens twice in an hour, and the third time stays one incident until it has been well for long", async () => {
		const { polls, opened, item, close, logged } = poller({ "trunk-down": calm });
		for (let outage = 0; outage < 2; outage += 1) {
			await polls(2, { trunks: [down] });
			await polls(3, { trunks: [onEdgeA] });
			await close(trunkKey);
		}
		await polls(2, { trunks: [down] });
		await polls(14, { trunks: [onEdgeA] });
		expect((await item(trunkKey))?.state).toBe("open");
		expect(logged.at(-1)?.detail).toBe("Frankfurt-1: connected, clear-counted, held-because-it-flaps");
		await polls(1);
		expect((await item(trunkKey))?.state).toBe("recovered");
		expect(opened()).toEqual([trunkKey, trunkKey, trunkKey]);
	});
});

test("an edge incident that only damping keeps open hides no trunk that fails on an edge that is well", async () => {
	const { polls, opened, item, close } = poller();
	for (let outage = 0; outage < 2; outage += 1) {
		await polls(2, { edges: [offline] });
		await polls(3, { edges: [edgeA] });
		await close(edgeKey);
	}
	await polls(2, { edges: [offline] });
	await polls(1, { edges: [edgeA] });
	await polls(2, { trunks: [down] });
	expect(opened()).not.toContain(trunkKey);
	await polls(1);
	expect((await item(edgeKey))?.state).toBe("open");
	expect(opened()).toContain(trunkKey);
});

describe("what cannot be read", () => {
	test("is told, makes the poll a failed one, and leaves the others judged", async () => {
		const { polls, opened, logged, health } = poller();
		await polls(2, { queues: broken("forbidden"), trunks: [down] });
		expect(opened()).toEqual([trunkKey]);
		expect(await health()).toMatchObject({ failures: 2, failure: "forbidden" });
		expect(logged.filter(({ what }) => what === "error").map(({ detail }) => detail)).toEqual([
			"the queues could not be read: it is forbidden",
			"the queues could not be read: it is forbidden",
		]);
	});

	test("is not asked for where the platform itself is out of reach", async () => {
		const { polls, asked } = poller();
		await polls(1, { edges: broken("unreachable") });
		expect(asked).toEqual(["edges"]);
	});

	test("keeps its streak: two breaches around a blind poll are two in a row", async () => {
		const { polls, opened } = poller({ "edge-offline": calm });
		await polls(1, { edges: [offline] });
		await polls(1, { edges: broken("malformed") });
		expect(opened()).toEqual([]);
		await polls(1, { edges: [offline] });
		expect(opened()).toEqual([edgeKey]);
	});

	test("a queue that does not exist is an error of the settings, not an outage", async () => {
		const { polls, logged, health } = poller();
		await polls(1, { queues: [] });
		expect(logged.filter(({ what }) => what === "error")).toEqual([
			{ what: "error", outcome: "misconfigured", detail: "no queue is named Support: it cannot be watched" },
		]);
		expect((await health()).failures).toBe(0);
	});

	test("nothing enabled, nothing asked", async () => {
		const { polls, asked } = poller({ "trunk-down": { ...calm, enabled: false } });
		await polls(1);
		expect(asked).toEqual([]);
	});
});
