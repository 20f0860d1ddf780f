import { describe, expect, test } from "vitest";
import { EdgeError, failureReasons, type Ledger } from "../../../../functions/pipeline/ports.ts";
import { incident, seconds, trunk } from "../fixtures.ts";
import { all, broken, calm, crowded, down, edgeKey, offline, poller, trunkKey } from "../pollWorld.ts";
import { itemOf, trunkDown } from "../streakItems.ts";

const trunkStreak = itemOf(trunkDown);

const failing =
	(wanted: string): ((ledger: Ledger) => Ledger) =>
	(ledger) => ({
		...ledger,
		write: async (key, ...rest) => {
			if (key === wanted) throw new EdgeError("unavailable", `no write to ${key}`, { retry: true });
			return ledger.write(key, ...rest);
		},
	});

describe("a source that cannot be read", () => {
	const everywhere = ["unreachable", "timeout", "unauthorized", "budget-spent", "rate-limited"];

	test.each(failureReasons.map((reason) => ({ reason, others: everywhere.includes(reason) ? "not asked" : "asked" })))(
		"$reason: the others are $others",
		async ({ reason, others }) => {
			const { polls, asked, logged } = poller();
			await polls(1, { edges: broken(reason) });
			expect(asked).toEqual(others === "asked" ? ["edges", "trunks", "queues Support"] : ["edges"]);
			expect(logged[0]).toEqual({ what: "error", outcome: reason, detail: `the edges could not be read: it is ${reason}` });
		},
	);

	test("a poll that read something else says so: the platform is there", async () => {
		const { polls, health } = poller();
		await polls(1, { queues: broken("unavailable") });
		expect(await health()).toMatchObject({ failures: 1, failure: "unavailable", partly: true });
		await polls(1, { edges: broken("unavailable"), trunks: broken("unavailable"), queues: broken("unavailable") });
		expect(await health()).toMatchObject({ failures: 2 });
		expect(await health()).not.toHaveProperty("partly");
	});

	test("a platform that goes away during the poll is not asked any further", async () => {
		const { polls, asked, health } = poller();
		await polls(1, { edges: broken("forbidden"), trunks: broken("timeout") });
		expect(asked).toEqual(["edges", "trunks"]);
		expect(await health()).toMatchObject({ failure: "forbidden" });
	});

	test("a fault of our own is thrown on: the function must be seen to fail", async () => {
		const { polls } = poller();
		await expect(polls(1, { edges: new TypeError("x is not a function") })).rejects.toThrow("x is not a function");
	});

	test("every queue that does not exist is named", async () => {
		const queues = [{ name: "Support" }, { name: "Sales" }, { name: "Night" }];
		const { polls, logged, asked } = poller({ "queue-overflow": { ...calm, waitingOver: 5, longestWaitSecondsOver: 120, queues } });
		await polls(1);
		expect(asked).toEqual(["queues Support,Sales,Night"]);
		expect(logged).toEqual([{ what: "error", outcome: "misconfigured", detail: "no queue is named Sales, Night: it cannot be watched" }]);
	});
});

describe("one entity's trouble", () => {
	const second = trunk({ id: "trunk-2", name: "Berlin-1", trunkBase: { id: "base-2", name: "Berlin-1" }, connected: false });

	test("is an error, and the next one is judged all the same", async () => {
		const { polls, opened, logged } = poller({ "trunk-down": calm }, failing(trunkStreak));
		await polls(2, { trunks: [down, second] });
		expect(opened()).toEqual(["inc:1:dev:trunk-down:base-2"]);
		expect(logged.filter(({ what }) => what === "error")).toEqual([
			{ what: "error", outcome: "unavailable", detail: `no write to ${trunkStreak}` },
			{ what: "error", outcome: "unavailable", detail: `no write to ${trunkStreak}` },
		]);
	});

	test("is an error too where it is a fault of ours", async () => {
		const { polls, logged } = poller({ "trunk-down": calm });
		await polls(1, { trunks: [trunk({ trunkBase: { id: "base 1", name: "Frankfurt-1" } })] });
		expect(logged).toEqual([{ what: "error", outcome: "malformed", detail: 'Expected an entity id of [A-Za-z0-9:._-], got "base 1"' }]);
	});
});

describe("an incident whose entity or runbook is gone", () => {
	test("of an entity that is no longer listed, recovers after as many polls as any other", async () => {
		const { polls, logged, item } = poller({ "trunk-down": calm });
		await polls(2, { trunks: [down] });
		const before = logged.length;
		await polls(2, { trunks: [] });
		expect((await item(trunkKey))?.state).toBe("open");
		await polls(3);
		expect(logged.slice(before)).toEqual([
			{ what: "observed", incident: trunkKey, outcome: "clear", detail: "Frankfurt-1: no-longer-listed, clear-counted" },
			{ what: "observed", incident: trunkKey, outcome: "clear", detail: "Frankfurt-1: no-longer-listed, clear-counted" },
			{ what: "observed", incident: trunkKey, outcome: "clear", detail: "Frankfurt-1: no-longer-listed, clear-streak-reached" },
			{ what: "recovered", incident: trunkKey, occurrence: 1, outcome: "recovered", detail: "no-longer-listed" },
		]);
		expect(await item(trunkKey)).toMatchObject({ state: "recovered", recoveredAt: seconds(240) });
	});

	test("of a runbook that was switched off, recovers at the next poll, and once", async () => {
		const { polls, logged, item, ports } = poller({ "trunk-down": calm });
		await polls(2, { trunks: [down] });
		const before = logged.length;
		ports.settings = { ...ports.settings, runbooks: { "trunk-down": { ...calm, enabled: false } } };
		await polls(2);
		expect(logged.slice(before)).toEqual([
			{ what: "recovered", incident: trunkKey, occurrence: 1, outcome: "recovered", detail: "runbook-disabled" },
		]);
		expect(await item(trunkKey)).toMatchObject({ state: "recovered", recoveredAt: seconds(120) });
	});

	test("explains nothing any more once nobody looks for it", async () => {
		const { polls, ports, opened } = poller();
		await polls(2, { edges: [offline] });
		ports.settings = { ...ports.settings, runbooks: { "trunk-down": calm } };
		await polls(2, { trunks: [down] });
		expect(opened()).toEqual([edgeKey, trunkKey]);
	});

	test("is left alone once it has recovered: its recovery is told by the overseer", async () => {
		const { polls, logged, ledger } = poller({ "trunk-down": calm });
		await ledger.write(trunkKey, incident({ state: "recovered", recoveredAt: seconds(-60) }), 0, { dueAt: seconds(-600) });
		await polls(1, { trunks: [] });
		expect(logged).toEqual([]);
		expect(await ledger.read(trunkStreak)).toBeUndefined();
	});

	test("stays open where its listing could not be read", async () => {
		const { polls, item } = poller({ "trunk-down": calm });
		await polls(2, { trunks: [down] });
		await polls(5, { trunks: broken("malformed") });
		expect((await item(trunkKey))?.state).toBe("open");
	});
});

describe("what a poll asks of the ledger about incidents", () => {
	const asked = async (change: Parameters<ReturnType<typeof poller>["polls"]>[1]): Promise<readonly string[]> => {
		const read: string[] = [];
		const { polls } = poller(all, (ledger) => ({
			...ledger,
			read: async (key) => {
				if (key.startsWith("inc:")) read.push(key);
				return ledger.read(key);
			},
		}));
		await polls(1, change);
		return read;
	};

	test("is nothing where nothing breaches, or where nothing could explain what does", async () => {
		expect(await asked({})).toEqual([]);
		expect(await asked({ edges: [offline] })).toEqual([]);
	});

	test("is nothing where something could, and has no incident", async () => {
		expect(await asked({ trunks: [down] })).toEqual([]);
		expect(await asked({ queues: [crowded] })).toEqual([]);
	});

	test("is what has an incident, among what breaches and what might explain it", async () => {
		const read: string[] = [];
		const { polls } = poller(all, (ledger) => ({
			...ledger,
			read: async (key) => {
				read.push(key);
				return ledger.read(key);
			},
		}));
		await polls(2, { edges: [offline], trunks: [down] });
		read.length = 0;
		await polls(1);
		// Once to see whether it is open, once to be told that it was seen again.
		expect(read.filter((key) => key.startsWith("inc:"))).toEqual([edgeKey, edgeKey]);
	});
});
