import { describe, expect, it } from "vitest";
import type { ActiveIncidentRow } from "../../../../contracts/activeIncidents.ts";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { type AnnouncePorts, announce } from "../../../../functions/pipeline/announce/flow.ts";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { EdgeError, type Entry, type FailureReason, type IncidentTable } from "../../../../functions/pipeline/ports.ts";
import { incident, seconds, settings } from "../fixtures.ts";

type Call = "rows" | "add" | "replace" | "remove";

/** A table in memory; `fails` says what becomes of a call, and `takes` how many seconds it lasts. */
function start(options: { readonly fails?: (call: Call, key: string) => unknown; readonly takes?: number; readonly isOn?: boolean } = {}) {
	const { fails = () => undefined, takes = 0, isOn = true } = options;
	let now = seconds(0);
	let left = 50_000;
	const clock = { now: () => now };
	const ledger = memoryLedger(clock);
	const logged: Entry[] = [];
	const table = new Map<string, ActiveIncidentRow>();
	const calls: string[] = [];
	const call = async (name: Call, key = ""): Promise<void> => {
		calls.push(`${name} ${key}`.trim());
		now += takes * 1000;
		left -= takes * 1000;
		const failure = fails(name, key);
		if (failure !== undefined) throw failure;
	};
	const incidentTable: IncidentTable = {
		rows: async () => {
			await call("rows");
			return [...table.values()].map((row) => ({ key: row.key, fields: row }));
		},
		add: async (row) => {
			await call("add", row.key);
			table.set(row.key, row);
		},
		replace: async (row) => {
			await call("replace", row.key);
			if (!table.has(row.key)) return "gone";
			table.set(row.key, row);
			return "replaced";
		},
		remove: async (key) => {
			await call("remove", key);
			table.delete(key);
		},
	};
	const ports: AnnouncePorts = {
		settings: isOn ? { ...settings, activeIncidents: true } : settings,
		clock,
		deadline: { remainingMilliseconds: () => left },
		ledger,
		journal: { log: (entry) => void logged.push(entry) },
		incidentTable,
	};
	return {
		table,
		open: async (item: Incident) => {
			const stored = await ledger.read(item.key);
			await ledger.write(item.key, item, stored?.version ?? 0, item.state === "closed" ? {} : { dueAt: item.openedAt });
		},
		/** One tick so many seconds after the start, with so much time left. */
		tick: async (second = 60, milliseconds = 50_000) => {
			now = seconds(second);
			left = milliseconds;
			calls.length = 0;
			logged.length = 0;
			await announce(ports);
			return { calls: [...calls], logged: logged.map(({ what, outcome, detail }) => [what, outcome, detail]), keys: [...table.keys()] };
		},
	};
}

const failure = (reason: FailureReason): EdgeError => new EdgeError(reason, "no luck", { retry: true });
const error = (reason: FailureReason) => ["error", reason, "the table of active incidents is not up to date: no luck"];
const rows = ["any", "trunk-down", "trunk-down:base-1"];

describe("a tick", () => {
	it("asks nothing of anybody where the settings want no table", async () => {
		const world = start({ isOn: false });
		await world.open(incident());
		expect(await world.tick()).toEqual({ calls: [], logged: [], keys: [] });
	});

	it("writes what is open, says so once, and takes it away with its end", async () => {
		const world = start();
		await world.open(incident());
		expect(await world.tick(60)).toEqual({
			calls: ["rows", ...rows.map((key) => `add ${key}`)],
			logged: [["announced", undefined, "rows: 3 new"]],
			keys: rows,
		});
		expect(await world.tick(120)).toEqual({ calls: ["rows"], logged: [], keys: rows });
		await world.open(incident({ state: "recovered", recoveredAt: seconds(150) }));
		expect(await world.tick(180)).toMatchObject({ logged: [["announced", undefined, "rows: 3 over"]], keys: [] });
	});

	it("renews a row before it counts no longer, without a word", async () => {
		const world = start();
		await world.open(incident());
		await world.tick(60);
		for (const second of [120, 180, 240, 300]) expect((await world.tick(second)).calls).toEqual(["rows"]);
		expect(await world.tick(360)).toMatchObject({ calls: ["rows", ...rows.map((key) => `replace ${key}`)], logged: [] });
		expect(world.table.get("any")?.until).toBe("2026-01-05T08:21:00Z");
	});
});

describe("trouble", () => {
	it.each(["unavailable", "timeout", "rate-limited", "unauthorized", "forbidden", "budget-spent", "not-found", "malformed"] as const)(
		"%s of the listing is one error, and the next tick makes it good",
		async (reason) => {
			let isBroken = true;
			const world = start({ fails: (call) => (call === "rows" && isBroken ? failure(reason) : undefined) });
			await world.open(incident());
			expect(await world.tick(60)).toEqual({ calls: ["rows"], logged: [error(reason)], keys: [] });
			isBroken = false;
			expect((await world.tick(120)).keys).toEqual(rows);
		},
	);

	it("a row that is there already, or that is refused, keeps no other one back", async () => {
		const world = start({ fails: (call, key) => (call === "add" && key === "any" ? failure("rejected") : undefined) });
		await world.open(incident());
		expect(await world.tick(60)).toMatchObject({
			logged: [["announced", undefined, "rows: 3 new, 2 written"], error("rejected")],
			keys: ["trunk-down", "trunk-down:base-1"],
		});
	});

	it("a vendor that is down is asked no more in this tick", async () => {
		const world = start({ fails: (call) => (call === "add" ? failure("unavailable") : undefined) });
		for (let index = 0; index < 50; index += 1)
			await world.open(incident({ key: `inc:1:dev:trunk-down:t${index}`, entityId: `t${index}` }));
		const { calls, logged } = await world.tick(60);
		// Eight are under way at once.
		expect(calls.length).toBeLessThanOrEqual(9);
		expect(logged).toEqual([error("unavailable")]);
	});

	it("a row that is gone when it is replaced comes back with the next tick", async () => {
		const world = start({
			fails: (call, key) => {
				if (call === "replace") world.table.delete(key);
				return undefined;
			},
		});
		await world.open(incident());
		await world.tick(60);
		expect(await world.tick(400)).toMatchObject({ logged: [], keys: [] });
		expect((await world.tick(460)).keys).toEqual(rows);
	});

	it("too little time is left alone, and told", async () => {
		const world = start();
		await world.open(incident());
		const { calls, logged } = await world.tick(60, 14_999);
		expect(calls).toEqual([]);
		expect(logged).toMatchObject([["error", "timeout", expect.stringContaining("the tick had other work")]]);
		expect((await world.tick(120)).keys).toEqual(rows);
	});

	it("answers that take five seconds end after twenty, and three hundred incidents are told of tick by tick", async () => {
		const world = start({ takes: 5 });
		for (let index = 0; index < 300; index += 1)
			await world.open(incident({ key: `inc:1:dev:trunk-down:t${index}`, entityId: `t${index}` }));
		const { calls, logged } = await world.tick(60);
		expect(calls.slice(0, 3)).toEqual(["rows", "add any", "add trunk-down"]);
		expect(calls.length).toBeLessThan(20);
		expect(logged.map(([what, outcome]) => [what, outcome])).toEqual([
			["announced", undefined],
			["error", "timeout"],
		]);
	});

	it("three hundred at once take four ticks, and their end as many", async () => {
		const world = start();
		const many = Array.from({ length: 300 }, (_, index) => incident({ key: `inc:1:dev:trunk-down:t${index}`, entityId: `t${index}` }));
		for (const item of many) await world.open(item);
		const counts: number[] = [];
		for (const second of [60, 120, 180, 240]) counts.push((await world.tick(second)).keys.length);
		for (const item of many) await world.open({ ...item, state: "recovered" });
		for (const second of [300, 360, 420, 480]) counts.push((await world.tick(second)).keys.length);
		expect(counts).toEqual([100, 200, 300, 302, 202, 102, 2, 0]);
	});

	it("a fault of our own is thrown, and nothing of it is hidden", async () => {
		const world = start({ fails: () => new TypeError("a bug") });
		await expect(world.tick()).rejects.toThrow("a bug");
	});
});
