import { describe, expect, test } from "vitest";
import { openOrRecover } from "../../../../functions/pipeline/deduplicate/flow.ts";
import { whyDispatch } from "../../../../functions/pipeline/dispatch/rules.ts";
import { groupOpenings } from "../../../../functions/pipeline/group/flow.ts";
import { afterRead, countOpenings, isGroupKey, joinGroup, whyJoin } from "../../../../functions/pipeline/group/rules.ts";
import { readItem } from "../../../../functions/pipeline/ledger/store.ts";
import type { Condition, Incident, Reading } from "../../../../functions/pipeline/model/incident.ts";
import { incidentKey } from "../../../../functions/pipeline/model/keys.ts";
import { intend } from "../../../../functions/pipeline/page/rules.ts";
import { oversee } from "../../../../functions/pipeline/run.ts";
import { nothingSilent as silences } from "../../../../functions/pipeline/silence/rules.ts";
import { incident, page, policy, seconds, settings } from "../fixtures.ts";
import { world } from "../world.ts";

const grouping = { over: 5, withinSeconds: 120 };
const place = { environment: "dev", id: "group" };
const group = "inc:1:dev:trunk-down:group";

const failing = (number: number, change: Partial<Reading> = {}): Reading => ({
	schema: "genesyscloud-runbooks/reading/1",
	condition: "trunk-down",
	entity: { id: `base-${number}`, name: `Trunk ${number}` },
	severity: "high",
	verdict: "breach",
	reason: "not-connected",
	observedAt: seconds(0),
	metrics: {},
	source: "poller",
	raw: null,
	...change,
});
const many = (count: number, first = 1, change: Partial<Reading> = {}): readonly Reading[] =>
	Array.from({ length: count }, (_, index) => failing(first + index, change));

const opened = (count: number, change: Partial<Reading> = {}): Incident => {
	const { incident: made } = joinGroup(undefined, many(count, 1, change), place, seconds(0));
	if (made === undefined) throw new Error("expected a group, got none");
	return made;
};

describe("what is a crowd", () => {
	const down = (...ids: string[]): ReadonlyMap<Condition, readonly string[]> => new Map([["trunk-down", ids]]);
	const names = (count: number, first = 1): string[] => many(count, first).map(({ entity }) => entity.id);

	test.each([
		{ name: "five at once", before: [], now: names(5), at: 0, crowded: false },
		{ name: "six at once", before: [], now: names(6), at: 0, crowded: true },
		{ name: "one after five, at the end of the window", before: names(5), now: names(1, 6), at: 120, crowded: true },
		{ name: "one after five, later", before: names(5), now: names(1, 6), at: 121, crowded: false },
		{ name: "the same one again", before: names(5), now: names(1), at: 60, crowded: false },
	])("$name: $crowded", ({ before, now, at, crowded }) => {
		const first = countOpenings(undefined, down(...before), grouping, seconds(0)).openings;
		expect(countOpenings(first, down(...now), grouping, seconds(at)).crowded.has("trunk-down")).toBe(crowded);
	});

	test("is of one condition", () => {
		const first = countOpenings(undefined, down(...names(5)), grouping, seconds(0)).openings;
		expect(countOpenings(first, new Map([["edge-offline", ["e1"]]]), grouping, seconds(1)).crowded.size).toBe(0);
	});

	test("is remembered in little: however many open, no more than it takes", () => {
		const { openings } = countOpenings(undefined, down(...names(5000)), grouping, seconds(0));
		expect(openings["trunk-down"]).toHaveLength(6);
	});
});

describe("a group", () => {
	test("counts its members, names ten of them, and says where they are", () => {
		expect(opened(12).summary).toBe(
			"12 SIP trunks are down: Trunk 1, Trunk 2, Trunk 3, Trunk 4, Trunk 5, Trunk 6, Trunk 7, Trunk 8, Trunk 9, Trunk 10 and 2 more",
		);
		const here = joinGroup(undefined, [...many(4, 1, { place: "Edge A" }), ...many(2, 5, { place: "Edge B" })], place, seconds(0)).incident;
		expect(here?.summary).toMatch(/^6 SIP trunks are down \(4 at Edge A, 2 at Edge B\): Trunk 1, /);
	});

	test("is as severe as its worst member", () => {
		const mixed = joinGroup(undefined, [failing(1, { severity: "medium" }), failing(2, { severity: "critical" })], place, seconds(0));
		expect(mixed.incident?.severity).toBe("critical");
	});

	test("stays as severe as the worst that ever joined", () => {
		const joins = (["high", "critical", "high"] as const).map((severity, index) => many(1, 7 + index, { severity }));
		const grown = joins.reduce(
			(group: Incident | undefined, readings) => joinGroup(group, readings, place, seconds(1)).incident,
			opened(6),
		);
		expect([grown?.severity, grown?.reading.severity]).toEqual(["critical", "critical"]);
	});

	test("knows where each of its members is, for routes", () => {
		const location = { site: { id: "site-berlin", name: "Berlin" } };
		const made = joinGroup(undefined, many(6, 1, { location }), place, seconds(0)).incident;
		expect(made?.members?.listed).toEqual(Array.from({ length: 6 }, () => expect.objectContaining({ location })));
		expect(made?.reading).not.toHaveProperty("location");
	});

	test("takes late members once each", () => {
		const later = joinGroup(opened(6), many(3, 6), place, seconds(60));
		expect(later.incident?.members).toMatchObject({ joined: 8, failing: 8, lastJoinedAt: seconds(60), announced: "6 of 6" });
		expect(joinGroup(later.incident, many(3, 6), place, seconds(70)).incident).toBeUndefined();
	});

	test("is small, however many there are", () => {
		const size = JSON.stringify(opened(5000, { entity: { id: "0".repeat(36), name: "A trunk with a rather long name" } })).length;
		expect(size).toBeLessThan(32_768);
		expect(opened(5000).members).toMatchObject({ joined: 5000, failing: 5000 });
	});

	test.each([
		{ name: "while it grows", item: opened(6), at: 600, reason: "join" },
		{ name: "once it is long complete", item: opened(6), at: 601, reason: "complete" },
		{ name: "once it has recovered", item: { ...opened(6), state: "recovered" } as const, at: 10, reason: "begin" },
		{ name: "where there is none", item: undefined, at: 10, reason: "begin" },
	])("$name: $reason", ({ item, at, reason }) => {
		expect(whyJoin(item, seconds(at))).toBe(reason);
	});

	test("ends with its last member, and tells how many are left until then", () => {
		const ids = (count: number) => new Set(many(count).map(({ entity }) => entity.id));
		const half = afterRead(
			opened(6),
			{ failing: ids(2), held: new Set(), ended: new Set(["base-3", "base-4", "base-5", "base-6"]) },
			seconds(60),
		);
		expect(half).toMatchObject({ state: "open", summary: "2 of 6 SIP trunks are still down: Trunk 1, Trunk 2" });
		expect(afterRead(half, { failing: new Set(), held: new Set(), ended: ids(6) }, seconds(90))).toMatchObject({
			state: "recovered",
			recoveredAt: seconds(90),
			members: { joined: 6, failing: 0 },
		});
	});

	test("waits for a member whose own incident is still being written, and for no ghost", () => {
		const none = { failing: new Set<string>(), held: new Set<string>(), ended: new Set<string>() };
		expect(afterRead(opened(6), none, seconds(119)).state).toBe("open");
		expect(afterRead(opened(6), none, seconds(120)).state).toBe("recovered");
	});

	test("is held while all that have not ended are, and pages nobody", () => {
		const [one, two] = [new Set(["base-1"]), new Set(["base-1", "base-2"])];
		const ended = new Set(["base-3", "base-4", "base-5", "base-6"]);
		const half = afterRead(opened(6), { failing: two, held: one, ended }, seconds(60));
		expect(half).not.toHaveProperty("heldSince");
		const held = afterRead(half, { failing: two, held: two, ended }, seconds(120));
		expect(held).toMatchObject({ state: "open", heldSince: seconds(120), takenOver: { reason: "held" } });
		expect(afterRead(held, { failing: two, held: two, ended }, seconds(180))).toBe(held);
		expect(afterRead(held, { failing: two, held: one, ended }, seconds(240))).not.toHaveProperty("heldSince");
		expect(joinGroup(held, many(7).slice(6), { environment: "dev", id: "group" }, seconds(240)).incident).not.toHaveProperty("heldSince");
	});

	test("has a key that no entity can have", () => {
		expect([group, `${group}-2`, "inc:1:dev:trunk-down:groups"].map(isGroupKey)).toEqual([true, true, false]);
	});
});

test("nobody pages or launches for a member", () => {
	const member = incident({ memberOf: { key: group, occurrence: 1 } });
	const [tier] = policy.tiers;
	const [channel] = tier?.channels ?? [];
	if (channel === undefined) throw new Error("expected a channel in the settings, got none");
	expect(intend(member, { tier: 1, channel }, "overseer", seconds(0))).toMatchObject({ granted: false, reason: "grouped" });
	expect(whyDispatch(member, { incidentKey: member.key, occurrence: 1 })).toBe("grouped");
});

describe("in the ledger", () => {
	const open = async (made: Awaited<ReturnType<typeof world>>, readings: readonly Reading[]) => {
		const groups = await groupOpenings(made.ports, readings);
		for (const reading of readings) await openOrRecover(made.ports, reading, "open", { silences, memberOf: groups.get(reading) });
	};
	const keyOf = (number: number) => incidentKey({ environment: "dev", condition: "trunk-down", entityId: `base-${number}` });
	const at = (made: Awaited<ReturnType<typeof world>>, key: string) => readItem<Incident>(made.ledger, key);

	test("six failures are six incidents and one message of the queue", async () => {
		const made = await world();
		await open(made, many(6));
		expect(made.ports.queue.bodies()).toEqual([JSON.stringify({ incidentKey: group, occurrence: 1 })]);
		expect((await at(made, keyOf(6)))?.memberOf).toEqual({ key: group, occurrence: 1 });
		expect((await at(made, group))?.members?.joined).toBe(6);
	});

	test("six that are open already are no crowd, however they are asked for again", async () => {
		const made = await world();
		for (const reading of many(6)) await openOrRecover(made.ports, reading, "open", { silences });
		made.at(900);
		await open(made, many(6));
		expect(await at(made, group)).toBeUndefined();
		expect((await groupOpenings(made.ports, many(6), new Set())).size).toBe(6);
	});

	test("a member that fails again while its group is open joins no second one", async () => {
		const made = await world();
		await open(made, many(6));
		made.at(900);
		await open(made, many(6));
		expect(await at(made, `${group}-2`)).toBeUndefined();
		expect((await at(made, keyOf(1)))?.memberOf).toEqual({ key: group, occurrence: 1 });
	});

	test("one that was well while it was held and relapses is a new failure", async () => {
		const made = await world();
		for (const reading of many(6)) await openOrRecover(made.ports, reading, "open", { silences });
		for (let number = 1; number <= 6; number += 1)
			await made.rewrite(keyOf(number), (item) => ({ ...item, heldSince: seconds(100), calmSince: seconds(200), exhausted: seconds(90) }));
		made.at(900);
		await open(made, many(6));
		expect((await at(made, keyOf(1)))?.memberOf).toEqual({ key: group, occurrence: 1 });
	});

	test("where grouping is switched off each of them pages", async () => {
		const made = await world({ settings: { ...settings, grouping: false } });
		await open(made, many(6));
		expect(made.ports.queue.bodies()).toHaveLength(6);
	});

	test("where grouping is switched off, more than half of what a vendor takes in a minute are one page all the same", async () => {
		const limits = { ...settings.limits, vendorRequestsPerMinute: 10 };
		const made = await world({ settings: { ...settings, grouping: false, limits } });
		await open(made, many(5));
		expect(made.ports.queue.bodies()).toHaveLength(5);
		const six = many(6);
		await open(made, six.slice(5));
		expect(made.ports.queue.bodies()).toHaveLength(6);
		expect((await at(made, keyOf(6)))?.memberOf).toEqual({ key: group, occurrence: 1 });
	});

	test("a crowd that cannot be counted pages one by one: nobody is kept waiting for it", async () => {
		const made = await world();
		const { ledger } = made.ports;
		const write: typeof ledger.write = async (key, ...rest) => (key.startsWith("openings:") ? "conflict" : ledger.write(key, ...rest));
		await open({ ...made, ports: { ...made.ports, ledger: { ...ledger, read: ledger.read.bind(ledger), write } } }, many(6));
		expect(made.ports.queue.bodies()).toHaveLength(6);
	});

	test("a failure of tomorrow is news, whatever somebody acknowledged today; a crowd of tomorrow is a group of its own", async () => {
		const made = await world();
		await open(made, many(6));
		made.at(86_400);
		await open(made, many(1, 7));
		expect((await at(made, keyOf(7)))?.memberOf).toBeUndefined();
		await open(made, many(6, 8));
		expect((await at(made, keyOf(8)))?.memberOf).toEqual({ key: `${group}-2`, occurrence: 1 });
	});

	test("a member whose group is over stands alone again, and is paged by the next tick", async () => {
		const made = await world();
		await made.open(incident({ memberOf: { key: group, occurrence: 1 } }));
		expect((await made.tick(60)).logged.map(({ what }) => what)).toEqual(["ungrouped", "routed"]);
		expect((await made.tick(120)).logged.map(({ what }) => what)).toEqual(["taken-over", "page-sent"]);
	});

	test("an update is never sent to a page that somebody closed by hand", async () => {
		const made = await world({ answers: { "1 pagerduty": { read: "resolved" } } });
		const proven = page({ state: "proven", provenAt: seconds(1), acceptedAt: seconds(0), dedupKey: `${group}:1:1` });
		await open(made, many(6));
		await made.rewrite(group, (item) => ({
			...item,
			tier: 1,
			acknowledged: { at: seconds(2), by: "Ada", tier: 1, channel: "pagerduty" },
			pages: [proven],
		}));
		await open(made, many(1, 7));
		made.at(10);
		const { asked } = await made.see(() => oversee(made.ports));
		expect(asked.filter((line) => line.startsWith("send"))).toEqual([]);
	});
});
