import { describe, expect, test } from "vitest";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { type Asked, type OperateReason, operate, whySeen, withAct } from "../../../../functions/pipeline/operate/rules.ts";
import { incident, page, seconds, settings } from "../fixtures.ts";

const by = "Ada";
const why = "I am at the carrier";
const proven = page({ state: "proven", acceptedAt: seconds(10), provenAt: seconds(20), by: "workflow" });
/** Paged ten minutes ago, and seen a minute ago. */
const paged = (change: Partial<Incident> = {}): Incident =>
	incident({ tier: 1, pages: [proven], lastSeenAt: seconds(540), polledAt: seconds(540), ...change });
const now = seconds(600);
const facts = { settings, health: { okAt: seconds(595) } };
const done = (act: Asked["act"], item: Incident | undefined) => operate(item, { act, by, why }, facts, now);

const answer = { at: seconds(100), by: "Bob", tier: 1, channel: "pagerduty" };
const memberOf = { key: "inc:1:dev:trunk-down:group", occurrence: 1 };
const unseen = { lastSeenAt: seconds(400), polledAt: seconds(400) };
const monitored = { lastSeenAt: seconds(400) };

const cases: readonly {
	readonly name: string;
	readonly act: Asked["act"];
	readonly item: Incident | undefined;
	readonly reason: OperateReason;
}[] = [
	...(["acknowledge", "resolve", "again"] as const).flatMap((act) => [
		{ name: "nothing is there", act, item: undefined, reason: "no-such-incident" as const },
		{ name: "it is closed", act, item: paged({ state: "closed", closedAt: now }), reason: "closed" as const },
		{ name: "its end is being told", act, item: paged({ state: "recovered", recoveredAt: now }), reason: "over" as const },
		{ name: "its group pages for it", act, item: paged({ memberOf }), reason: "grouped" as const },
	]),
	{
		name: "a silence keeps it from paging",
		act: "again",
		item: incident({ silenced: { name: "carrier", why: "maintenance", who: "Ada", since: now, until: now + 60_000 } }),
		reason: "silenced",
	},
	{ name: "nobody has answered", act: "acknowledge", item: paged(), reason: "acknowledged" },
	{ name: "somebody has answered", act: "acknowledge", item: paged({ acknowledged: answer }), reason: "already-acknowledged" },
	{
		name: "somebody holds it for mended",
		act: "acknowledge",
		item: paged({ acknowledged: { ...answer, resolvedAt: now } }),
		reason: "acknowledged",
	},
	{ name: "the last poll saw it", act: "resolve", item: paged(), reason: "still-seen" },
	{ name: "polls do not see it any more", act: "resolve", item: paged(unseen), reason: "resolved" },
	{ name: "it is clear and held open", act: "resolve", item: paged({ heldSince: now }), reason: "resolved" },
	{ name: "only a monitor told of it, long ago", act: "resolve", item: incident(monitored), reason: "resolved" },
	{
		name: "a member of a group is not seen any more",
		act: "resolve",
		item: paged({ ...unseen, memberOf }),
		reason: "resolved",
	},
	{
		name: "it is noted already",
		act: "resolve",
		item: paged({ acknowledged: { ...answer, resolvedAt: seconds(200) } }),
		reason: "already-noted",
	},
	{
		name: "the overseer tells it of itself",
		act: "resolve",
		item: incident({ ...monitored, condition: "detector-silent", reading: { ...incident().reading, source: "overseer" } }),
		reason: "still-seen",
	},
	{ name: "tier 1 did not answer", act: "again", item: paged(), reason: "told-again" },
	{ name: "nobody answered at all", act: "again", item: paged({ tier: 2, exhausted: seconds(500) }), reason: "told-again" },
	{
		name: "it was asked as often as a day may see",
		act: "again",
		item: paged({ repeatedAt: Array(24).fill(seconds(500)) }),
		reason: "told-again",
	},
	{ name: "a round began half a minute ago", act: "again", item: paged({ repeatedAt: [seconds(570)] }), reason: "told-a-moment-ago" },
	{ name: "it opened half a minute ago", act: "again", item: paged({ openedAt: seconds(570) }), reason: "told-a-moment-ago" },
	{ name: "it is clear and held open", act: "again", item: paged({ heldSince: now }), reason: "held" },
];

describe("what an operator's act comes to", () => {
	test.each(cases)("$act, where $name: $reason", ({ act, item, reason }) => {
		const operated = done(act, item);
		expect(operated.reason).toBe(reason);
		const writes = ["acknowledged", "resolved", "still-seen", "told-again"].includes(reason);
		expect(operated.incident !== undefined).toBe(writes);
	});
});

describe("what is written", () => {
	test("an acknowledgement is no page's, so that every page is told of it, and stands with its reason", () => {
		expect(done("acknowledge", paged()).incident).toEqual({
			...paged(),
			acknowledged: { at: now, by, tier: 1, channel: "by hand" },
			acts: [{ did: "acknowledged", at: now, by, why }],
		});
	});

	test("what is still seen is noted as a page that was ended by hand, and stays open", () => {
		expect(done("resolve", paged({ acknowledged: answer })).incident).toEqual({
			...paged(),
			acknowledged: { ...answer, resolvedAt: now },
			acts: [{ did: "noted", at: now, by, why }],
		});
		expect(done("resolve", paged()).incident?.acknowledged).toEqual({ at: now, by, tier: 1, channel: "by hand", resolvedAt: now });
	});

	test("what is not seen any more has recovered, and closes by the ordinary way", () => {
		expect(done("resolve", paged(unseen)).incident).toEqual({
			...paged(unseen),
			state: "recovered",
			recoveredAt: now,
			acts: [{ did: "resolved", at: now, by, why }],
		});
	});

	test("a new round begins at tier 1 with nobody's answer, whoever had answered, and is the overseer's", () => {
		const { incident: next } = done("again", paged({ tier: 2, exhausted: seconds(500), acknowledged: { ...answer, tier: 2 } }));
		expect(next).toMatchObject({
			round: 2,
			tier: 1,
			answerExpired: true,
			repeatedAt: [now],
			takenOver: { at: now, reason: "asked-by-hand" },
			acts: [{ did: "told-again", at: now, by, why, round: 2 }],
		});
		expect(next?.acknowledged).toBeUndefined();
		expect(next?.exhausted).toBeUndefined();
	});

	test("of many acts the last twenty are kept", () => {
		const acts = Array.from({ length: 20 }, (_, at) => ({ did: "dropped" as const, at, by, why }));
		const { acts: kept = [] } = withAct(incident({ acts }), { did: "noted", at: 20, by, why });
		expect(kept.map(({ at }) => at)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1));
	});
});

describe("whether it is still seen", () => {
	test.each([
		{ name: "seen within two polls and a half", item: paged({ lastSeenAt: seconds(451) }), seen: "still-seen" },
		{ name: "seen longer ago, and the poller has looked since", item: paged({ lastSeenAt: seconds(450) }), seen: "not-seen" },
		{ name: "the poller has not read all since", item: paged(unseen), okAt: seconds(510), seen: "not-looked-at" },
		{ name: "the poller has read all a moment ago", item: paged(unseen), okAt: seconds(511), seen: "not-seen" },
		{ name: "a monitor's, whatever the poller does", item: incident(monitored), okAt: 0, seen: "not-seen" },
		{ name: "a group with members that fail", item: incident({ ...monitored, members: members(1) }), seen: "still-seen" },
		{ name: "a group without", item: incident({ ...monitored, members: members(0) }), seen: "not-seen" },
	])("$name: $seen", ({ item, okAt = seconds(595), seen }) => {
		expect(whySeen(item, { okAt }, now)).toBe(seen);
	});

	test("before the poller's first poll nobody has looked", () => {
		expect(whySeen(paged(unseen), undefined, now)).toBe("not-looked-at");
		expect(operate(paged(unseen), { act: "resolve", by, why }, { settings, health: undefined }, now).incident?.acts).toEqual([
			{ did: "noted", at: now, by, why },
		]);
	});
});

function members(failing: number): NonNullable<Incident["members"]> {
	return { listed: [], joined: 2, failing, lastJoinedAt: seconds(1), announced: "" };
}
