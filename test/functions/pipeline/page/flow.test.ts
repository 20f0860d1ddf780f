import { describe, expect, test } from "vitest";
import { changeIncident, itemKey } from "../../../../functions/pipeline/ledger/incidents.ts";
import { failureOf, orderOf, readPage, type SendKind, sendPage, troubleOf } from "../../../../functions/pipeline/page/flow.ts";
import type { Place } from "../../../../functions/pipeline/page/rules.ts";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";
import type { Channel } from "../../../../functions/pipeline/settings.ts";
import { incident, page, remediation, seconds, settings } from "../fixtures.ts";
import { type Answers, world } from "../world.ts";

const key = incident().key;
const first = { incident: key, occurrence: 1, channel: "pagerduty", tier: 1 };
const channel: Channel = { kind: "pagerduty", name: "pagerduty", service: "primary", serviceId: "PRIMARY1" };
const place: Place = { tier: 1, channel };
const at = (second: number) => ({ settings, clock: { now: () => seconds(second) } });

describe("what a vendor is asked to page", () => {
	test("holds all that the person on call needs, with nothing in place of what is not known", () => {
		expect(orderOf(at(0), incident(), page(), channel)).toStrictEqual({
			channel,
			dedupKey: `${key}:1:1`,
			severity: "high",
			summary: "[DEV] SIP trunk Frankfurt-1 is down",
			title: "[DEV] SIP trunk Frankfurt-1 is down",
			body: expect.stringMatching(/^\[DEV\] SIP trunk Frankfurt-1 is down\nSince: 2026-01-05 08:00 UTC \(less than a minute ago\)\n/),
			source: "Frankfurt-1",
			urgency: "first-page",
			details: {
				condition: "trunk-down",
				environment: "dev",
				occurrence: "1",
				tier: "1",
				openedAt: "2026-01-05T08:00:00.000Z",
				reason: "not-connected",
				children: "",
				health: "as the summary says",
				approval: "",
			},
			intendedAt: seconds(0),
		});
	});

	test("what the failure brought with it is in the summary and in the details", () => {
		const children = [{ key: "c", condition: "queue-overflow", name: "Support", since: seconds(1) }] as const;
		const { summary, details } = orderOf(at(0), incident({ children }), page({ tier: 2, receipt: "r" }), channel);
		expect(summary).toBe("[DEV] SIP trunk Frankfurt-1 is down; with it: Support (queue-overflow)");
		expect(details).toMatchObject({ children: "with it: Support (queue-overflow)", tier: "2" });
	});

	test("a receipt goes with it, and whatever came since the incident opened is this page", () => {
		const sent = page({ intendedAt: seconds(5) });
		const order = orderOf(
			at(0),
			incident({ pages: [sent] }),
			page({ purpose: "recovery", intendedAt: seconds(99), receipt: "r" }),
			channel,
		);
		expect(order).toMatchObject({ intendedAt: incident().openedAt, receipt: "r" });
	});

	test("news of a page says what its vendor called that page, and a page says nothing of the kind", () => {
		const sent = page({ receipt: "r" });
		const threadOf = (item: Parameters<typeof page>[0]) => orderOf(at(0), incident({ pages: [sent] }), page(item), channel).thread;
		expect([threadOf({}), threadOf({ purpose: "recovery" }), threadOf({ purpose: "acknowledgement" })]).toEqual([undefined, "r", "r"]);
		expect(threadOf({ purpose: "recovery", tier: 2 })).toBeUndefined();
	});

	test("the approval link, for as long as it may be used", () => {
		const run = { reason: "x", mode: "approve", remedy: remediation().remedy, by: "workflow", undoAttempts: 0 } as const;
		const link = "https://approve.example/1";
		const approval = (remedy: typeof run & { readonly state: "offered" | "skipped"; readonly link?: string }) =>
			orderOf(at(0), incident({ remedy }), page(), channel).details;
		expect(approval({ ...run, state: "offered", link })).toMatchObject({ approval: link });
		expect(approval({ ...run, state: "skipped", link })).toMatchObject({ approval: "" });
		expect(approval({ ...run, state: "offered" })).toMatchObject({ approval: "" });
	});
});

describe("sending one page", () => {
	const send = async (answers: Answers, by: "workflow" | "dispatcher" | "overseer", change = {}, how: SendKind = "attempt") => {
		const made = await world({ answers: { "1 pagerduty": answers } });
		await made.open(incident(change));
		made.at(30);
		const seen = await made.see(() => sendPage(made.ports, { key, occurrence: 1 }, place, by, how));
		return { ...seen, pages: seen.items[0]?.pages, orders: made.orders };
	};

	test("the intent is written before the vendor is asked, and the incident stays on the due list while it is", async () => {
		const made = await world();
		let during: unknown;
		const meanwhile = (): void => {
			const item = made.ledger.items().find((stored) => stored.key === key);
			during = { pages: Object(item?.value).pages, dueAt: item?.dueAt };
		};
		made.answer("1 pagerduty", { meanwhile });
		await made.open(incident({ openedAt: seconds(-7) }));
		await sendPage(made.ports, { key, occurrence: 1 }, place, "overseer");
		expect(during).toEqual({ pages: [page({ by: "overseer" })], dueAt: seconds(-7) });
	});

	test.each([
		{ by: "overseer", how: "attempt", state: "failed" },
		{ by: "overseer", how: "once", state: "given-up" },
		{ by: "dispatcher", how: "once", state: "given-up" },
		{ by: "overseer", how: "again", state: "given-up" },
	] as const)("refused, by the $by ($how) → $state", async ({ by, how, state }) => {
		const { logged, pages } = await send({ send: "forbidden" }, by, {}, how);
		const attempt = how === "again" ? { detail: "sent again under the same key" } : { attempt: 1 };
		expect(logged).toEqual([{ what: "page-failed", ...first, ...attempt, outcome: "forbidden" }]);
		expect(pages?.[0]).toMatchObject({ by, state, failure: "forbidden" });
	});

	test.each([
		{ how: "attempt", attempts: 0, failure: "budget-spent" },
		{ how: "once", attempts: 0, failure: "circuit-open" },
		{ how: "again", attempts: 0, failure: "budget-spent" },
	] as const)("refused by our own allowance ($how): no attempt was made, and the page is owed", async ({ how, attempts, failure }) => {
		const { logged, pages } = await send({ send: failure }, "overseer", {}, how);
		expect(logged).toMatchObject([{ what: "page-failed", outcome: failure, detail: "nothing was sent: it waits its turn" }]);
		expect(pages?.[0]).toMatchObject({ state: "owed", attempts, failure });
	});

	test("somebody who was faster is found at the intent: nothing is sent, nothing is told", async () => {
		const pages = [page({ state: "accepted" })];
		expect(await send({}, "dispatcher", { pages })).toMatchObject({ asked: [], logged: [], pages });
	});

	test("the answer that comes back is the incident as it then stands", async () => {
		const made = await world();
		await made.open(incident());
		const sent = await sendPage(made.ports, { key, occurrence: 1 }, place, "dispatcher");
		expect(sent?.pages[0]).toMatchObject({ state: "accepted", receipt: "sent-1" });
		expect(await sendPage(made.ports, { key, occurrence: 1 }, place, "dispatcher")).toEqual(sent);
		expect(await sendPage(made.ports, { key: "inc:1:dev:trunk-down:other", occurrence: 1 }, place, "dispatcher")).toBeUndefined();
	});

	test("a fault of ours is no vendor's refusal", async () => {
		await expect(send({ send: new TypeError("x is undefined") }, "overseer")).rejects.toThrow("x is undefined");
		const made = await world({ answers: { "1 pagerduty": { read: new TypeError("x is undefined") } } });
		await expect(readPage(made.ports, incident(), page())).rejects.toThrow("x is undefined");
	});
});

describe("changing an incident", () => {
	const due = async (item: Parameters<typeof incident>[0], decide: Parameters<typeof changeIncident>[2]) => {
		const made = await world();
		await made.ledger.write(key, incident(item), 0);
		const changed = await changeIncident(made.ports, { key, occurrence: 1 }, decide);
		const { version, dueAt } = made.ledger.items().find((stored) => stored.key === key) ?? {};
		return { changed, version, dueAt };
	};

	test("keeps it on the due list, until it is closed", async () => {
		const open = await due({ openedAt: seconds(7) }, (item) => ({ ...item, tier: 1 }));
		expect(open).toEqual({ changed: incident({ openedAt: seconds(7), tier: 1 }), version: 2, dueAt: seconds(7) });
		expect(await due({}, (item) => ({ ...item, state: "closed" }))).toMatchObject({ version: 2, dueAt: undefined });
	});

	test.each([
		{ name: "nothing", decide: () => undefined },
		{ name: "the same", decide: (item: ReturnType<typeof incident>) => item },
	])("writes nothing where $name is decided, and says how it stands", async ({ decide }) => {
		expect(await due({}, decide)).toEqual({ changed: incident(), version: 1, dueAt: undefined });
	});

	test("what is not there is not made", async () => {
		const made = await world();
		expect(await changeIncident(made.ports, { key, occurrence: 1 }, () => incident())).toBeUndefined();
		expect(made.ledger.items().map((item) => item.key)).not.toContain(key);
	});

	test("an occurrence that moved aside is under its own key", () => {
		expect([itemKey(incident()), itemKey(incident({ storedAs: `${key}#1` }))]).toEqual([key, `${key}#1`]);
	});
});

describe("what went wrong", () => {
	test("has its reason from the closed set, or is a fault of ours", () => {
		const edge = new EdgeError("timeout", "no answer", { retry: true });
		expect(failureOf(edge)).toBe(edge);
		expect(troubleOf(edge)).toEqual({ outcome: "timeout", detail: "no answer" });
		expect(troubleOf(new TypeError("x is undefined"))).toEqual({ outcome: "malformed", detail: "x is undefined" });
		expect(troubleOf("thrown text")).toEqual({ outcome: "malformed", detail: "thrown text" });
		expect(() => failureOf(new TypeError("x is undefined"))).toThrow(TypeError);
	});
});
