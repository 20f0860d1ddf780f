import { describe, expect, test } from "vitest";
import type { Incident, Page } from "../../../../functions/pipeline/model/incident.ts";
import { mirrorAcknowledgement, sendRecoveries } from "../../../../functions/pipeline/resolve/flow.ts";
import { incident, page, seconds } from "../fixtures.ts";
import { type Answers, world } from "../world.ts";

const key = incident().key;
const it = { incident: key, occurrence: 1 };
const first = { ...it, channel: "pagerduty", tier: 1 };
const proven = page({ state: "proven", acceptedAt: seconds(1), provenAt: seconds(2), receipt: "r" });
const text = page({ channel: "sms", kind: "sms", state: "proven", acceptedAt: seconds(1), provenAt: seconds(2), receipt: "SM1" });
const second = page({ tier: 2, dedupKey: `${key}:1:2`, state: "accepted", acceptedAt: seconds(3), receipt: "r2" });
const recovered = (pages: readonly Page[]): Incident => incident({ state: "recovered", recoveredAt: seconds(100), tier: 1, pages });
const recovery = (change: Partial<Page> = {}): Page =>
	page({ purpose: "recovery", by: "overseer", intendedAt: seconds(120), lastAttemptAt: seconds(120), ...change });

describe("when it is over", () => {
	test("every place that was told is told again, proven like a page, and only then the incident closes", async () => {
		const made = await world();
		await made.open(recovered([proven, text]));
		const { asked, logged, items } = await made.tick(120);
		expect(asked).toEqual(["resolve 1 pagerduty", "resolve 1 sms"]);
		expect(logged).toEqual([
			{ what: "recovery-sent", ...first, attempt: 1, outcome: "accepted" },
			{ what: "recovery-sent", ...first, channel: "sms", attempt: 1, outcome: "accepted" },
		]);
		const accepted = { state: "accepted", acceptances: 1, acceptedAt: seconds(120) } as const;
		expect(items[0]?.pages.slice(2)).toEqual([
			recovery({ ...accepted, receipt: "over-1" }),
			recovery({ ...accepted, channel: "sms", kind: "sms", dedupKey: `${text.dedupKey}:recovery`, receipt: "over-2" }),
		]);
		made.answer("1 pagerduty", { read: "resolved" });
		expect((await made.tick(180)).logged.map(({ what, channel }) => `${what} ${channel}`)).toEqual(["page-proven pagerduty"]);
		made.answer("1 sms", { read: "delivered" });
		const last = await made.tick(240);
		expect(last.logged.at(-1)).toEqual({ what: "incident-resolved", ...it, outcome: "everybody-told" });
		expect(last.items[0]).toMatchObject({ state: "closed", closedAt: seconds(240) });
		expect(await made.ledger.due(seconds(9999), 10)).toEqual([]);
	});

	test("the vendor is told about its own page: the same key, and a proof not older than the page's intent", async () => {
		const made = await world();
		await made.open(recovered([proven]));
		await made.tick(120);
		expect(made.orders[0]).toMatchObject({ dedupKey: proven.dedupKey, intendedAt: proven.intendedAt, details: { tier: "1" } });
		expect(made.orders[0]?.receipt).toBeUndefined();
	});

	test("before anybody was told it closes without a word, and what still waited is cancelled", async () => {
		const { open, tick } = await world();
		await open(recovered([page({ state: "given-up", failure: "rejected" })]));
		const { asked, logged, items } = await tick(120);
		expect({ asked, logged }).toEqual({ asked: [], logged: [{ what: "incident-resolved", ...it, outcome: "nobody-was-told" }] });
		expect(items[0]?.pages).toEqual([page({ state: "cancelled", failure: "rejected" })]);
	});

	test("an hour after it was told it closes all the same, and the record says that its end is unproven", async () => {
		const { open, tick } = await world({ answers: { "1 pagerduty": { read: "rejected" } } });
		await open(recovered([proven, recovery({ state: "accepted", acceptedAt: seconds(101) })]));
		expect((await tick(3699)).logged.map(({ what }) => what)).toEqual(["error"]);
		expect((await tick(3700)).logged.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
			"error rejected",
			"incident-resolved recovery-unproven",
		]);
	});

	test("an end whose teller died between its intent and the call is told again a minute later", async () => {
		const { open, tick } = await world({ answers: { "1 pagerduty": { read: "delivered" } } });
		await open(recovered([proven, recovery({ state: "sending", lastAttemptAt: seconds(120) })]));
		expect((await tick(179)).asked).toEqual(["read 1 pagerduty"]);
		expect((await tick(180)).asked).toEqual(["read 1 pagerduty", "resolve 1 pagerduty"]);
	});

	test("a vendor that could not be told is owed the end for a week, in growing steps, and then that is an error of its own", async () => {
		const { open, tick } = await world({ answers: { "1 pagerduty": { resolve: "rate-limited" } } });
		await open(recovered([proven, recovery({ state: "failed", failure: "rate-limited", attempts: 14 })]));
		expect((await tick(200)).asked).toEqual(["resolve 1 pagerduty"]);
		expect((await tick(259)).asked).toEqual([]);
		expect((await tick(260)).asked).toEqual(["resolve 1 pagerduty"]);
		expect((await tick(379)).asked).toEqual([]);
		expect((await tick(380)).asked).toEqual(["resolve 1 pagerduty"]);
		const week = 7 * 86_400 + 100;
		expect((await tick(week - 1)).logged.map(({ what }) => what)).toEqual(["page-failed"]);
		expect((await tick(week)).logged.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual([
			"error recovery-untold",
			"incident-resolved recovery-untold",
		]);
	});

	test("a refusal is told with its reason, and the place hears of it at the next tick", async () => {
		const made = await world({ answers: { "1 pagerduty": { resolve: "rate-limited" } } });
		await made.open(recovered([proven]));
		const { logged, items } = await made.tick(120);
		expect(logged).toEqual([
			{ what: "page-failed", ...first, attempt: 1, outcome: "rate-limited", detail: "recovery: the vendor is rate-limited" },
		]);
		expect(items[0]?.pages[1]).toEqual(recovery({ state: "failed", failure: "rate-limited" }));
		made.answer("1 pagerduty", {});
		const next = await made.tick(180);
		expect(next.logged).toEqual([{ what: "recovery-sent", ...first, attempt: 2, outcome: "accepted" }]);
		expect(next.items[0]?.pages[1]).toMatchObject({
			state: "accepted",
			attempts: 2,
			intendedAt: seconds(120),
			lastAttemptAt: seconds(180),
		});
	});

	test.each([
		{ name: "a text that failed, once more", kind: "sms", state: "failed", attempts: 2, asked: 1 },
		{ name: "a text that was refused, however often", kind: "sms", state: "failed", attempts: 9, asked: 1 },
		{ name: "a text that may have arrived, once more", kind: "sms", state: "failed", attempts: 2, doubtfulAt: seconds(120), asked: 1 },
		{
			name: "a text that may have arrived, at most as often as a page",
			kind: "sms",
			state: "failed",
			attempts: 3,
			doubtfulAt: seconds(120),
			asked: 0,
		},
		{
			name: "a text that was taken, at most as often as a page",
			kind: "sms",
			state: "unproven",
			attempts: 3,
			acceptedAt: seconds(120),
			asked: 0,
		},
		{ name: "a text that did not arrive", kind: "sms", state: "unproven", attempts: 2, asked: 1 },
		{ name: "PagerDuty for as long as it takes", kind: "pagerduty", state: "unproven", attempts: 30, asked: 1 },
		{ name: "one on its way is not told twice", kind: "pagerduty", state: "accepted", attempts: 1, asked: 0 },
		{ name: "one that is cancelled is told no more", kind: "pagerduty", state: "cancelled", attempts: 1, asked: 0 },
		{ name: "one that is proven is told no more", kind: "pagerduty", state: "proven", attempts: 1, asked: 0 },
	] as const)("told again: $name", async ({ kind, state, asked, name: _name, ...change }) => {
		const place = { channel: kind, kind };
		const made = await world();
		const item = recovered([page({ ...proven, ...place }), recovery({ ...place, state, ...change })]);
		await made.open(item);
		made.at(180);
		expect((await made.see(() => sendRecoveries(made.ports, item))).asked).toHaveLength(asked);
	});

	test("a place that the settings no longer have cannot be told, and does not keep the others from it", async () => {
		const { open, tick } = await world();
		await open(recovered([page({ ...proven, channel: "fax" }), proven]));
		const { asked, items } = await tick(120);
		expect(asked).toEqual(["resolve 1 pagerduty"]);
		expect(items[0]).toMatchObject({ state: "recovered" });
		expect(items[0]?.pages).toHaveLength(3);
	});

	test("an incident of which only such a place was told closes after the hour, and says why", async () => {
		const { open, tick } = await world();
		await open(recovered([page({ ...proven, channel: "fax" })]));
		expect((await tick(3699)).logged).toEqual([]);
		expect((await tick(3700)).logged).toEqual([{ what: "incident-resolved", ...it, outcome: "recovery-unproven" }]);
	});

	test("somebody who was told of the failure meanwhile keeps it open until he is told of its end", async () => {
		const made = await world();
		const late = page({ tier: 2, dedupKey: `${key}:1:2`, state: "accepted", acceptedAt: seconds(120) });
		const item = recovered([proven, recovery({ state: "proven" })]);
		await made.open({ ...item, pages: [...item.pages, late] });
		made.at(120);
		expect(await made.see(() => sendRecoveries(made.ports, item))).toMatchObject({ logged: [], items: [{ state: "recovered" }] });
	});

	test("a fault of ours is no vendor's refusal", async () => {
		const made = await world({ answers: { "1 pagerduty": { resolve: new TypeError("x is undefined") } } });
		await made.open(recovered([proven]));
		const { logged, items } = await made.tick(120);
		expect(logged).toEqual([{ what: "error", incident: key, outcome: "malformed", detail: "x is undefined" }]);
		expect(items[0]?.pages[1]).toMatchObject({ state: "sending" });
	});
});

describe("an occurrence that moved aside for the next one", () => {
	test("tells its end under its own place in the ledger, and leaves the new one alone", async () => {
		const made = await world();
		const fresh = incident({ occurrence: 2, openedAt: seconds(110) });
		await made.open(fresh);
		await made.open({ ...recovered([proven]), storedAs: `${key}#1` });
		const { logged, items } = await made.tick(120);
		expect(logged).toEqual([{ what: "recovery-sent", ...first, attempt: 1, outcome: "accepted" }]);
		expect(items).toMatchObject([
			{ occurrence: 2, pages: [] },
			{ occurrence: 1, pages: [{}, { purpose: "recovery", state: "accepted" }] },
		]);
		made.answer("1 pagerduty", { read: "resolved" });
		const next = await made.tick(150);
		expect(next.items.map(({ state }) => state)).toEqual(["open", "closed"]);
	});
});

describe("an acknowledgement in one place", () => {
	const acknowledged = { at: seconds(60), by: "Ada", tier: 2, channel: "pagerduty" };
	const answered = (pages: readonly Page[]): Incident => incident({ acknowledged, tier: 2, pages });
	const mirror = (change: Partial<Page> = {}): Page =>
		page({ purpose: "acknowledgement", by: "overseer", intendedAt: seconds(120), lastAttemptAt: seconds(120), ...change });

	test("is mirrored to every other open page, as an intent first, and proven like one", async () => {
		const made = await world();
		await made.open(answered([proven, text, { ...second, state: "proven" }]));
		const { asked, logged, items } = await made.tick(120);
		expect(asked).toEqual(["acknowledge 1 pagerduty"]);
		expect(logged).toEqual([{ what: "acknowledged", ...first, attempt: 1, outcome: "mirrored", detail: "mirrored from tier 2" }]);
		expect(items[0]?.pages[3]).toEqual(mirror({ state: "accepted", acceptances: 1, acceptedAt: seconds(120), receipt: proven.dedupKey }));
		made.answer("1 pagerduty", { read: "acknowledged" });
		expect((await made.tick(180)).logged).toEqual([
			{ what: "page-proven", ...first, outcome: "acknowledgement", detail: "read back: acknowledged" },
		]);
		expect((await made.tick(240)).asked).toEqual([]);
	});

	test("that is refused is told with its reason, and mirrored at the next tick", async () => {
		const made = await world({ answers: { "1 pagerduty": { acknowledge: "rejected" } } });
		await made.open(answered([proven]));
		const { logged, items } = await made.tick(120);
		expect(logged).toEqual([
			{ what: "page-failed", ...first, attempt: 1, outcome: "rejected", detail: "acknowledgement: the vendor is rejected" },
		]);
		expect(items[0]?.pages[1]).toEqual(mirror({ state: "failed", failure: "rejected" }));
		made.answer("1 pagerduty", {});
		expect((await made.tick(180)).logged.map(({ what, attempt }) => `${what} ${attempt}`)).toEqual(["acknowledged 2"]);
	});

	test("is not mirrored any more once it is over", async () => {
		const made = await world();
		const item = { ...recovered([proven, mirror({ state: "failed", failure: "unavailable" })]), acknowledged };
		await made.open(item);
		expect((await made.see(() => mirrorAcknowledgement(made.ports, item))).asked).toEqual([]);
	});

	test("ends the paging of everybody else", async () => {
		const answers: Answers = { read: "acknowledged", by: "Ada" };
		const { open, tick } = await world({ answers: { "2 pagerduty": answers } });
		await open(incident({ takenOver: { at: seconds(0), reason: "not-launched" }, tier: 2, pages: [proven, second] }));
		const { asked, logged } = await tick(900);
		expect(asked).toEqual(["read 1 pagerduty", "read 2 pagerduty", "acknowledge 1 pagerduty"]);
		expect(logged.map(({ what, tier }) => `${what} ${tier}`)).toEqual(["page-proven 2", "acknowledged 2", "acknowledged 1"]);
	});
});
