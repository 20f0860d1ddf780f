import { describe, expect, test } from "vitest";
import type { Incident, Page } from "../../../../functions/pipeline/model/incident.ts";
import { incident, page, policy, seconds, settings } from "../fixtures.ts";
import { world } from "../world.ts";

const key = incident().key;
const it = { incident: key, occurrence: 1 };
const first = { ...it, channel: "pagerduty", tier: 1 };
const text = { ...it, channel: "sms", tier: 1 };
const second = { ...it, channel: "pagerduty", tier: 2 };
const taken = (change: Partial<Incident> = {}): Incident =>
	incident({ takenOver: { at: seconds(0), reason: "not-launched" }, tier: 1, ...change });
const own = (change: Partial<Page>): Page => page({ by: "overseer", ...change });
const sms = (change: Partial<Page>): Page => own({ channel: "sms", kind: "sms", ...change });
const last = own({ tier: 2, dedupKey: `${key}:1:2` });

describe("the overseer carries out the policy, a step after the other until it has to wait", () => {
	test("three refused attempts, a minute apart, then the fallback; its proof is waited for, and nobody answers", async () => {
		const { open, tick, answer } = await world({ answers: { "1 pagerduty": { send: "rejected" } } });
		await open(incident({ takenOver: { at: seconds(0), reason: "not-launched" } }));
		const failed = (attempt: number) => ({ what: "page-failed", ...first, attempt, outcome: "rejected" });
		expect(await tick(0)).toMatchObject({ asked: ["send 1 pagerduty"], logged: [failed(1)] });
		expect(await tick(29)).toMatchObject({ asked: [], logged: [] });
		expect(await tick(60)).toMatchObject({ asked: ["send 1 pagerduty"], logged: [failed(2)] });
		const third = await tick(120);
		expect(third).toEqual({
			asked: ["send 1 pagerduty", "send 1 sms"],
			logged: [failed(3), { what: "page-sent", ...text, attempt: 1, outcome: "accepted" }],
			items: [
				taken({
					pages: [
						own({ state: "given-up", attempts: 3, lastAttemptAt: seconds(120), failure: "rejected" }),
						sms({
							state: "accepted",
							intendedAt: seconds(120),
							lastAttemptAt: seconds(120),
							acceptedAt: seconds(120),
							acceptances: 1,
							receipt: "sent-2",
						}),
					],
				}),
			],
		});
		answer("1 sms", { read: "delivered" });
		expect(await tick(180)).toMatchObject({
			asked: ["read 1 sms", "send 1 pagerduty"],
			logged: [
				{ what: "page-proven", ...text, outcome: "page", detail: "read back: delivered" },
				{ what: "page-failed", ...first, outcome: "rejected", detail: "sent again under the same key" },
			],
		});
	});

	test("a page that is not proven by its deadline is called so, and its fallback is next", async () => {
		const { open, tick } = await world();
		await open(taken({ pages: [own({ state: "accepted", acceptedAt: seconds(0), acceptances: 1, receipt: "r" })] }));
		expect((await tick(59)).logged).toEqual([]);
		const { asked, logged, items } = await tick(60);
		expect(asked).toEqual(["read 1 pagerduty", "send 1 sms"]);
		expect(logged).toEqual([
			{ what: "page-unproven", ...first, outcome: "proof-deadline-passed" },
			{ what: "page-sent", ...text, attempt: 1, outcome: "accepted" },
		]);
		expect(items[0]?.pages[0]).toEqual(own({ state: "unproven", acceptedAt: seconds(0), acceptances: 1, receipt: "r" }));
	});

	test("a tier that nobody answers is left for the next one, which is entered at that moment", async () => {
		const { open, tick } = await world({ answers: { "1 pagerduty": { read: "delivered" } } });
		await open(taken({ pages: [own({ state: "proven", acceptedAt: seconds(0), provenAt: seconds(5), receipt: "r" })] }));
		expect((await tick(304)).logged).toEqual([]);
		const { logged, items } = await tick(305);
		expect(logged).toEqual([
			{ what: "escalated", ...it, tier: 2, outcome: "not-acknowledged" },
			{ what: "page-sent", ...second, attempt: 1, outcome: "accepted" },
		]);
		expect(items[0]).toMatchObject({ tier: 2 });
	});

	test("a whole tier that cannot be reached is left at once", async () => {
		const { open, tick } = await world();
		const pages = [own({ state: "failed", attempts: 3, failure: "forbidden" }), sms({ state: "failed", attempts: 3, failure: "rejected" })];
		await open(taken({ pages }));
		const { asked, logged, items } = await tick(1);
		expect(asked).toEqual(["send 2 pagerduty"]);
		expect(logged.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual(["escalated tier-unreachable", "page-sent accepted"]);
		expect(items[0]?.pages.map(({ state, failure }) => `${state} ${failure}`)).toEqual([
			"given-up forbidden",
			"given-up rejected",
			"accepted undefined",
		]);
	});

	test("after the last tier the policy is exhausted: said once, and still nobody is forgotten", async () => {
		const { open, tick } = await world({ answers: { "2 pagerduty": { read: "delivered" } } });
		await open(taken({ tier: 2, pages: [{ ...last, state: "proven", acceptedAt: seconds(0), provenAt: seconds(0), receipt: "r" }] }));
		const { logged, items } = await tick(300);
		expect(logged).toEqual([{ what: "exhausted", ...it, tier: 2, outcome: "last-tier-not-acknowledged" }]);
		expect(items[0]?.exhausted).toBe(seconds(300));
		expect((await tick(360)).logged).toEqual([]);
	});

	test("an attempt of which nobody heard again is given up as unreachable when it was the last one", async () => {
		const { open, tick } = await world({ answers: { "1 pagerduty": { read: "absent" } } });
		await open(taken({ pages: [own({ state: "sending", attempts: 3 })] }));
		const { items, asked } = await tick(60);
		expect(asked).toEqual(["read 1 pagerduty", "send 1 sms"]);
		expect(items[0]?.pages[0]).toMatchObject({ state: "given-up", failure: "unreachable" });
	});

	test("what another executor is sending at this moment is waited for, and is no error", async () => {
		const { open, tick } = await world({ execution: "failed" });
		await open(
			incident({
				tier: 1,
				launch: { id: "launch-1", at: seconds(0), executionId: "execution-1", claimedAt: seconds(49), seenAt: seconds(50) },
				pages: [page({ by: "workflow", intendedAt: seconds(50), lastAttemptAt: seconds(50) })],
			}),
		);
		const { asked, logged } = await tick(60);
		expect(asked).toEqual(["status execution-1", "read 1 pagerduty", "read 2 pagerduty"]);
		expect(logged).toEqual([{ what: "taken-over", ...it, outcome: "workflow-died" }]);
		expect((await tick(110)).logged).toEqual([{ what: "page-sent", ...first, attempt: 1, outcome: "accepted" }]);
	});

	test("where every vendor refuses at once and nothing is waited for, the whole policy is walked in one tick", async () => {
		const impatient = { ...settings, policies: { default: { ...policy, waitsSeconds: [0, 0] } } };
		const refused = { send: "rejected" } as const;
		const { open, tick } = await world({
			settings: impatient,
			answers: { "1 pagerduty": refused, "1 sms": refused, "2 pagerduty": refused },
		});
		await open(incident({ takenOver: { at: seconds(0), reason: "not-launched" } }));
		const { asked, logged } = await tick(0);
		const thrice = (what: string) => [what, what, what];
		expect(asked).toEqual([...thrice("send 1 pagerduty"), ...thrice("send 1 sms"), ...thrice("send 2 pagerduty")]);
		expect(logged.filter(({ what }) => what !== "page-failed")).toEqual([
			{ what: "escalated", ...it, tier: 2, outcome: "tier-unreachable" },
			{ what: "exhausted", ...it, tier: 2, outcome: "last-tier-unreachable" },
		]);
	});

	test("an incident that is lost from the ledger in between ends in an error, not in a loop", async () => {
		let reads = 0;
		const { open, tick } = await world({
			ledger: (ledger) => ({
				...ledger,
				read: (name) => {
					if (name === key) reads += 1;
					return name === key && reads > 2 ? Promise.resolve(undefined) : ledger.read(name);
				},
			}),
		});
		await open(incident({ takenOver: { at: seconds(0), reason: "not-launched" } }));
		expect(await tick(0)).toMatchObject({
			asked: [],
			logged: [
				{
					what: "error",
					incident: key,
					outcome: "misconfigured",
					detail: `Expected the policy to come to a wait within 21 steps for ${key}`,
				},
			],
		});
	});

	test("a policy without a tier is exhausted at once", async () => {
		const none = { ...settings, policies: { default: { ...policy, tiers: [] } } };
		const { open, tick } = await world({ settings: none });
		await open(incident({ takenOver: { at: seconds(0), reason: "not-launched" } }));
		expect((await tick(0)).logged).toEqual([{ what: "exhausted", ...it, tier: 0, outcome: "last-tier-unreachable" }]);
	});
});

describe("somebody is faster", () => {
	/** Changes the ledger while the place's vendor is asked. */
	const during = async (pages: readonly Page[], happened: (item: Incident) => Incident, at: number) => {
		const made = await world();
		made.answer("1 pagerduty", { meanwhile: () => made.rewrite(key, happened) });
		await made.open(taken({ pages }));
		return made.tick(at);
	};

	test("an acknowledgement that comes while a page is sent ends the policy", async () => {
		const acknowledged = { at: seconds(0), by: "Ada", tier: 1, channel: "sms" };
		const { items, logged } = await during([], (item) => ({ ...item, acknowledged }), 0);
		expect(logged.map(({ what }) => what)).toEqual(["page-sent"]);
		expect(items[0]).toMatchObject({ acknowledged, pages: [{ state: "accepted" }] });
	});

	test("a tier that was entered in between is not entered again", async () => {
		const pages = [own({ state: "proven", acceptedAt: seconds(0), provenAt: seconds(0), receipt: "r" })];
		const { items } = await during(pages, (item) => ({ ...item, tier: 2 }), 300);
		expect(items[0]).toMatchObject({ tier: 2 });
	});

	test("what was exhausted in between keeps its moment", async () => {
		const pages = [
			own({ state: "accepted", acceptedAt: seconds(0), acceptances: 1, receipt: "r" }),
			sms({ state: "given-up", failure: "rejected" }),
		];
		const { items } = await during(pages, (item) => ({ ...item, tier: 3, exhausted: seconds(1) }), 60);
		expect(items[0]).toMatchObject({ exhausted: seconds(1) });
	});
});
