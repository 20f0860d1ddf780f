import { describe, expect, test } from "vitest";
import { storeGauges } from "../../../../functions/pipeline/detect/gauges.ts";
import { gaugesKey, pollerKey } from "../../../../functions/pipeline/model/keys.ts";
import type { Entry } from "../../../../functions/pipeline/ports.ts";
import { seconds } from "../fixtures.ts";
import { all, broken, calm, crowded, down, edgeA, edgeKey, offline, onEdgeA, poller, queueKey, support, trunkKey } from "../pollWorld.ts";
import { itemOf, streakOf } from "../streakItems.ts";

const line = ({ what, incident = "-", outcome = "-", detail = "-" }: Entry): string => `${what} ${incident} ${outcome} ${detail}`;

describe("an outage, poll by poll", () => {
	test("two breaches open one incident and queue it once; more of them are seen again; three clears recover it", async () => {
		const { polls, logged, queue } = poller({ "trunk-down": calm });
		await polls(3, { trunks: [down] });
		await polls(4, { trunks: [onEdgeA] });
		expect(logged).toEqual([
			{ what: "observed", incident: trunkKey, outcome: "breach", detail: "Frankfurt-1: not-connected, breach-counted" },
			{ what: "observed", incident: trunkKey, outcome: "breach", detail: "Frankfurt-1: not-connected, breach-streak-reached" },
			{
				what: "incident-opened",
				incident: trunkKey,
				occurrence: 1,
				outcome: "high",
				detail: "SIP trunk Frankfurt-1 is down: not connected (up on 0 of 1 edges)",
				raw: JSON.stringify([down]),
			},
			{ what: "routed", incident: trunkKey, occurrence: 1, outcome: "default", detail: "route 1: the default" },
			{ what: "queued", incident: trunkKey, occurrence: 1 },
			{ what: "observed", incident: trunkKey, outcome: "breach", detail: "Frankfurt-1: not-connected, breach-streak-reached" },
			{ what: "incident-seen-again", incident: trunkKey, occurrence: 1, outcome: "seen-again", detail: "seen 2 times" },
			{ what: "observed", incident: trunkKey, outcome: "clear", detail: "Frankfurt-1: connected, clear-counted" },
			{ what: "observed", incident: trunkKey, outcome: "clear", detail: "Frankfurt-1: connected, clear-counted" },
			{ what: "observed", incident: trunkKey, outcome: "clear", detail: "Frankfurt-1: connected, clear-streak-reached" },
			{ what: "recovered", incident: trunkKey, occurrence: 1, outcome: "recovered", detail: "connected" },
		]);
		expect(queue.bodies()).toEqual([JSON.stringify({ incidentKey: trunkKey, occurrence: 1 })]);
		expect(queue.depth()).toEqual({ visible: 1, delayed: 0, inFlight: 0 });
	});

	test("the incident is written as it was seen, and stands on the due list from its opening", async () => {
		const { polls, item, stored } = poller({ "trunk-down": { ...calm, severity: "critical" } });
		await polls(2, { trunks: [down] });
		expect(await item(trunkKey)).toEqual({
			key: trunkKey,
			environment: "dev",
			condition: "trunk-down",
			entityId: "base-1",
			entityName: "Frankfurt-1",
			severity: "critical",
			summary: "SIP trunk Frankfurt-1 is down: not connected (up on 0 of 1 edges)",
			occurrence: 1,
			state: "open",
			openedAt: seconds(60),
			lastSeenAt: seconds(60),
			polledAt: seconds(60),
			seen: 1,
			tier: 0,
			pages: [],
			policy: "default",
			routed: { route: 1, words: "route 1: the default" },
			reading: {
				schema: "genesyscloud-runbooks/reading/1",
				place: "Edge-A",
				condition: "trunk-down",
				entity: { id: "base-1", name: "Frankfurt-1" },
				severity: "critical",
				verdict: "breach",
				reason: "not-connected",
				observedAt: seconds(60),
				metrics: {
					instances: 1,
					instancesUp: 0,
					optionsTotal: 2,
					optionsUp: 0,
					registersTotal: 0,
					registersUp: 0,
					calls: 3,
					qosMismatches: 0,
				},
				source: "poller",
			},
		});
		expect(stored(trunkKey)?.dueAt).toBe(seconds(60));
		await polls(1);
		expect(stored(trunkKey)?.dueAt).toBe(seconds(60));
	});

	test("a quiet hour is short: a trunk is shown until it is settled, the others are not shown at all", async () => {
		const { polls, logged } = poller();
		await polls(10);
		expect(logged.map(line)).toEqual([
			`observed ${trunkKey} clear Frankfurt-1: connected, clear-counted`,
			`observed ${trunkKey} clear Frankfurt-1: connected, clear-counted`,
			`observed ${trunkKey} clear Frankfurt-1: connected, clear-streak-reached`,
		]);
	});

	test("what failed once is shown until it is settled again, whatever it is", async () => {
		const { polls, logged } = poller({ "edge-offline": calm });
		await polls(1, { edges: [offline] });
		await polls(9, { edges: [edgeA] });
		expect(logged.map(line)).toEqual([
			`observed ${edgeKey} breach Edge-A: offline, breach-counted`,
			`observed ${edgeKey} clear Edge-A: online, clear-counted`,
			`observed ${edgeKey} clear Edge-A: online, clear-counted`,
			`observed ${edgeKey} clear Edge-A: online, clear-streak-reached`,
		]);
	});

	test("a poll without data is shown, and counts for nothing", async () => {
		const { polls, logged, ledger } = poller({ "edge-offline": calm });
		await polls(1, { edges: [{ ...edgeA, online: undefined }] });
		expect(logged.map(line)).toEqual([`observed ${edgeKey} no-data Edge-A: no-state, no-data`]);
		expect(ledger.items().map(({ key }) => key)).toEqual([pollerKey("dev")]);
	});
});

describe("what a poll writes of itself", () => {
	test("a streak, until its entity is at rest", async () => {
		const { polls, ledger } = poller({ "trunk-down": calm });
		await polls(1, { trunks: [down] });
		expect(await streakOf(ledger)).toEqual({
			breaches: 1,
			clears: 0,
			countedAt: seconds(0),
			flaps: { open: false, closings: [] },
			troubled: true,
		});
		await polls(3, { trunks: [onEdgeA] });
		expect(await streakOf(ledger)).toMatchObject({ clears: 3, troubled: false });
		await polls(1);
		expect(await streakOf(ledger)).toBeUndefined();
	});

	test("the levels of the mismatches, where somebody compares them, and not elsewhere", async () => {
		const { polls, ledger } = poller();
		await polls(1, { trunks: [{ ...onEdgeA, qosMismatches: 7 }] });
		expect((await ledger.read(gaugesKey("dev")))?.value).toEqual(storeGauges({ at: seconds(0), mismatches: { "base-1": 7 } }));
		for (const degraded of [undefined, { ...calm, enabled: false, scoreBelow: 0.85 }]) {
			const { "trunk-degraded": _left, ...others } = all;
			const other = poller(degraded === undefined ? others : { ...others, "trunk-degraded": degraded });
			await other.polls(1);
			expect(await other.ledger.read(gaugesKey("dev"))).toBeUndefined();
		}
	});

	test("how it went: well, then the first of its failures, counted in a row", async () => {
		const { polls, health } = poller();
		await polls(1);
		expect(await health()).toEqual({ firstSeenAt: seconds(0), okAt: seconds(0), failures: 0 });
		await polls(1, { edges: broken("forbidden"), trunks: broken("malformed"), queues: broken("not-found") });
		expect(await health()).toEqual({
			firstSeenAt: seconds(0),
			okAt: seconds(0),
			failures: 1,
			failedAt: seconds(60),
			failure: "forbidden",
			detail: "it is forbidden",
		});
	});
});

describe("a child of another failure", () => {
	test("is counted and told from its first breach, and withheld from the reading that would open it", async () => {
		const { polls, logged, item } = poller();
		await polls(3, { edges: [offline], trunks: [down] });
		const why = `carried-by-offline-edges: ${edgeKey}`;
		expect(logged.filter(({ incident }) => incident === trunkKey).map(line)).toEqual([
			`observed ${trunkKey} breach Frankfurt-1: not-connected, breach-counted, ${why}`,
			`observed ${trunkKey} inhibited Frankfurt-1: not-connected, breach-streak-reached, ${why}`,
			`observed ${trunkKey} inhibited Frankfurt-1: not-connected, breach-streak-reached, ${why}`,
		]);
		expect(await item(trunkKey)).toBeUndefined();
	});

	test("opens by itself once its parent has recovered, though the parent's item is still there", async () => {
		const { polls, opened, item } = poller({ "edge-offline": calm, "trunk-down": { ...calm, breachesToOpen: 9 } });
		await polls(2, { edges: [offline], trunks: [down] });
		await polls(7, { edges: [edgeA] });
		expect((await item(edgeKey))?.state).toBe("recovered");
		expect(opened()).toEqual([edgeKey, trunkKey]);
	});

	test("keeps its own incident where that was open first", async () => {
		const { polls, opened, logged, item } = poller();
		await polls(2, { trunks: [down] });
		await polls(2, { edges: [offline] });
		expect(opened()).toEqual([trunkKey, edgeKey]);
		expect(logged.filter(({ outcome }) => outcome === "inhibited")).toEqual([]);
		expect((await item(edgeKey))?.children).toBeUndefined();
	});

	test("is explained by an open incident whose streak has been forgotten", async () => {
		const { polls, opened, ledger, close } = poller();
		await polls(2, { edges: [offline] });
		const streak = itemOf({ environment: "dev", condition: "edge-offline", entityId: "edge-a" });
		await ledger.write(streak, { rest: {}, moving: {} }, (await ledger.read(streak))?.version ?? 0);
		await polls(4, { edges: broken("malformed"), trunks: [down] });
		expect(opened()).toEqual([edgeKey]);
		await close(edgeKey);
		await polls(1);
		expect(opened()).toEqual([edgeKey, trunkKey]);
	});
});

test("the children of an incident are its own: two failures in one poll do not share them", async () => {
	const other = { ...edgeA, id: "edge-b", name: "Edge-B", online: false };
	const { polls, item } = poller();
	await polls(2, { edges: [offline, other], trunks: [down], queues: [support] });
	expect((await item(edgeKey))?.children?.map(({ key }) => key)).toEqual([trunkKey]);
	expect((await item("inc:1:dev:edge-offline:edge-b"))?.children).toBeUndefined();
});

test("an overflow that nothing explains opens by itself, and lists no children", async () => {
	const { polls, item } = poller();
	await polls(2, { queues: [crowded] });
	expect(await item(queueKey)).toMatchObject({
		severity: "medium",
		summary: "Queue Support overflows: 9 waiting, the longest for 90 s (2 on queue)",
	});
	expect(await item(queueKey)).not.toHaveProperty("children");
});
