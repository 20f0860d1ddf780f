import { describe, expect, test } from "vitest";
import { changeIncident } from "../../../../functions/pipeline/ledger/incidents.ts";
import type { OverseePorts } from "../../../../functions/pipeline/oversee/flow.ts";
import { proveAll, provePage } from "../../../../functions/pipeline/page/prove.ts";
import { withPageNews } from "../../../../functions/pipeline/page/rules.ts";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";
import { incident, page, seconds } from "../fixtures.ts";
import { world } from "../world.ts";
import { accepted, ada, it, mirror, over, proveAt, proven, recovery, sms } from "./proving.ts";

describe("what is read back", () => {
	test.each([
		{ name: "accepted", it: page(accepted), read: true },
		{ name: "unproven", it: page({ ...accepted, state: "unproven" }), read: true },
		{ name: "perhaps sent", it: page({ state: "sending" }), read: true },
		{ name: "timed out", it: page({ state: "failed", failure: "timeout" }), read: true },
		{ name: "connection lost, given up", it: page({ state: "given-up", failure: "unreachable" }), read: true },
		{ name: "timed out, given up", it: page({ state: "given-up", failure: "timeout" }), read: true },
		{ name: "refused", it: page({ state: "failed", failure: "rejected" }), read: false },
		{ name: "refused, given up", it: page({ state: "given-up", failure: "forbidden" }), read: false },
		{ name: "cancelled", it: page({ state: "cancelled", failure: "timeout" }), read: false },
		{ name: "proven: somebody may have acknowledged it since", it: page(proven), read: true },
		{ name: "a proven text: nothing can come of it any more", it: page({ ...sms, ...proven }), read: false },
		{ name: "a proven recovery", it: page({ ...recovery, ...proven }), read: false },
		{ name: "a proven mirror", it: page({ ...mirror, ...proven }), read: false },
	] as const)("$name: $read", async ({ it: made, read }) => {
		expect((await proveAt(10, incident({ pages: [made] }), {})).asked).toEqual(read ? [`read 1 ${made.channel}`] : []);
	});

	test.each([
		{ name: "acknowledged", change: { acknowledged: ada } },
		{ name: "recovered", change: over },
	])("a proven page is not looked at any more once the incident is $name", async ({ change: answered }) => {
		expect((await proveAt(10, incident({ ...answered, pages: [page(proven)] }), {})).asked).toEqual([]);
	});
});

describe("what a reading proves", () => {
	const given = { pagerduty: page(accepted), sms: page({ ...sms, ...accepted }) };
	const logged = {
		recovery: page({ ...recovery, ...accepted }),
		smsRecovery: page({ ...recovery, ...sms, ...accepted }),
		mirror: page({ ...mirror, ...accepted }),
	};
	test.each([
		{ what: "a page", it: given.pagerduty, proofs: ["delivered", "acknowledged", "resolved"] },
		{ what: "a text", it: given.sms, proofs: ["delivered"] },
		{ what: "a recovery", it: logged.recovery, proofs: ["resolved"] },
		{ what: "a text of a recovery", it: logged.smsRecovery, proofs: ["delivered"] },
		{ what: "a mirrored acknowledgement", it: logged.mirror, proofs: ["acknowledged", "resolved"] },
	])("$what is proven by $proofs and by nothing else", async ({ it: made, proofs }) => {
		const state = made.purpose === "recovery" ? over : { acknowledged: ada };
		for (const read of ["absent", "pending", "delivered", "acknowledged", "resolved", "failed"] as const) {
			const { pages } = await proveAt(10, incident({ ...state, pages: [made] }), { read });
			expect(`${read}: ${pages[0]?.state === "proven"}`).toBe(`${read}: ${proofs.includes(read)}`);
		}
	});

	test.each([
		{ it: page(accepted), outcome: "page", read: "delivered" },
		{ it: page({ ...recovery, ...accepted }), outcome: "recovery", read: "resolved" },
		{ it: page({ ...mirror, ...accepted }), outcome: "acknowledgement", read: "acknowledged" },
	] as const)("the proof of a $outcome is told once, with its receipt and its moment", async ({ it: made, outcome, read }) => {
		const state = outcome === "recovery" ? over : { acknowledged: ada };
		const { logged: news, pages } = await proveAt(10, incident({ ...state, pages: [made] }), { read });
		expect(news).toEqual([{ what: "page-proven", ...it, outcome, detail: `read back: ${read}` }]);
		expect(pages).toEqual([{ ...made, state: "proven", provenAt: seconds(10), receipt: "read-pagerduty" }]);
	});

	test("a page that was given up and is there after all is proven", async () => {
		const lost = page({ state: "given-up", failure: "timeout", attempts: 3 });
		const { logged: news, pages } = await proveAt(70, incident({ pages: [lost] }), { read: "delivered" });
		expect(news.map(({ what }) => what)).toEqual(["page-proven"]);
		expect(pages[0]).toMatchObject({ state: "proven", acceptedAt: seconds(70), provenAt: seconds(70) });
	});
});

describe("a page that is missing", () => {
	test.each([
		{ name: "before its deadline it has its time", it: page(accepted), read: "absent", at: 59, called: false },
		{ name: "at its deadline it is unproven", it: page(accepted), read: "absent", at: 60, called: true },
		{ name: "a text that failed, at its deadline", it: page({ ...sms, ...accepted }), read: "failed", at: 60, called: true },
		{
			name: "a text on its way has until the policy's own deadline",
			it: page({ ...sms, ...accepted }),
			read: "pending",
			at: 60,
			called: false,
		},
		{ name: "never accepted: nothing to prove yet", it: page({ state: "sending" }), read: "absent", at: 60, called: false },
		{ name: "sent once more after it was accepted", it: page({ ...accepted, state: "sending" }), read: "absent", at: 60, called: false },
		{ name: "unproven before: said once", it: page({ ...accepted, state: "unproven" }), read: "absent", at: 120, called: false },
	] as const)("$name", async ({ it: made, read, at, called }) => {
		const { logged, pages } = await proveAt(at, incident({ pages: [made] }), { read });
		expect(logged).toEqual(called ? [{ what: "page-unproven", ...it, channel: made.channel, outcome: read }] : []);
		expect(pages).toEqual([called ? { ...made, state: "unproven" } : made]);
	});

	test("a page that cannot be read is an error and stays as it is, and the next one is read", async () => {
		const pages = [page({ ...accepted, channel: "fax" }), page(accepted), page({ ...sms, ...accepted })];
		const made = await proveAt(70, incident({ pages }), { read: "timeout" });
		expect(made.asked).toEqual(["read 1 pagerduty", "read 1 sms"]);
		expect(made.logged.map(({ what, channel }) => `${what} ${channel}`)).toEqual(["error pagerduty", "error sms"]);
		expect(made.pages).toEqual(pages);
	});
});

describe("what a vendor lost of a recovery or a mirror is told again", () => {
	test.each([
		{ name: "a recovery that PagerDuty does not show", it: page({ ...recovery, ...accepted }), read: "delivered", state: "unproven" },
		{ name: "a recovery of a page that is gone", it: page({ ...recovery, ...accepted }), read: "absent", state: "unproven" },
		{ name: "a text of the recovery that failed", it: page({ ...recovery, ...sms, ...accepted }), read: "failed", state: "unproven" },
		{ name: "a text of the recovery that is lost", it: page({ ...recovery, ...sms, ...accepted }), read: "absent", state: "unproven" },
		{
			name: "a text of the recovery on its way takes its time",
			it: page({ ...recovery, ...sms, ...accepted }),
			read: "pending",
			state: "accepted",
		},
		{ name: "a recovery whose fate is not known", it: page({ ...recovery, state: "sending" }), read: "delivered", state: "sending" },
		{
			name: "a recovery that failed and is perhaps there",
			it: page({ ...recovery, state: "failed", failure: "timeout" }),
			read: "absent",
			state: "failed",
		},
	] as const)("$name → $state, and nothing is told", async ({ it: made, read, state }) => {
		const origin = page({ channel: made.channel, kind: made.kind, ...proven });
		const { logged, pages } = await proveAt(10, incident({ ...over, pages: [origin, made] }), { read });
		expect(logged).toEqual([]);
		expect(pages).toEqual([origin, { ...made, state }]);
	});

	test.each([
		{ read: "delivered", state: "unproven" },
		{ read: "absent", state: "unproven" },
	] as const)("a mirror that reads $read → $state", async ({ read, state }) => {
		const lost = page({ ...mirror, ...accepted });
		const { logged, pages } = await proveAt(10, incident({ acknowledged: ada, pages: [page(proven), lost] }), { read });
		expect(logged).toEqual([]);
		expect(pages).toEqual([page(proven), { ...lost, state }]);
	});

	test.each([
		{ name: "a recovery of it is there, not resolved yet", change: over, it: page({ ...recovery, ...accepted }), read: "delivered" },
		{ name: "a mirror to it is lost", change: { acknowledged: ada }, it: page({ ...mirror, ...accepted }), read: "absent" },
	] as const)("a page that was never proven: $name, and is told again", async ({ change, it: made, read }) => {
		const { logged, pages } = await proveAt(10, incident({ ...change, pages: [page({ state: "given-up", failure: "rejected" }), made] }), {
			read,
		});
		expect(logged).toEqual([]);
		expect(pages[1]).toEqual({ ...made, state: "unproven" });
	});

	test("a recovery of a page that the vendor never had has nothing to resolve", async () => {
		const lost = page({ ...accepted, state: "unproven" });
		const end = page({ ...recovery, ...accepted });
		const { logged, pages } = await proveAt(10, incident({ ...over, pages: [lost, end] }), { read: "absent" });
		expect(logged).toEqual([
			{ what: "page-unproven", ...it, outcome: "recovery", detail: "the vendor has no such page: nothing to resolve" },
		]);
		expect(pages).toEqual([lost, { ...end, state: "cancelled" }]);
	});

	test.each([
		{ name: "is told again while its vendor may only be slow", at: 299, state: "unproven" },
		{ name: "is given up once it had its time to be found", at: 300, state: "cancelled" },
	])("a recovery of a page that somebody has deleted $name", async ({ at, state }) => {
		const [had, end] = [page(proven), page({ ...recovery, ...accepted, intendedAt: seconds(0) })];
		const { pages } = await proveAt(at, incident({ ...over, pages: [had, end] }), { read: "absent" });
		expect(pages[1]).toEqual({ ...end, state });
	});
});

describe("a text that nobody could write down", () => {
	const launch = { id: "l", at: seconds(0), claimedAt: seconds(0), endedAt: seconds(5), outcome: "failed" };

	test.each(["sent", "pending"] as const)("and that reads %s is written, so that its proof and its end are looked for", async (read) => {
		const { pages } = await proveAt(10, incident({ ...over, tier: 1, launch, pages: [] }), { read });
		expect(pages).toEqual([
			expect.objectContaining({ channel: "sms", state: "accepted", by: "workflow", acceptances: 1, acceptedAt: seconds(10) }),
		]);
	});
});

describe("a message whose answer was lost, once it is over", () => {
	const lost = { channel: "sms", state: "failed", failure: "unreachable", doubtfulAt: seconds(1) } as const;
	const end = { ...recovery, channel: "sms", state: "failed", failure: "unreachable", dedupKey: `${page().dedupKey}:recovery` } as const;

	test.each([
		{ kind: "sms", state: "cancelled", why: "its text would have been found" },
		{ kind: "voice", state: "failed", why: "a call is found by its receipt alone" },
		{ kind: "email", state: "failed", why: "a message is found by its receipt alone" },
	] as const)("and that is absent, is $state by $kind: $why", async ({ kind, state }) => {
		const alone = await proveAt(10, incident({ ...over, pages: [page({ ...lost, kind })] }), { read: "absent" });
		expect(alone.pages.map((each) => each.state)).toEqual([state]);
		const both = await proveAt(10, incident({ ...over, pages: [page({ ...lost, kind }), page({ ...end, kind })] }), { read: "absent" });
		expect(both.pages.map((each) => each.state)).toEqual([state, state]);
	});
});

describe("what somebody writes while a vendor is asked", () => {
	test("stands: a page that was sent meanwhile is not cancelled", async () => {
		const sending = page({ ...sms, state: "sending", by: "workflow" });
		const made = await world();
		await made.open(incident({ ...over, pages: [sending] }));
		const pagers: OverseePorts["pagers"] = (channel) => ({
			...made.ports.pagers(channel),
			read: async () => {
				await changeIncident(made.ports, incident(), (item) =>
					withPageNews(item, sending, { what: "accepted", receipt: "SM1" }, seconds(9)),
				);
				return { state: "absent" };
			},
		});
		const { logged, items } = await made.see(async () => {
			await proveAll({ ...made.ports, pagers }, incident({ ...over, pages: [sending] }));
		});
		expect(items[0]?.pages).toEqual([expect.objectContaining({ state: "accepted", receipt: "SM1" })]);
		expect(logged).toEqual([]);
	});
});

describe("the end of a text that is not proven", () => {
	const text = page({ ...sms, ...accepted });
	const end = page({ ...sms, ...recovery, state: "failed", failure: "timeout", attempts: 2, dedupKey: `${text.dedupKey}:recovery` });

	/** The vendor does not know the end; of the text itself it says `ofText`. */
	const proveBoth = (ofText: "absent" | "delivered" | "timeout") =>
		proveAt(10, incident({ ...over, pages: [text, end] }), { read: "absent" }, async (ports, open) => {
			const pagers: OverseePorts["pagers"] = (channel) => ({
				...ports.pagers(channel),
				read: async ({ dedupKey }) => {
					if (dedupKey === end.dedupKey || ofText === "absent") return { state: "absent" };
					if (ofText === "timeout") throw new EdgeError("timeout", "late", { retry: true });
					return { state: "delivered", receipt: "SM1" };
				},
			});
			return (await provePage({ ...ports, pagers }, open, end)).incident;
		});

	test.each(["delivered", "timeout"] as const)("is owed on where the text reads %s", async (ofText) => {
		const { pages } = await proveBoth(ofText);
		expect(pages[1]).toEqual({ ...end, attempts: 0 });
	});

	test("is nothing to tell where the vendor never had the text either", async () => {
		expect((await proveBoth("absent")).pages[1]).toEqual({ ...end, state: "cancelled" });
	});
});
