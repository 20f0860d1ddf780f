import { describe, expect, test } from "vitest";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { incident, page, seconds } from "../fixtures.ts";
import { world } from "../world.ts";

const it = { incident: incident().key, occurrence: 1 };
const proven = page({ state: "proven", acceptedAt: seconds(1), provenAt: seconds(10), receipt: "r" });
const news = { what: "stale", ...it, detail: "open and unacknowledged for 900 s" };
/** The workflow talks, and has not come further than its first page. */
const responding = (change: Partial<Incident> = {}): Incident =>
	incident({
		tier: 1,
		launch: { id: "launch-1", at: seconds(0), executionId: "execution-1", claimedAt: seconds(1), seenAt: seconds(880) },
		pages: [proven],
		...change,
	});

describe("an incident that is fifteen minutes old and unacknowledged", () => {
	test("is escalated to every place that has no page yet, once, whatever the workflow is doing", async () => {
		const { open, tick } = await world();
		await open(responding());
		expect((await tick(899)).logged).toEqual([]);
		const { asked, logged, items } = await tick(900);
		expect(asked).toEqual(["status execution-1", "read 1 pagerduty", "send 1 sms", "send 2 pagerduty"]);
		expect(logged).toEqual([
			news,
			{ what: "page-sent", ...it, channel: "sms", tier: 1, attempt: 1, outcome: "accepted" },
			{ what: "page-sent", ...it, channel: "pagerduty", tier: 2, attempt: 1, outcome: "accepted" },
		]);
		expect(items[0]).toMatchObject({ stale: seconds(900), tier: 2, launch: responding().launch });
		expect(items[0]?.takenOver).toBeUndefined();
		expect(items[0]?.pages.map(({ by, state }) => `${by} ${state}`)).toEqual(["workflow proven", "overseer accepted", "overseer accepted"]);
		expect((await tick(960)).logged).toEqual([]);
	});

	test("is not, once somebody has acknowledged it", async () => {
		const { open, tick } = await world();
		await open(responding({ acknowledged: { at: seconds(301), by: "Ada", tier: 1, channel: "pagerduty" } }));
		expect(await tick(900)).toMatchObject({ asked: ["status execution-1"], logged: [] });
	});

	test("is said to be stale also where no place is left, and its policy goes on at the same tick", async () => {
		const pages = [
			proven,
			page({ channel: "sms", kind: "sms", state: "unproven", acceptedAt: seconds(1), acceptances: 3 }),
			page({ tier: 2, state: "proven", acceptedAt: seconds(600), provenAt: seconds(600), receipt: "r" }),
		];
		const { open, tick } = await world({ answers: { "1 pagerduty": { read: "delivered" }, "2 pagerduty": { read: "delivered" } } });
		await open(incident({ takenOver: { at: seconds(60), reason: "not-launched" }, tier: 2, pages }));
		expect((await tick(900)).logged).toEqual([news, { what: "exhausted", ...it, tier: 2, outcome: "last-tier-not-acknowledged" }]);
	});

	test("keeps the moment at which it was first said to be stale", async () => {
		const made = await world();
		const meanwhile = (): Promise<void> => made.rewrite(it.incident, (item) => ({ ...item, stale: seconds(899) }));
		made.answer("1 pagerduty", { meanwhile });
		await made.open(responding());
		expect((await made.tick(900)).items[0]?.stale).toBe(seconds(899));
	});
});
