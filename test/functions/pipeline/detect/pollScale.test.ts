import { describe, expect, test } from "vitest";
import { isGroupKey } from "../../../../functions/pipeline/group/rules.ts";
import type { EdgeState, Ledger, QueueActivity, TrunkInstance } from "../../../../functions/pipeline/ports.ts";
import { receive } from "../../../../functions/pipeline/run.ts";
import { incident, reading, seconds, trunk } from "../fixtures.ts";
import { all, broken, edgeA, onEdgeA, poller, support } from "../pollWorld.ts";

const many = <T>(count: number, make: (index: number) => T): readonly T[] => Array.from({ length: count }, (_, index) => make(index));
const trunkAt = (index: number, change: Partial<TrunkInstance> = {}): TrunkInstance =>
	trunk({
		id: `t-${index}`,
		trunkBase: { id: `base-${index}`, name: `Trunk-${index}` },
		edge: { id: `edge-${index % 200}`, name: `Edge-${index % 200}` },
		options: [true, true],
		...change,
	});
const edgeAt = (index: number): EdgeState => ({ ...edgeA, id: `edge-${index}`, name: `Edge-${index}` });
const queueAt = (index: number): QueueActivity => ({ ...support, id: `queue-${index}`, name: index === 0 ? "Support" : `Queue-${index}` });
const down = { connected: false, options: [false, false] };

/** Counts what a ledger is asked, and holds back nothing. */
function counting() {
	const count = { reads: 0, writes: 0 };
	const wrap = (ledger: Ledger): Ledger => ({
		...ledger,
		read: async (key) => {
			count.reads += 1;
			return ledger.read(key);
		},
		due: async (...asked) => {
			count.reads += 1;
			return ledger.due(...asked);
		},
		write: async (...written) => {
			count.writes += 1;
			return ledger.write(...written);
		},
		transact: async (writes) => {
			count.writes += writes.length;
			return ledger.transact(writes);
		},
	});
	const reset = () => Object.assign(count, { reads: 0, writes: 0 });
	return { count, wrap, reset };
}

/** A poller of so many trunks, of an edge for each 25 of them and a queue for each ten, that has settled. */
async function settled(trunks: number, wrap?: (ledger: Ledger) => Ledger) {
	const world = poller(all, wrap);
	await world.polls(5, {
		trunks: many(trunks, (index) => trunkAt(index)),
		edges: many(Math.max(1, trunks / 25), edgeAt),
		queues: many(Math.max(1, trunks / 10), queueAt),
	});
	return world;
}

describe("a poll of what is healthy", () => {
	test("asks the ledger as much for five thousand trunks as for a hundred, and as much a day later", async () => {
		const asked = async (trunks: number) => {
			const { count, wrap, reset } = counting();
			const { polls, pass } = await settled(trunks, wrap);
			reset();
			await polls(1);
			const first = { ...count };
			pass(86_400);
			reset();
			await polls(1);
			expect(count).toEqual(first);
			return first;
		};
		const hundred = await asked(100);
		// Seven items of streaks, the due list, the levels, and how the poller is doing: the last two are written.
		expect(hundred).toEqual({ reads: 10, writes: 2 });
		expect(await asked(5000)).toEqual(hundred);
	});
});

describe("thousands of trunks", () => {
	const failing = (isDown: (index: number) => boolean, count = 5000) => many(count, (index) => trunkAt(index, isDown(index) ? down : {}));
	const incidents = ({ ledger }: ReturnType<typeof poller>) => ledger.items().filter(({ key }) => key.startsWith("inc:1:dev:trunk-down:"));
	const open = (world: ReturnType<typeof poller>) =>
		incidents(world).filter(({ key, value }) => Object(value).state === "open" && !isGroupKey(key));

	test("of which a hundred fail are a hundred incidents and one page; when they are well again all recover, and nothing is left to write", async () => {
		const { count, wrap, reset } = counting();
		const world = await settled(5000, wrap);
		await world.polls(2, { trunks: failing((index) => index % 50 === 0) });
		expect(open(world)).toHaveLength(100);
		expect(world.queue.bodies()).toHaveLength(1);
		await world.polls(3, { trunks: failing(() => false) });
		expect(open(world)).toHaveLength(0);
		for (const { key } of incidents(world)) await world.close(key);
		world.pass(3600);
		await world.polls(1);
		reset();
		await world.polls(1);
		expect(count.writes).toBe(2);
	});

	test("that fail all at once are five thousand incidents, and no item of the ledger grows beyond 64 KB", async () => {
		const world = poller();
		await world.polls(3, { trunks: failing(() => true) });
		expect(open(world)).toHaveLength(5000);
		expect(Math.max(...world.ledger.items().map(({ value }) => JSON.stringify(value).length))).toBeLessThan(64_000);
		expect(await world.health()).toMatchObject({ failures: 0 });
	});

	test("more than fit into one poll: what is owed is said, and comes first in the next one; a poll is never out of time", async () => {
		const world = poller();
		let left = 50_000;
		const slow = (ledger: Ledger): Ledger => ({
			...ledger,
			write: async (key, ...rest) => {
				if (key.startsWith("inc:")) left -= 100;
				return ledger.write(key, ...rest);
			},
		});
		Object.assign(world.ports, { ledger: slow(world.ports.ledger), deadline: { remainingMilliseconds: () => left } });
		const perPoll: number[] = [];
		for (let turn = 0; turn < 5; turn += 1) {
			left = 50_000;
			const before = open(world).length;
			await world.polls(1, { trunks: failing(() => true, 1000) });
			perPoll.push(open(world).length - before);
			expect(left).toBeGreaterThan(17_000);
			if (turn === 1)
				expect(await world.health()).toMatchObject({
					failures: 1,
					failure: "unavailable",
					partly: true,
					detail: expect.stringContaining("that come first in the next one"),
				});
		}
		const [none, ...opened] = perPoll;
		expect(none).toBe(0);
		expect(opened.reduce((sum, each) => sum + each, 0)).toBe(1000);
		expect(opened[0]).toBeGreaterThan(300);
		// The last of them fitted: to be seen again is owed to nobody.
		expect(await world.health()).toMatchObject({ failures: 0 });
	});

	test("are counted all the same where one of the items cannot be written, and those of that item at the next poll", async () => {
		const world = poller();
		const { ledger } = world.ports;
		let refuses = true;
		const write: Ledger["write"] = async (key, ...rest) => {
			if (refuses && key === "streaks:1:dev:3") throw broken("unavailable");
			return ledger.write(key, ...rest);
		};
		Object.assign(world.ports, { ledger: { ...ledger, write } });
		await world.polls(2, { trunks: failing(() => true, 1000) });
		expect(open(world).length).toBeGreaterThan(800);
		expect(await world.health()).toMatchObject({ failures: 2, partly: true });
		refuses = false;
		await world.polls(2);
		expect(open(world)).toHaveLength(1000);
	});
});

describe("what a poll does not come to", () => {
	test("is read first at the next one, whatever hangs", async () => {
		const { polls, asked, health } = poller();
		await polls(3, { trunks: broken("timeout") });
		expect(asked).toEqual(["edges", "trunks", "queues Support", "edges", "trunks", "queues Support", "edges", "trunks"]);
		expect(await health()).toMatchObject({ failures: 3, next: ["queues", "edges", "trunks"] });
		await polls(1, { trunks: [onEdgeA] });
		expect(await health()).not.toHaveProperty("next");
		asked.length = 0;
		await polls(1);
		expect(asked).toEqual(["edges", "trunks", "queues Support"]);
	});

	test("is not begun without the time to judge it, and said", async () => {
		const { polls, asked, health, ports } = poller();
		let left = 50_000;
		Object.assign(ports, {
			deadline: { remainingMilliseconds: () => left },
			edges: {
				edges: async () => {
					left = 24_000;
					return [edgeA];
				},
			},
		});
		await polls(1);
		expect(asked).toEqual([]);
		expect(await health()).toMatchObject({ failure: "timeout", partly: true, next: ["queues", "edges", "trunks"] });
	});
});

test("an index that cannot be asked blinds nobody: what fails opens, and what recovers is closed", async () => {
	const { polls, opened, item, health } = poller(all, (ledger) => ({ ...ledger, due: () => Promise.reject(broken("unavailable")) }));
	const key = "inc:1:dev:trunk-down:base-1";
	await polls(2, { trunks: [{ ...onEdgeA, ...down }] });
	expect(opened()).toEqual([key]);
	expect(await health()).toMatchObject({ failures: 2, failure: "unavailable" });
	await polls(3, { trunks: [onEdgeA] });
	expect(await item(key)).toMatchObject({ state: "recovered" });
});

test("an incident that an earlier version opened recovers, though nothing is known of its streak", async () => {
	const { polls, item, ledger } = poller(all);
	await polls(5);
	const key = "inc:1:dev:edge-offline:edge-a";
	await ledger.write(key, incident({ key, condition: "edge-offline", entityId: "edge-a" }), 0, { dueAt: seconds(0) });
	await polls(2);
	expect(await item(key)).toMatchObject({ state: "open" });
	await polls(1);
	expect(await item(key)).toMatchObject({ state: "recovered" });
});

test("webhooks beside a poll are one look, however they interleave: nobody's reading is lost or counted twice", async () => {
	const world = poller({ "trunk-down": { ...all["trunk-down"], breachesToOpen: 3 } } as typeof all);
	const trunks = many(40, (index) => trunkAt(index, down));
	const webhooks = (minute: number) =>
		many(40, (index) =>
			receive(
				world.ports,
				reading({ entity: { id: `base-${index}`, name: "x" }, observedAt: seconds(minute * 60 + 5), source: "webhook" }),
			),
		);
	for (let minute = 0; minute < 3; minute += 1) await Promise.all([world.polls(1, { trunks }), ...webhooks(minute)]);
	expect(
		world
			.opened()
			.filter((key) => !isGroupKey(key ?? ""))
			.toSorted(),
	).toEqual(many(40, (index) => `inc:1:dev:trunk-down:base-${index}`).toSorted());
	const logged = world.logged.filter(({ what, detail }) => what === "observed" && detail?.includes("breach-counted"));
	expect(logged).toHaveLength(80);
});
