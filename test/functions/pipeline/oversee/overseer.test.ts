import { describe, expect, test } from "vitest";
import type { PollerHealth } from "../../../../functions/pipeline/detect/health.ts";
import { readItem } from "../../../../functions/pipeline/ledger/store.ts";
import { overseeAll } from "../../../../functions/pipeline/oversee/flow.ts";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";
import { incident, page, seconds } from "../fixtures.ts";
import { type World, world } from "../world.ts";

const named = (name: string, change: Parameters<typeof incident>[0] = {}) =>
	incident({ key: `inc:1:dev:trunk-down:${name}`, entityId: name, entityName: name, ...change });
const taken = { takenOver: { at: seconds(0), reason: "not-launched" } } as const;
const dueAt = ({ ledger }: World, key: string): number | undefined => ledger.items().find((item) => item.key === key)?.dueAt;

describe("one tick over many incidents", () => {
	test("the due list is served in turn: a visited incident waits behind the others", async () => {
		const made = await world();
		await made.open(named("a", { openedAt: seconds(-30) }));
		await made.tick(20);
		expect(dueAt(made, named("a").key)).toBe(seconds(20));
		expect(await made.ledger.due(seconds(19), 10)).toEqual([]);
	});

	test("a closed incident is left as it is, and is not put on the list again", async () => {
		const made = await world();
		const end = page({ purpose: "recovery", state: "accepted", acceptedAt: seconds(0) });
		const closed = named("a", { ...taken, state: "closed", closedAt: seconds(1), pages: [end] });
		await made.open(closed);
		expect(await made.tick(60)).toEqual({ asked: [], logged: [], items: [closed] });
		expect(made.ledger.items().find(({ key }) => key === closed.key)?.version).toBe(1);
	});

	test("a self-check that fails silences no incident, and is thrown once they were visited", async () => {
		const broken = { check: () => Promise.reject(new TypeError("x is undefined")) };
		const made = await world({ credentials: broken });
		await made.open(named("a", taken));
		made.at(60);
		let thrown: unknown;
		const { asked } = await made.see(async () => {
			await overseeAll(made.ports).catch((error: unknown) => {
				thrown = error;
			});
		});
		expect(asked).toEqual(["send 1 pagerduty"]);
		expect(thrown).toEqual(new TypeError("x is undefined"));
	});

	test("one that closes at this tick leaves the list", async () => {
		const made = await world();
		await made.open(named("a", { state: "recovered", recoveredAt: seconds(30) }));
		await made.tick(60);
		expect(dueAt(made, named("a").key)).toBeUndefined();
	});

	test("a key whose item is gone is passed over", async () => {
		const made = await world();
		await made.ledger.write(named("a").key, named("a"), 0, { dueAt: seconds(0), exp: seconds(10) });
		await made.open(named("b", taken));
		const { asked, logged } = await made.tick(60);
		expect(asked).toEqual(["send 1 pagerduty"]);
		expect(logged.map(({ what }) => what)).toEqual(["page-sent"]);
	});

	test.each([
		{ name: "a fault of ours", failure: new TypeError("x is undefined"), outcome: "malformed", detail: "x is undefined" },
		{
			name: "an edge's failure",
			failure: new EdgeError("unavailable", "the ledger is away", { retry: true }),
			outcome: "unavailable",
			detail: "the ledger is away",
		},
	])("the trouble of one incident ($name) is an error and never silences the others", async ({ failure, outcome, detail }) => {
		const made = await world({
			ledger: (ledger) => ({ ...ledger, read: (key) => (key.endsWith(":a") ? Promise.reject(failure) : ledger.read(key)) }),
		});
		for (const name of ["a", "b"]) await made.open(named(name, taken));
		const { asked, logged } = await made.tick(60);
		expect(logged[0]).toEqual({ what: "error", incident: named("a").key, outcome, detail });
		expect(logged[1]).toMatchObject({ what: "page-sent", incident: named("b").key });
		expect(asked).toHaveLength(1);
	});

	test("a visit begins only while the function has 15 s left, and who was not visited comes first at the next tick", async () => {
		const made = await world();
		let spent = 0;
		const slow = (): void => {
			spent += 5.5;
			made.at(60 + spent);
		};
		made.answer("1 pagerduty", { meanwhile: slow });
		const names = [..."abcdefghijkl"];
		for (const [index, name] of names.entries()) await made.open(named(name, { ...taken, openedAt: seconds(index - 20) }));
		const first = await made.tick(60);
		// Eight side by side: their calls take 44 s of 55.
		expect(first.logged.map((entry) => entry.incident?.at(-1))).toEqual([..."abcdefgh"]);
		made.answer("1 pagerduty", { read: "delivered" });
		const second = await made.tick(120);
		expect(second.asked.slice(0, 8).filter((what) => what.startsWith("send"))).toHaveLength(4);
		expect(second.logged.flatMap(({ what, incident: of }) => (what === "page-sent" ? [of?.at(-1)] : []))).toEqual([..."ijkl"]);
	});

	test("a visit that its function does not survive is not the first one of the next tick", async () => {
		const made = await world();
		for (const name of ["a", "b"]) await made.open(named(name, taken));
		let isDead = false;
		const dies = async (): Promise<void> => {
			isDead = true;
			await new Promise(() => undefined);
		};
		made.answer("1 pagerduty", { meanwhile: dies });
		void made.tick(60);
		while (!isDead) await Promise.resolve();
		made.answer("1 pagerduty", {});
		await made.open(named("c", { ...taken, openedAt: seconds(0) }));
		expect((await made.tick(120)).logged[0]).toMatchObject({ what: "page-sent", incident: named("c").key });
	});

	test("at most 1000 incidents have their visit in one tick, those that waited longest first", async () => {
		const made = await world();
		for (let count = 0; count < 1003; count += 1)
			await made.open(
				named(`t-${count}`, { ...taken, openedAt: seconds(-count / 4), pages: [page({ state: "proven", provenAt: seconds(0) })] }),
			);
		const { asked } = await made.tick(10);
		expect(asked).toHaveLength(1000);
		expect(await made.ledger.due(seconds(9), 10)).toEqual([named("t-2").key, named("t-1").key, named("t-0").key]);
	});
});

describe("the overseer's own eyes", () => {
	const health = (made: World) => readItem<PollerHealth>(made.ledger, "poller:1:dev");
	const silent = "inc:1:dev:detector-silent:poller";

	test("a poller that never wrote is given its time from the first look, and is then an incident that is answered at once", async () => {
		const made = await world({ poller: "none" });
		expect(await made.tick(10)).toEqual({ asked: [], logged: [], items: [] });
		expect(await health(made)).toEqual({ firstSeenAt: seconds(10), failures: 0 });
		expect((await made.tick(309)).logged).toEqual([]);
		const { asked, logged, items } = await made.tick(310);
		expect(asked).toEqual(["send 1 pagerduty"]);
		expect(logged).toEqual([
			{
				what: "incident-opened",
				incident: silent,
				occurrence: 1,
				outcome: "critical",
				detail: items[0]?.summary,
				raw: JSON.stringify({ firstSeenAt: seconds(10), failures: 0 }),
			},
			{ what: "routed", incident: silent, occurrence: 1, outcome: "default", detail: "route 1: the default" },
			{ what: "page-sent", incident: silent, occurrence: 1, channel: "pagerduty", tier: 1, attempt: 1, outcome: "accepted" },
		]);
		expect(items[0]).toMatchObject({ summary: "The poller: the poller has reported nothing for 300 s", severity: "critical" });
		expect(made.ports.queue.bodies()).toEqual([]);
		expect(await health(made)).toEqual({ firstSeenAt: seconds(10), failures: 0 });
	});

	test("once the poller speaks again the incident recovers, its page is told, and it closes", async () => {
		const made = await world({ poller: "none" });
		await made.tick(0);
		await made.tick(300);
		await made.ledger.write("poller:1:dev", { firstSeenAt: seconds(0), okAt: seconds(330), failures: 0 }, 1);
		const { asked, logged } = await made.tick(360);
		expect(asked).toEqual(["read 1 pagerduty", "resolve 1 pagerduty"]);
		expect(logged.map(({ what }) => what)).toEqual(["recovered", "recovery-sent"]);
		made.answer("1 pagerduty", { read: "resolved" });
		expect((await made.tick(420)).logged.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
			"page-proven page",
			"page-proven recovery",
			"incident-resolved everybody-told",
		]);
	});

	test.each([
		{ failure: "unauthorized", key: "inc:1:dev:credentials-failing:detector" },
		{ failure: "unavailable", key: "inc:1:dev:platform-unreachable:genesys-cloud" },
	] as const)("three polls that end in $failure open $key alone", async ({ failure, key }) => {
		const made = await world({ poller: { firstSeenAt: seconds(0), failures: 3, failedAt: seconds(50), failure, detail: "said so" } });
		const { logged, items } = await made.tick(60);
		expect(logged.map(({ what, incident: about }) => `${what} ${about}`)).toEqual([
			`incident-opened ${key}`,
			`routed ${key}`,
			`page-sent ${key}`,
		]);
		expect(items.map((item) => item.reading.reason)).toEqual(["3 polls failed in a row: said so"]);
	});
});
