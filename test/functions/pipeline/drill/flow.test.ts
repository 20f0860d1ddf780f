import { describe, expect, it } from "vitest";
import type { MemoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { watchDrills } from "../../../../functions/pipeline/drill/flow.ts";
import { readDrills, requestDrill, standingOfDrill } from "../../../../functions/pipeline/drill/operate.ts";
import { acquireLease } from "../../../../functions/pipeline/limits/leases.ts";
import { leasesKey } from "../../../../functions/pipeline/model/keys.ts";
import { EdgeError, type Ledger } from "../../../../functions/pipeline/ports.ts";
import type { RuntimeSettings } from "../../../../functions/pipeline/settings.ts";
import { nothingSilent } from "../../../../functions/pipeline/silence/rules.ts";
import { policy, seconds, settings } from "../fixtures.ts";
import { world } from "../world.ts";

/** `night` has no workflow: no route takes a failure to it. */
const two: RuntimeSettings = {
	...settings,
	policies: { default: policy, night: { ...policy, tiers: policy.tiers.slice(1) } },
};
const drillOf = (name: string) => `inc:1:dev:drill:${name}`;
const failedOf = (name: string) => `inc:1:dev:drill-failed:${name}`;

const ask = (ledger: Ledger, of = "night", id = "one", at = 0) =>
	requestDrill({ ledger, environment: "dev" }, { id, policy: of, by: "Ada", at: seconds(at) });

/** A ledger that dies at the n-th write of the drills' item, before or after it was written. */
function dying(at: number, when: "before" | "after") {
	let writes = 0;
	return (ledger: MemoryLedger): Ledger => ({
		...ledger,
		read: (key) => ledger.read(key),
		due: (now, limit) => ledger.due(now, limit),
		transact: (all) => ledger.transact(all),
		write: async (...args) => {
			const dies = args[0].startsWith("drills:") && ++writes === at;
			if (dies && when === "before") throw new EdgeError("unreachable", "died", { retry: true });
			const written = await ledger.write(...args);
			if (dies) throw new EdgeError("unreachable", "died", { retry: true });
			return written;
		},
	});
}

describe("a drill", () => {
	it("begins at the next tick, marked in all its texts, and waits for its workflow's turn in the queue", async () => {
		const { ledger, tick, ports } = await world({ settings: two });
		await ask(ledger, "default");
		const { items, logged } = await tick(60);
		expect(items).toMatchObject([{ key: drillOf("default"), policy: "default", severity: "high", reading: { source: "drill" } }]);
		expect(logged.map(({ what }) => what)).toEqual(["incident-opened", "routed", "queued", "drill-begun"]);
		expect(ports.queue.bodies()).toHaveLength(1);
		expect((await tick(90)).logged).toEqual([]);
	});

	it("of a policy without a workflow is the overseer's from the first page on, and passes once somebody answers", async () => {
		const { ledger, tick, answer, orders } = await world({ settings: two });
		await ask(ledger);
		const begun = await tick(60);
		expect(begun.asked).toContain("send 1 pagerduty");
		expect(orders[0]).toMatchObject({ summary: expect.stringMatching(/^\[DRILL\] \[DEV\] Drill of night: nothing is broken/) });
		answer("1 pagerduty", { read: "acknowledged", by: "Ben" });
		await tick(120);
		expect((await tick(180)).logged).toMatchObject([
			{ what: "recovered", outcome: "drill-over" },
			{ what: "drill-passed", outcome: "night", detail: "proven: tier 1 pagerduty; answered by Ben" },
			{ what: "recovery-sent" },
		]);
		expect(standingOfDrill(await readDrills({ ledger, environment: "dev" }), "one")).toMatchObject({
			state: "ended",
			drill: { verdict: "passed", reason: "acknowledged", answeredBy: "Ben", occurrence: 1 },
		});
	});

	it("that is lost is an incident, once, told by another policy; the next one that passes ends it", async () => {
		const { ledger, tick, answer } = await world({ settings: two, answers: { "1 pagerduty": { read: "absent" } } });
		await ask(ledger);
		await tick(60);
		const lost = await tick(960);
		expect(lost.items.find(({ key }) => key === failedOf("night"))).toMatchObject({ state: "open", policy: "default", severity: "high" });
		expect(lost.logged.filter(({ what }) => what === "drill-failed")).toHaveLength(1);
		expect((await tick(1020)).logged.filter(({ incident }) => incident === failedOf("night")).map(({ what }) => what)).not.toContain(
			"incident-seen-again",
		);
		await ask(ledger, "night", "two", 1080);
		answer("1 pagerduty", { read: "acknowledged", by: "Ben" });
		for (const second of [1080, 1140, 1200, 1260]) await tick(second);
		const { items } = await tick(1320);
		expect(items.find(({ key }) => key === failedOf("night"))?.state).not.toBe("open");
		expect((await readDrills({ ledger, environment: "dev" })).failing).toEqual({});
	});

	it.each([1, 2, 3, 4].flatMap((at) => (["before", "after"] as const).map((when) => ({ at, when }))))(
		"whose function dies $when write $at of its record begins once and ends once",
		async ({ at, when }) => {
			const start = { settings: two, ledger: dying(at, when), answers: { "1 pagerduty": { read: "acknowledged", by: "Ben" } } } as const;
			const { ledger, tick } = await world(start);
			await ask(ledger);
			const told: string[] = [];
			let deaths = 0;
			for (let second = 60; second <= 600; second += 60) {
				const { logged } = await tick(second).catch((error: unknown) => {
					expect(error).toBeInstanceOf(EdgeError);
					deaths += 1;
					return { logged: [] };
				});
				told.push(...logged.map(({ what }) => what));
			}
			// A drill that passes is written three times: begun, opened, ended.
			expect(deaths).toBe(at > 3 ? 0 : 1);
			expect(told.filter((what) => what === "drill-failed")).toEqual([]);
			const item = await readDrills({ ledger, environment: "dev" });
			expect(item).toMatchObject({ requests: [], running: [], ended: [{ verdict: "passed", occurrence: 1 }], failing: {} });
			expect(ledger.items().filter(({ key }) => key.startsWith("inc:"))).toHaveLength(1);
		},
	);

	it("two ticks at once begin one drill", async () => {
		const { ledger, ports, at, see } = await world({ settings: two });
		await ask(ledger, "default");
		at(60);
		const { logged, items } = await see(() => Promise.all([watchDrills(ports, nothingSilent), watchDrills(ports, nothingSilent)]));
		expect(items).toMatchObject([{ occurrence: 1 }]);
		expect(logged.filter(({ what }) => what === "drill-begun")).toHaveLength(1);
		expect(logged.filter(({ what }) => what === "incident-opened")).toHaveLength(1);
	});

	it("waits while a workflow answers a failure, and not for another drill", async () => {
		const busy = await world({ settings: two, leases: ["a"] });
		await ask(busy.ledger);
		expect((await busy.tick(60)).items).toEqual([]);
		expect((await busy.tick(960)).logged).toMatchObject([{ what: "drill-put-off", outcome: "night" }]);
		const other = await world({ settings: two });
		const { leases } = acquireLease(undefined, { launchId: "b", incidentKey: drillOf("default"), until: seconds(9999) }, 10, seconds(0));
		await other.ledger.write(leasesKey("dev"), leases, 1);
		await ask(other.ledger);
		expect((await other.tick(60)).items).toHaveLength(1);
	});

	it("is not kept back by a silence, not even by one that names drills", async () => {
		const match = { condition: ["drill"] } as const;
		const window = { name: "all", why: "why", who: "who", match, zone: "UTC", start: "2026-01-05T08:00", minutes: 600 };
		const { ledger, tick } = await world({ settings: { ...two, windows: [window] } });
		await ask(ledger);
		expect((await tick(60)).items[0]).not.toHaveProperty("silenced");
	});

	it("costs one read a tick where there is none, and no write", async () => {
		const keys: string[] = [];
		const watched = (ledger: MemoryLedger): Ledger => ({
			...ledger,
			read: (key) => {
				keys.push(key);
				return ledger.read(key);
			},
			write: (...args) => {
				keys.push(`write ${args[0]}`);
				return ledger.write(...args);
			},
			transact: (all) => ledger.transact(all),
			due: (now, limit) => ledger.due(now, limit),
		});
		const { ports, at } = await world({ settings: two, ledger: watched });
		at(60);
		await watchDrills(ports, nothingSilent);
		expect(keys).toEqual(["drills:1:dev"]);
	});

	it("a policy that is taken out of the settings has nothing that fails any more", async () => {
		const { ledger, tick } = await world({ settings: two });
		const failing = { gone: { verdict: "failed" as const, at: seconds(0), words: "lost", told: true as const } };
		const item = { requests: [], running: [], ended: [], dealtWith: {}, waiting: {}, failing };
		await ledger.write("drills:1:dev", item, 0);
		await tick(60);
		expect((await readDrills({ ledger, environment: "dev" })).failing).toEqual({});
	});
});
