import { describe, expect, test } from "vitest";
import type { EscalationPolicy, RuntimeSettings } from "../../../../functions/pipeline/settings.ts";
import { settingOf } from "../../../../vendors/settings.ts";
import { incident, page, policy, seconds, settings } from "../fixtures.ts";
import { world } from "../world.ts";

const tier = (service: string, to: string): EscalationPolicy["tiers"][number] => ({
	name: service,
	channels: [
		{ kind: "pagerduty", name: "pagerduty", service, serviceId: "P1" },
		{ kind: "sms", name: "sms", to },
	],
});
const day: EscalationPolicy = { ...policy, tiers: [tier("day", "+15555550101"), tier("day-second", "+15555550102")] };
const night: EscalationPolicy = { ...policy, tiers: [tier("night", "+15555550109")] };
/** 08:00 UTC is zero: the day ends an hour after it. */
const routed: RuntimeSettings = {
	...settings,
	policies: { day, night },
	hours: { day: { days: ["monday"], from: "00:00", to: "09:00", zone: "UTC" } },
	routes: [
		{ match: { condition: ["credentials-failing"] }, policy: "night" },
		{ hours: "day", policy: "day" },
		{ policy: "night", severity: "low" },
	],
};
/** An hour after the last tier had its time to answer. */
const again = 3960;
const takenOver = { at: seconds(0), reason: "not-launched" };
const servicesIn = (orders: Awaited<ReturnType<typeof world>>["orders"]): readonly string[] =>
	orders.map(({ channel }) => settingOf(channel, "service") || settingOf(channel, "to"));

describe("the overseer", () => {
	test("pages by the incident's own policy", async () => {
		const { open, tick, orders } = await world({ settings: routed });
		await open(incident({ policy: "night", takenOver }));
		await tick(60);
		expect(servicesIn(orders)).toEqual(["night"]);
	});

	test("pages what an earlier version opened by the default's", async () => {
		const { open, tick, orders } = await world({ settings: routed });
		await open(incident({ takenOver }));
		await tick(60);
		expect(servicesIn(orders)).toEqual(["night"]);
	});

	test("routes what it opens itself, before it pages", async () => {
		const refused = { firstSeenAt: seconds(0), failures: 3, failedAt: seconds(50), failure: "unauthorized", detail: "no" } as const;
		const { tick, orders } = await world({ settings: routed, poller: refused });
		const { logged, items } = await tick(60);
		expect(logged.find(({ what }) => what === "routed")).toMatchObject({
			outcome: "night",
			detail: "route 1: condition credentials-failing",
		});
		expect(items[0]).toMatchObject({ policy: "night", routed: { route: 1 } });
		expect(servicesIn(orders)).toEqual(["night"]);
	});
});

describe("a new round", () => {
	const logged = page({ state: "proven", acceptedAt: seconds(1), provenAt: seconds(1), receipt: "r1" });
	const text = page({ ...logged, channel: "sms", kind: "sms", receipt: "SM1" });
	const second = page({ ...logged, tier: 2, dedupKey: `${incident().key}:1:2` });
	const asked = incident({ policy: "day", tier: 2, stale: seconds(0), exhausted: seconds(0), takenOver, pages: [logged, text, second] });

	test("asks who is on duty by then, from the first tier on, and the decision is told", async () => {
		const { open, tick, orders } = await world({ settings: routed });
		await open(asked);
		const seen = await tick(again);
		expect(seen.logged.filter(({ what }) => what === "repeated" || what === "routed")).toMatchObject([
			{ what: "repeated" },
			{ what: "routed", outcome: "night", detail: "route 3: the default; counts as low" },
		]);
		expect(seen.items[0]).toMatchObject({ policy: "night", severity: "low", round: 2, tier: 1 });
		expect(servicesIn(orders.slice(-1))).toEqual(["night"]);
	});

	test("ends the pages before at their own channels once people have a newer one", async () => {
		const { open, tick, answer, orders } = await world({ settings: routed });
		await open(asked);
		answer("1 pagerduty", { read: "delivered" });
		answer("2 pagerduty", { read: "delivered" });
		await tick(again);
		const before = orders.length;
		const { logged: events, items } = await tick(again + 60);
		expect(events.filter(({ what }) => what === "recovery-sent").map(({ tier: number }) => number)).toEqual([1, 2]);
		expect(servicesIn(orders.slice(before)).slice(-2)).toEqual(["day", "day-second"]);
		const ends = items[0]?.pages.filter(({ purpose }) => purpose === "recovery");
		expect(ends?.map((each) => each.policy)).toEqual(["day", "day"]);
	});

	test("tells each phone its end: that of the policy before as well", async () => {
		const { open, tick, rewrite, orders } = await world({ settings: routed });
		await open(asked);
		await tick(again);
		const newText = page({ ...text, round: 2, dedupKey: `${incident().key}:1:1r2` });
		await rewrite(asked.key, (item) => ({
			...item,
			pages: [...item.pages, newText],
			state: "recovered",
			recoveredAt: seconds(again + 30),
		}));
		const before = orders.length;
		await tick(again + 60);
		const phones = servicesIn(orders.slice(before)).filter((where) => where.startsWith("+"));
		expect([...new Set(phones)].toSorted()).toEqual(["+15555550101", "+15555550109"]);
	});

	test("after an answer from the policy before asks the first tier: its second is nobody of the present one", async () => {
		const acknowledged = { at: seconds(0), by: "Ada", tier: 2, channel: "pagerduty" };
		const { open, tick, orders } = await world({ settings: routed });
		await open({ ...asked, policy: "night", round: 2, pages: [{ ...second, policy: "day" }], acknowledged });
		const { items } = await tick(14_400);
		expect(items[0]).toMatchObject({ policy: "night", round: 3, tier: 1 });
		expect(servicesIn(orders.slice(-1))).toEqual(["night"]);
	});

	test("of the same policy keeps whoever answered first", async () => {
		const acknowledged = { at: seconds(0), by: "Ada", tier: 2, channel: "pagerduty" };
		const { open, tick } = await world({ settings: { ...routed, policies: { day, night: { ...day } } } });
		await open({ ...asked, policy: "night", exhausted: seconds(0), acknowledged });
		const { items } = await tick(14_400);
		expect(items[0]).toMatchObject({ policy: "night", round: 2, tier: 2 });
	});
});
