import { expect, test } from "vitest";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { incident, page, policy, seconds, settings } from "../fixtures.ts";
import { type Answers, world as createWorld, never, type Seen } from "../world.ts";

const boss = { kind: "pagerduty", name: "boss", service: "boss", serviceId: "PBOSS001" } as const;
const phone = { kind: "sms", name: "phone", to: "+15555550199" } as const;
const [first, second] = policy.tiers;
if (first === undefined || second === undefined) throw new Error("Expected two tiers");
const informing = {
	...settings,
	policies: { default: { ...policy, tiers: [{ ...first, informs: [boss, phone] }, second] } },
};
const claimed = { id: "launch-1", at: seconds(0), executionId: "execution-1", claimedAt: seconds(1), seenAt: never };
const proven = page({ state: "proven", acceptedAt: seconds(2), provenAt: seconds(12) });
const paged = (change: Partial<Incident> = {}) => incident({ launch: claimed, tier: 1, pages: [proven], ...change });

const start = async (answers: Readonly<Record<string, Answers>> = {}, item = paged()) => {
	const world = await createWorld({ settings: informing, answers, execution: "running" });
	await world.open(item);
	return world;
};
const told = ({ logged }: Seen) =>
	logged.filter(({ what }) => what.startsWith("inform")).map(({ what, channel, outcome = "" }) => `${what} ${channel} ${outcome}`.trim());

test("what informs is told once, beside the pages, and its receipt is looked for", async () => {
	const world = await start({ "1 boss": { read: "delivered" } });
	expect(told(await world.tick(60))).toEqual(["informed boss page", "informed phone page"]);
	expect(told(await world.tick(120))).toEqual(["inform-proven boss"]);
	expect(told(await world.tick(180))).toEqual([]);
	const [item] = (await world.tick(240)).items;
	expect(item?.pages).toHaveLength(1);
	expect(item?.notices?.map(({ channel, state }) => [channel, state])).toEqual([
		["boss", "proven"],
		["phone", "accepted"],
	]);
});

test("a notice whose receipt does not come is looked for during ten minutes, and nobody waits for it", async () => {
	const world = await start();
	await world.tick(60);
	expect(told(await world.tick(600))).toEqual([]);
	expect(told(await world.tick(661))).toEqual(["inform-unproven boss", "inform-unproven phone"]);
	expect(told(await world.tick(720))).toEqual([]);
});

test("what is refused is tried again by the next ticks, fifteen times", async () => {
	const world = await start({ "1 boss": { send: "unavailable" } });
	const failures: string[] = [];
	for (let minute = 1; minute <= 40; minute += 1)
		failures.push(...told(await world.tick(60 * minute)).filter((line) => line.includes("boss")));
	expect(failures).toEqual(Array.from({ length: 15 }, () => "inform-failed boss unavailable"));
});

test("a tier that nobody came to yet informs nobody, nor does a member of a group, nor a failure that is held", async () => {
	for (const change of [{ tier: 0 }, { heldSince: seconds(5) }]) expect(told(await (await start({}, paged(change))).tick(60))).toEqual([]);
	const world = await start({}, paged({ memberOf: { key: "inc:1:dev:trunk-down:group", occurrence: 1 } }));
	expect(told(await world.tick(60)).filter((line) => line.startsWith("informed"))).toEqual([]);
});

test("an answer is shown where the vendor shows one, and an end everywhere", async () => {
	const world = await start({ "1 boss": { read: "delivered" } });
	await world.tick(60);
	const { key } = paged();
	await world.rewrite(key, (item) => ({ ...item, acknowledged: { at: seconds(90), by: "Ada", tier: 1, channel: "pagerduty" } }));
	expect(told(await world.tick(120))).toEqual(["inform-proven boss", "informed boss acknowledgement"]);
	world.answer("1 pagerduty", { read: "resolved" });
	await world.rewrite(key, (item) => ({ ...item, state: "recovered", recoveredAt: seconds(150) }));
	const end = await world.tick(180);
	expect(told(end)).toEqual(["informed boss recovery", "informed phone recovery"]);
	expect((await world.tick(240)).logged.filter(({ what }) => what === "incident-resolved")).toHaveLength(1);
});

test("an end that cannot be told keeps the incident open for an hour, and no longer", async () => {
	const world = await start({ "1 boss": { resolve: "unavailable" } });
	await world.tick(60);
	world.answer("1 pagerduty", { read: "resolved" });
	await world.rewrite(paged().key, (item) => ({ ...item, state: "recovered", recoveredAt: seconds(100) }));
	const closedAt = async (): Promise<number | undefined> => {
		for (let second = 120; second <= 8000; second += 60)
			if ((await world.tick(second)).logged.some(({ what }) => what === "incident-resolved")) return second;
		return undefined;
	};
	expect(await closedAt()).toBe(3720);
});

test("what is new goes where the page is; an end that is a message of its own is none that is there already", async () => {
	const world = await start({ "1 boss": { read: "delivered" }, "1 phone": { read: "delivered" } });
	await world.tick(60);
	await world.tick(120);
	const told = (await world.tick(180)).items[0]?.notices ?? [];
	const receiptOf = (name: string) => told.find(({ channel }) => channel === name)?.receipt;
	world.answer("1 pagerduty", { read: "resolved" });
	await world.rewrite(paged().key, (item) => ({ ...item, state: "recovered", recoveredAt: seconds(190) }));
	await world.tick(240);
	const ends = world.orders.filter(({ note, channel }) => note !== undefined && channel.name !== "pagerduty");
	expect(ends.map(({ channel, receipt, thread }) => ({ name: channel.name, receipt, thread }))).toEqual([
		{ name: "boss", receipt: receiptOf("boss"), thread: receiptOf("boss") },
		{ name: "phone", receipt: undefined, thread: receiptOf("phone") },
	]);
	expect(receiptOf("phone")).toBeDefined();
});
