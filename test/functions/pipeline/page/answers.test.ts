import { describe, expect, test } from "vitest";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { proveAll } from "../../../../functions/pipeline/page/prove.ts";
import { incident, page, seconds } from "../fixtures.ts";
import { world } from "../world.ts";
import { accepted, ada, it, key, mirror, over, proveAt, proven, sms } from "./proving.ts";

describe("an acknowledgement that is read", () => {
	test.each([
		{ name: "acknowledged", read: "acknowledged", by: "Ada", as: "Ada" },
		{ name: "resolved by hand", read: "resolved", by: "Ada", as: "Ada" },
		{ name: "the vendor does not say by whom", read: "acknowledged", as: "somebody" },
		{ name: "the vendor says it by an address", read: "acknowledged", by: "ada@example.com", as: "ada" },
	] as const)("$name: it is the incident's, with who, where and when", async ({ read, as, ...rest }) => {
		const answer = "by" in rest ? { read, by: rest.by } : { read };
		const { logged, item } = await proveAt(10, incident({ pages: [page(proven)] }), answer);
		expect(logged).toEqual([{ what: "acknowledged", ...it, outcome: read, detail: `by ${as}` }]);
		const ended = read === "resolved" ? { resolvedAt: seconds(10) } : {};
		expect(item?.acknowledged).toEqual({ at: seconds(10), by: as, tier: 1, channel: "pagerduty", ...ended });
	});

	test("a page that is acknowledged at the first look is proven by it as well", async () => {
		const { logged } = await proveAt(10, incident({ pages: [page(accepted)] }), { read: "acknowledged" });
		expect(logged.map(({ what }) => what)).toEqual(["page-proven", "acknowledged"]);
	});

	test.each([
		{ name: "only there", item: incident({ pages: [page(proven)] }), read: "delivered" },
		{ name: "a text", item: incident({ pages: [page({ ...sms, ...accepted })] }), read: "acknowledged" },
		{ name: "a mirror of ours", item: incident({ pages: [page({ ...mirror, ...accepted })] }), read: "acknowledged" },
		{ name: "answered before", item: incident({ acknowledged: ada, pages: [page(accepted)] }), read: "acknowledged" },
		{ name: "recovered: resolved by our own word", item: incident({ ...over, pages: [page(accepted)] }), read: "resolved" },
	] as const)("$name: nobody has answered anew", async ({ item, read }) => {
		const made = await proveAt(10, item, { read, by: "Ben" });
		expect(made.logged.filter(({ what }) => what === "acknowledged")).toEqual([]);
		expect(made.item?.acknowledged).toEqual(item.acknowledged);
	});

	test("of a page that was told of another one's answer is our own word; that it was resolved is not", async () => {
		const pages = [page(proven), page({ ...mirror, ...proven })];
		expect((await proveAt(10, incident({ pages }), { read: "acknowledged", by: "primary" })).item?.acknowledged).toBeUndefined();
		expect((await proveAt(10, incident({ pages }), { read: "resolved", by: "Ada" })).item?.acknowledged).toMatchObject({ by: "Ada" });
	});

	test("of two people at the same look the first page's counts, and the other is no news", async () => {
		const pages = [page(proven), page({ channel: "sms", dedupKey: "other", ...proven })];
		const { logged, item } = await proveAt(10, incident({ pages }), { read: "acknowledged", by: "Ada" });
		expect(logged).toHaveLength(1);
		expect(item?.acknowledged).toMatchObject({ channel: "pagerduty" });
	});

	test("one that was written in between stands", async () => {
		const made = await world();
		const meanwhile = (): Promise<void> => made.rewrite(key, (item) => ({ ...item, acknowledged: ada }));
		made.answer("1 pagerduty", { meanwhile, read: "acknowledged", by: "Ben" });
		const item = incident({ pages: [page(proven)] });
		await made.open(item);
		expect((await proveAll(made.ports, item)).incident.acknowledged).toEqual(ada);
	});
});

describe("the vendor's own id of a record", () => {
	const readAs = async (recordId: string, item: Incident) => {
		const made = await world({ answers: { "1 pagerduty": { read: "delivered", recordId } } });
		await made.open(item);
		return { ...(await made.see(() => proveAll(made.ports, item))), ledger: made.ledger };
	};

	test("is written once, so that a webhook can name the page by it", async () => {
		const { items, ledger } = await readAs("Q1", incident({ pages: [page(proven)] }));
		expect(items[0]?.pages).toEqual([page({ ...proven, recordId: "Q1" })]);
		expect((await ledger.read(key))?.version).toBe(2);
		const again = await readAs("Q1", incident({ pages: [page({ ...proven, recordId: "Q1" })] }));
		expect((await again.ledger.read(key))?.version).toBe(1);
	});

	test("is that of its page, not of an end or of what was told of an answer", async () => {
		const pages = [page({ ...mirror, ...accepted })];
		const { items } = await readAs("Q1", incident({ acknowledged: ada, pages }));
		expect(items[0]?.pages).toEqual([expect.not.objectContaining({ recordId: "Q1" })]);
	});
});
