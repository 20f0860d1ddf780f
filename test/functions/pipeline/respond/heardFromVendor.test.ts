import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import type { Incident, Page } from "../../../../functions/pipeline/model/incident.ts";
import { EdgeError, type Entry } from "../../../../functions/pipeline/ports.ts";
import { hear, heardFromVendor, type VendorNews } from "../../../../functions/pipeline/respond/heardFromVendor.ts";
import { incident, page, policy, seconds, settings } from "../fixtures.ts";

const at = 60;
const key = page().dedupKey;
const proven = page({ state: "proven", acceptedAt: seconds(2), provenAt: seconds(5) });
const accepted = page({ state: "accepted", acceptedAt: seconds(2) });
const place = { serviceId: "PRIMARY1" };
const news = (change: Partial<VendorNews> = {}): VendorNews => ({
	kind: "pagerduty",
	credential: "pagerduty-primary",
	dedupKey: key,
	event: "acknowledged",
	by: "Ada",
	occurredAt: seconds(at - 1),
	place,
	...change,
});
const item = (change: Partial<Incident> = {}): Incident => incident({ tier: 1, pages: [proven], ...change });
const told = (about: Incident | undefined, change: Partial<VendorNews> = {}, now = at) => hear(settings, about, news(change), seconds(now));
const ada = { at: seconds(at), by: "Ada", tier: 1, channel: "pagerduty" };
const byId = ({ dedupKey: _key, ...rest }: VendorNews, receipt: string): VendorNews => ({ ...rest, receipt });

describe("an answer that a vendor tells", () => {
	test("is the incident's, as if it had been read, and dates the page", () => {
		const { reason, incident: written, told: entries } = told(item());
		expect(reason).toBe("heard");
		expect(written).toEqual(item({ acknowledged: ada, pages: [{ ...proven, heardAt: seconds(at - 1) }] }));
		const about = { incident: item().key, occurrence: 1, channel: "pagerduty", tier: 1 };
		expect(entries).toEqual([{ what: "acknowledged", ...about, outcome: "acknowledged", detail: "by Ada" }]);
	});

	test("proves its page on its way", () => {
		const { incident: written, told: entries } = told(item({ pages: [accepted] }));
		expect(entries.map(({ what }) => what)).toEqual(["page-proven", "acknowledged"]);
		expect(written?.pages).toEqual([{ ...accepted, state: "proven", provenAt: seconds(at), heardAt: seconds(at - 1) }]);
	});

	test.each([
		{ name: "an address", by: "ada.lovelace@example.com", as: "ada.lovelace" },
		{ name: "several lines", by: "Ada\n\tLovelace\u202e\u0000 ", as: "Ada Lovelace" },
		{ name: "too much", by: "a".repeat(5000), as: `${"a".repeat(61)}...` },
		{ name: "nothing that shows", by: " \u200b\n", as: "tier 1 by pagerduty" },
	])("is by one short line, where the vendor says $name", ({ by, as }) => {
		expect(told(item(), { by }).incident?.acknowledged?.by).toBe(as);
	});

	test("by nobody who is named is the tier's", () => {
		const { by: _by, ...unnamed } = news();
		expect(hear(settings, item(), unnamed, seconds(at)).incident?.acknowledged?.by).toBe("tier 1 by pagerduty");
	});

	test("is found by the vendor's own id, once it was read, or as the receipt; and by our key first", () => {
		const heard = (pages: readonly Page[], said: VendorNews) => hear(settings, item({ pages }), said, seconds(at)).reason;
		expect(heard([{ ...proven, recordId: "Q1" }], byId(news(), "Q1"))).toBe("heard");
		expect(heard([{ ...proven, receipt: "Q1" }], byId(news(), "Q1"))).toBe("heard");
		expect(heard([proven], byId(news(), "Q1"))).toBe("not-ours");
		expect(heard([{ ...proven, recordId: "Q1" }], news({ receipt: "Q1", dedupKey: `${key}0` }))).toBe("not-ours");
	});

	test("a second time is known, whoever gives it, and writes nothing", () => {
		const answered = item({
			acknowledged: ada,
			pages: [proven, page({ ...proven, tier: 2, dedupKey: "inc:1:dev:trunk-down:base-1:1:2" })],
		});
		expect(told(answered)).toEqual({ reason: "already-known", told: [] });
		const elsewhere = { dedupKey: "inc:1:dev:trunk-down:base-1:1:2", credential: "pagerduty-secondary", place: { serviceId: "PSECOND2" } };
		expect(told(answered, { ...elsewhere, by: "Ben" })).toEqual({ reason: "already-known", told: [] });
		expect(told(answered, { ...elsewhere, event: "unacknowledged" })).toEqual({ reason: "already-known", told: [] });
	});

	test("is one where a workflow could not write down what it sent", () => {
		const launch = { id: "l", at: seconds(0), claimedAt: seconds(0), endedAt: seconds(50), outcome: "failed" };
		const { reason, incident: written } = told(incident({ tier: 1, launch }));
		expect(reason).toBe("heard");
		expect(written?.acknowledged).toEqual(ada);
		expect(written?.pages).toMatchObject([{ tier: 1, channel: "pagerduty", state: "proven" }]);
	});
});

describe("what is told of another page is none of ours", () => {
	test.each<{ name: string; about?: Incident; change?: Partial<VendorNews> }>([
		{ name: "no page has this key", change: { dedupKey: "inc:1:dev:trunk-down:base-1:1:2" } },
		{ name: "another credential's secret was known", change: { credential: "pagerduty-secondary" } },
		{ name: "another kind's", change: { kind: "sms", credential: "twilio", place: {} } },
		{ name: "another place", change: { place: { serviceId: "PSECOND2" } } },
		{ name: "the document names no place", change: { place: { serviceId: "" } } },
		{ name: "it was never sent", about: item({ pages: [page({ state: "owed" })] }) },
		{ name: "it was refused", about: item({ pages: [page({ state: "failed", failure: "rejected" })] }) },
		{ name: "it was cancelled", about: item({ pages: [page({ ...accepted, state: "cancelled" })] }) },
		{ name: "only its end went there", about: item({ pages: [page({ ...accepted, purpose: "recovery" })] }) },
		{ name: "its channel is not in the settings any more", about: item({ pages: [page({ ...proven, channel: "fax" })] }) },
	])("$name", ({ about = item(), change = {} }) => {
		expect(told(about, change)).toEqual({ reason: "not-ours", told: [] });
	});

	test("no incident at all", () => expect(told(undefined)).toEqual({ reason: "not-ours", told: [] }));
});

describe("what is told too late, or of what is over, changes nothing", () => {
	test.each<{ name: string; about?: Incident; change?: Partial<VendorNews>; now?: number; reason: string }>([
		{ name: "an hour old", now: 3659, change: { occurredAt: seconds(59) }, reason: "out-of-window" },
		{ name: "of a clock that is more than five minutes ahead", change: { occurredAt: seconds(at + 301) }, reason: "out-of-window" },
		{ name: "from before its page", change: { occurredAt: seconds(-301) }, reason: "out-of-window" },
		{
			name: "from before what was told last",
			about: item({ pages: [{ ...proven, heardAt: seconds(at) }] }),
			reason: "older-than-known",
		},
		{ name: "closed", about: item({ state: "closed" }), reason: "not-open" },
		{ name: "recovered", about: item({ state: "recovered" }), reason: "not-open" },
		{
			name: "of an earlier round whose end is on its way",
			about: item({ round: 2, pages: [proven, page({ ...accepted, purpose: "recovery" })] }),
			reason: "already-known",
		},
		{ name: "of a round that began as an answer expired", about: item({ round: 2, answerExpired: true }), reason: "already-known" },
	])("$name: $reason", ({ about = item(), change = {}, now = at, reason }) => {
		expect(told(about, change, now)).toEqual({ reason, told: [] });
	});

	test("without a date it counts for a day", () => {
		const { occurredAt: _at, ...undated } = news();
		const reasonAt = (now: number) => hear(settings, item(), undated, seconds(now)).reason;
		expect([reasonAt(86_399), reasonAt(86_400)]).toEqual(["heard", "out-of-window"]);
	});

	test("the answer to a page of an earlier round counts until people have a newer one", () => {
		expect(told(item({ round: 2 })).incident?.acknowledged).toEqual(ada);
	});
});

describe("an answer that is taken back, or a page that is ended by hand", () => {
	const answered = item({ acknowledged: ada, exhausted: seconds(50) });

	test("waits for another answer from now on", () => {
		const { incident: written, told: entries } = told(answered, { event: "unacknowledged" });
		expect(written).toEqual(item({ waitsFrom: seconds(at), pages: [{ ...proven, heardAt: seconds(at - 1) }] }));
		expect(entries).toMatchObject([{ what: "unacknowledged", outcome: "withdrawn", detail: "the answer of Ada" }]);
	});

	test("before anybody answered it is no news", () => {
		expect(told(item(), { event: "unacknowledged" })).toEqual({ reason: "already-known", told: [] });
	});

	test("by hand is an answer until it is told again, before an answer and after one", () => {
		const first = told(item(), { event: "resolved" });
		expect(first.incident?.acknowledged).toEqual({ ...ada, resolvedAt: seconds(at) });
		expect(first.told).toMatchObject([{ what: "acknowledged", outcome: "resolved", detail: "by Ada" }]);
		const later = told(item({ acknowledged: { ...ada, at: seconds(10) } }), { event: "resolved", by: "Ben" });
		expect(later.incident?.acknowledged).toEqual({ ...ada, at: seconds(10), resolvedAt: seconds(at) });
		expect(told(later.incident, { event: "resolved" })).toEqual({ reason: "already-known", told: [] });
	});

	test("and opened and answered again is the answer that it was", () => {
		const ended = item({ acknowledged: { ...ada, resolvedAt: seconds(20) } });
		expect(told(ended).incident?.acknowledged).toEqual(ada);
		expect(told(ended, { event: "unacknowledged" }).incident?.acknowledged).toBeUndefined();
	});
});

describe("what becomes of a message", () => {
	const text = { channel: "sms", kind: "sms", state: "accepted", acceptedAt: seconds(2), receipt: "SM1" } as const;
	const ofText = (about: Page, event: VendorNews["event"]) => {
		const { by: _by, occurredAt: _at, ...rest } = news({ kind: "sms", credential: "twilio", place: {}, event });
		return hear(settings, item({ pages: [about] }), rest, seconds(at));
	};

	test("proves it, and keeps its receipt", () => {
		const { incident: written, told: entries } = ofText(page(text), "delivered");
		expect(written?.pages).toEqual([page({ ...text, state: "proven", provenAt: seconds(at) })]);
		expect(entries).toMatchObject([{ what: "page-proven", channel: "sms", detail: "its vendor says: delivered" }]);
		expect(ofText(page({ ...text, state: "proven", provenAt: seconds(3) }), "delivered")).toEqual({ reason: "already-known", told: [] });
	});

	test("or that it did not arrive: its next channel need not wait for the deadline", () => {
		expect(ofText(page(text), "failed").incident?.pages).toEqual([page({ ...text, state: "unproven" })]);
		expect(ofText(page({ ...text, state: "proven", provenAt: seconds(3) }), "failed")).toEqual({ reason: "already-known", told: [] });
	});

	test("is no answer by its arrival", () => {
		const answered = item({ acknowledged: ada });
		expect(told(answered, { event: "delivered" })).toEqual({ reason: "already-known", told: [] });
		expect(told(answered, { event: "failed" })).toEqual({ reason: "already-known", told: [] });
	});
});

describe("a channel that only informs", () => {
	const informed = { ...policy, tiers: policy.tiers.map((tier, index) => (index > 0 ? tier : { ...tier, informs: [informing] })) };
	const notice = page({ ...accepted, channel: "beside", policy: "default" });
	const about = (change: Partial<Incident> = {}) => item({ pages: [], notices: [notice], round: 2, ...change });
	const heard = (given: Incident, event: VendorNews["event"]) =>
		hear(
			{ ...settings, policies: { default: informed } },
			given,
			news({ event, credential: "pagerduty-beside", place: { serviceId: "PBESIDE" } }),
			seconds(at),
		);

	test("may be where somebody answers, in whatever round", () => {
		const { reason, incident: written } = heard(about(), "acknowledged");
		expect(reason).toBe("heard");
		expect(written).toEqual(about({ acknowledged: { ...ada, channel: "beside", round: 2 } }));
	});

	test("answers nothing by its end", () => {
		expect(heard(about(), "resolved")).toEqual({ reason: "already-known", told: [] });
		const answered = about({ acknowledged: { ...ada, channel: "beside", round: 2 } });
		expect(heard(answered, "resolved").incident?.acknowledged?.resolvedAt).toBe(seconds(at));
	});
});

const informing = { kind: "pagerduty", name: "beside", service: "beside", serviceId: "PBESIDE" } as const;

describe("the ledger", () => {
	const world = async (...items: readonly Incident[]) => {
		const clock = { now: () => seconds(at) };
		const ledger = memoryLedger(clock);
		for (const each of items) await ledger.write(each.storedAs ?? each.key, each, 0, { dueAt: seconds(0) });
		const logged: Entry[] = [];
		return { ledger, logged, ports: { clock, ledger, settings, journal: { log: (entry: Entry) => void logged.push(entry) } } };
	};

	test("is written once, with one line of the journal", async () => {
		const { ports, ledger, logged } = await world(item());
		expect([await heardFromVendor(ports, news()), await heardFromVendor(ports, news())]).toEqual(["heard", "already-known"]);
		expect((await ledger.read(item().key))?.version).toBe(2);
		expect(logged.map(({ what }) => what)).toEqual(["acknowledged"]);
	});

	test("is searched for a vendor's id, and finds an occurrence that moved aside as well", async () => {
		const aside = item({ state: "recovered", storedAs: `${item().key}#1`, pages: [{ ...accepted, recordId: "Q1" }] });
		const { ports, ledger } = await world(item({ occurrence: 2, pages: [{ ...proven, recordId: "Q2" }] }), aside);
		expect(await heardFromVendor(ports, byId(news(), "Q2"))).toBe("heard");
		expect(await heardFromVendor(ports, byId(news(), "Q3"))).toBe("not-ours");
		expect(await heardFromVendor(ports, byId(news(), "Q1"))).toBe("heard");
		expect((await ledger.read(`${item().key}#1`))?.value).toMatchObject({ pages: [{ state: "proven" }] });
	});

	test.each(["", "x", "inc:1:dev:trunk-down:base-1", "inc:1:dev:coffee-cold:b:1:1"])('is not even read for "%s"', async (dedupKey) => {
		const { ports } = await world();
		const unread = () => Promise.reject(new Error("Expected the ledger not to be read"));
		expect(await heardFromVendor({ ...ports, ledger: { ...ports.ledger, read: unread } }, news({ dedupKey }))).toBe("not-ours");
	});

	test("that is out of reach is told to the vendor, who repeats", async () => {
		const { ports, logged } = await world(item());
		const lost = () => Promise.reject(new EdgeError("unavailable", "DynamoDB: expected to write, got 500", { retry: true }));
		await expect(heardFromVendor({ ...ports, ledger: { ...ports.ledger, write: lost } }, news())).rejects.toThrow("got 500");
		expect(logged).toEqual([]);
	});
});
