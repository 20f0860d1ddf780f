import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { openOrRecover, processReading } from "../../../../functions/pipeline/deduplicate/flow.ts";
import type { Incident, Reading } from "../../../../functions/pipeline/model/incident.ts";
import { archiveKey } from "../../../../functions/pipeline/model/keys.ts";
import type { DispatchQueue, Entry } from "../../../../functions/pipeline/ports.ts";
import { receive } from "../../../../functions/pipeline/run.ts";
import { nothingSilent as silences } from "../../../../functions/pipeline/silence/rules.ts";
import { incident, reading, seconds, settings } from "../fixtures.ts";
import { calm } from "../pollWorld.ts";
import { holding, itemOf, streakOf, trunkDown } from "../streakItems.ts";

const key = incident().key;
const child = { key: "inc:1:dev:queue-overflow:q", condition: "queue-overflow", name: "Support", since: seconds(0) } as const;

/** What takes one reading, over memory. */
function receiver(runbooks = settings.runbooks) {
	let now = seconds(0);
	const clock = { now: () => now };
	const ledger = memoryLedger(clock);
	const logged: Entry[] = [];
	const sent: (readonly [unknown, number])[] = [];
	const queue: DispatchQueue = { send: async (...message) => void sent.push(message) };
	const ports = { settings: { ...settings, runbooks }, clock, ledger, queue, journal: { log: (entry: Entry) => void logged.push(entry) } };
	const item = async (which = key): Promise<Incident | undefined> => (await ledger.read(which))?.value as Incident | undefined;
	const dueAt = (which: string) => ledger.items().find((each) => each.key === which)?.dueAt;
	const at = (second: number) => {
		now = seconds(second);
	};
	/** One reading a minute, each observed when it is received. */
	const take = async (from: number, ...verdicts: readonly Reading["verdict"][]): Promise<void> => {
		for (const [minute, verdict] of verdicts.entries()) {
			at(from + minute * 60);
			await receive(ports, reading({ verdict, observedAt: now, source: "webhook" }));
		}
	};
	return { ports, ledger, logged, sent, item, dueAt, at, take };
}

describe("a reading from outside", () => {
	test("counts like one poll: the second breach opens and queues at once", async () => {
		const { take, logged, sent, item, dueAt } = receiver();
		await take(0, "breach", "breach");
		expect(logged.map(({ what }) => what)).toEqual(["observed", "observed", "incident-opened", "routed", "queued"]);
		expect(sent).toEqual([[{ incidentKey: key, occurrence: 1 }, 0]]);
		expect(await item()).toMatchObject({ state: "open", occurrence: 1, reading: { source: "webhook" } });
		expect(dueAt(key)).toBe(seconds(60));
	});

	test.each([
		{ name: "is not enabled", runbooks: { "trunk-down": { ...calm, enabled: false } } },
		{ name: "is not there", runbooks: {} },
	])("leaves no trace where its runbook $name", async ({ runbooks }) => {
		const { take, logged, ledger } = receiver(runbooks);
		await take(0, "breach", "breach");
		expect(logged).toEqual([]);
		expect(ledger.items()).toEqual([]);
	});

	test("is explained by another failure: it opens nothing, and recovers its own incident all the same", async () => {
		const { ports, logged, item, take, at } = receiver();
		const inhibitedBy = { reason: "carried-by-offline-edges", parentKey: "inc:1:dev:edge-offline:e" };
		await processReading(ports, reading(), { inhibitedBy });
		at(60);
		await processReading(ports, reading({ observedAt: seconds(60) }), { inhibitedBy, children: [child] });
		expect(await item()).toBeUndefined();
		expect(logged.map(({ outcome, detail }) => `${outcome} ${detail}`)).toEqual([
			"breach Frankfurt-1: not-connected, breach-counted, carried-by-offline-edges: inc:1:dev:edge-offline:e",
			"inhibited Frankfurt-1: not-connected, breach-streak-reached, carried-by-offline-edges: inc:1:dev:edge-offline:e",
		]);
		await take(120, "breach", "clear", "clear");
		at(300);
		await processReading(ports, reading({ verdict: "clear", observedAt: seconds(300) }), { inhibitedBy });
		expect(await item()).toMatchObject({ state: "recovered", recoveredAt: seconds(300) });
	});

	test("a recovery of what was never open is no news", async () => {
		const { ports, logged, item } = receiver();
		expect(await openOrRecover(ports, reading(), "close", { silences })).toEqual({ reason: "nothing-open" });
		expect([logged, await item()]).toEqual([[], undefined]);
	});

	test("what the overseer finds is opened, and not queued: no workflow answers it", async () => {
		const { ports, logged, sent, dueAt, item } = receiver();
		await openOrRecover(ports, reading({ source: "overseer" }), "open", { silences });
		expect(await item()).not.toHaveProperty("children");
		expect(logged.map(({ what }) => what)).toEqual(["incident-opened", "routed"]);
		expect(sent).toEqual([]);
		expect(dueAt(key)).toBe(seconds(0));
	});

	test("children that come with it are in its item from the first; later ones join", async () => {
		const { ports, item } = receiver();
		const late = { ...child, key: "inc:1:dev:trunk-degraded:t", name: "Berlin-1" };
		await openOrRecover(ports, reading(), "open", { silences, children: [child] });
		await openOrRecover(ports, reading(), "open", { silences, children: [child, late] });
		expect((await item())?.children).toEqual([child, late]);
	});
});

describe("the next occurrence of a failure", () => {
	test("moves the one before aside: a closed one is done with", async () => {
		const { ports, ledger, logged, sent, item, dueAt, at } = receiver();
		const closed = incident({ state: "closed", occurrence: 4, closedAt: seconds(-60) });
		await ledger.write(key, closed, 0);
		at(60);
		await openOrRecover(ports, reading(), "open", { silences });
		expect(await item(archiveKey(key, 4))).toEqual({ ...closed, storedAs: archiveKey(key, 4) });
		expect(dueAt(archiveKey(key, 4))).toBeUndefined();
		expect(await item()).toMatchObject({ occurrence: 5, state: "open", openedAt: seconds(60) });
		expect(sent).toEqual([[{ incidentKey: key, occurrence: 5 }, 0]]);
		expect(logged).toEqual([
			{
				what: "incident-opened",
				incident: key,
				occurrence: 5,
				outcome: "high",
				detail: "SIP trunk Frankfurt-1 is down: not connected (up on 0 of 2 edges)",
				raw: "[]",
			},
			{ what: "routed", incident: key, occurrence: 5, outcome: "default", detail: "route 1: the default" },
			{ what: "queued", incident: key, occurrence: 5 },
		]);
	});

	test("a recovery that is still being told stays on the due list, in its turn", async () => {
		const { ports, ledger, item, dueAt, at } = receiver();
		await ledger.write(key, incident({ state: "recovered", recoveredAt: seconds(30) }), 0, { dueAt: seconds(0) });
		at(60);
		await openOrRecover(ports, reading(), "open", { silences });
		expect(await item(archiveKey(key, 1))).toMatchObject({ state: "recovered", storedAs: archiveKey(key, 1) });
		expect(dueAt(archiveKey(key, 1))).toBe(seconds(0));
	});

	test("a copy that was made before a crash is not made again: it may have gone on since", async () => {
		const { ports, ledger, item } = receiver();
		const copied = incident({ state: "closed", closedAt: seconds(5), storedAs: archiveKey(key, 1) });
		await ledger.write(archiveKey(key, 1), copied, 0);
		await ledger.write(key, incident({ state: "recovered" }), 0);
		await openOrRecover(ports, reading(), "open", { silences });
		expect(await item(archiveKey(key, 1))).toEqual(copied);
		expect((await item())?.occurrence).toBe(2);
	});

	test("nothing moves aside while the incident is open", async () => {
		const { ports, ledger } = receiver();
		await ledger.write(key, incident(), 0);
		await openOrRecover(ports, reading(), "open", { silences });
		expect(ledger.items().map((item) => item.key)).toEqual([key]);
	});
});

describe("a failure that flaps", () => {
	const outage = ["breach", "breach", "clear", "clear", "clear"] as const;

	test("is told to be held from its third outage on, and only while it is open", async () => {
		const { take, logged, item } = receiver();
		await take(0, ...outage, ...outage);
		expect(logged.some(({ detail }) => detail?.includes("held"))).toBe(false);
		const before = logged.length;
		await take(600, "breach", "breach", "breach", "clear");
		expect(logged.slice(before).flatMap(({ what, detail }) => (what === "observed" ? [detail] : []))).toEqual([
			"Frankfurt-1: not-connected, breach-counted",
			"Frankfurt-1: not-connected, breach-streak-reached",
			"Frankfurt-1: not-connected, breach-streak-reached, held-because-it-flaps",
			"Frankfurt-1: not-connected, clear-counted, held-because-it-flaps",
		]);
		expect(await item()).toMatchObject({ state: "open" });
	});

	test("is calm again an hour after its first closing", async () => {
		const { take, item } = receiver();
		await take(0, ...outage, ...outage);
		await take(3720, "breach", "breach", "clear", "clear");
		expect((await item())?.state).toBe("open");
		// The first closing was at 240 s: at 3840 s it is forgotten, and three clears are enough.
		await take(3960, "clear");
		expect((await item())?.state).toBe("recovered");
	});

	test("is not thought of where a streak has no history yet", async () => {
		const { ledger, take, item } = receiver();
		await ledger.write(itemOf(trunkDown), holding({ breaches: 1, clears: 0, countedAt: seconds(-60) }), 0);
		await take(0, "breach", "clear", "clear", "clear");
		expect((await item())?.state).toBe("recovered");
	});

	test("remembers when it closed, beside its streak", async () => {
		const { take, ledger } = receiver();
		await take(0, ...outage);
		expect(await streakOf(ledger)).toEqual({
			breaches: 0,
			clears: 3,
			countedAt: seconds(240),
			flaps: { open: false, closings: [seconds(240)] },
			troubled: false,
		});
	});
});
