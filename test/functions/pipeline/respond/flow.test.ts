import { describe, expect, test } from "vitest";
import { readItem } from "../../../../functions/pipeline/ledger/store.ts";
import type { Leases } from "../../../../functions/pipeline/limits/leases.ts";
import { leasesKey } from "../../../../functions/pipeline/model/keys.ts";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";
import { answerClaim, answerRead, answerRecord, answerRelease } from "../../../../functions/pipeline/respond/flow.ts";
import { asker, incident, page, recordRequest, seconds } from "../fixtures.ts";
import { never, type World, world } from "../world.ts";

const key = incident().key;
const it = { incident: key, occurrence: 1 };
const stranger = { ...asker, launchId: "launch-2" };
const launch = { id: "launch-1", at: seconds(0), executionId: "execution-1" };
const launched = incident({ launch });
const due = ({ ledger }: World): number | undefined => ledger.items().find((item) => item.key === key)?.dueAt;

/** One question of the workflow five seconds in, and what came of it. */
async function ask<A>(
	item: ReturnType<typeof incident>,
	question: (ports: World["ports"]) => Promise<A>,
	leases: readonly string[] = ["launch-0", "launch-1"],
) {
	const made = await world({ leases });
	await made.open(item);
	made.at(5);
	const given: A[] = [];
	const seen = await made.see(async () => given.push(await question(made.ports)));
	return { answer: given[0], logged: seen.logged, item: seen.items[0], dueAt: due(made), held: await made.held() };
}

describe("the workflow's first question", () => {
	test("the owner is told so, and how much else there is to do", async () => {
		expect(await ask(launched, (ports) => answerClaim(ports, asker))).toEqual({
			answer: { answer: "owner", reason: "owner", openIncidents: 1, leasesInUse: 2 },
			logged: [{ what: "workflow-claimed", who: "workflow", ...it, outcome: "owner" }],
			item: { ...launched, launch: { ...launch, claimedAt: seconds(5), seenAt: seconds(5) } },
			dueAt: seconds(0),
			held: ["launch-0", "launch-1"],
		});
	});

	test("a stranger is refused with the reason, and leaves no trace in the incident", async () => {
		const { answer, logged, item } = await ask(launched, (ports) => answerClaim(ports, stranger), []);
		expect(answer).toEqual({ answer: "not-owner", reason: "other-launch", openIncidents: 1, leasesInUse: 0 });
		expect(logged).toEqual([{ what: "workflow-refused", who: "workflow", ...it, outcome: "other-launch" }]);
		expect(item).toEqual(launched);
	});

	test("a claim before any lease was ever taken counts none", async () => {
		const made = await world({
			ledger: (ledger) => ({ ...ledger, read: (name) => (name.startsWith("leases:") ? Promise.resolve(undefined) : ledger.read(name)) }),
		});
		await made.open(launched);
		expect(await answerClaim(made.ports, asker)).toMatchObject({ answer: "owner", leasesInUse: 0 });
	});

	test("open incidents are counted to a hundred: above it only the order of magnitude matters", async () => {
		const made = await world();
		await made.open(launched);
		for (let count = 0; count < 100; count += 1) await made.open(incident({ key: `inc:1:dev:trunk-down:t-${count}` }));
		expect(await answerClaim(made.ports, asker)).toMatchObject({ openIncidents: 100 });
	});
});

describe("what the workflow records", () => {
	const failed = { receipt: "", detail: "failed service.unavailable 503" };
	test.each([
		{
			what: "page-sent",
			change: { receipt: "r" },
			news: { channel: "pagerduty", tier: 1, attempt: 1 },
			page: { state: "accepted", receipt: "r" },
		},
		{
			what: "page-failed",
			change: failed,
			news: { channel: "pagerduty", tier: 1, attempt: 1, outcome: "unavailable", detail: failed.detail },
			page: { state: "failed", failure: "unavailable" },
		},
		{
			what: "page-proven",
			change: { receipt: "r", attempt: 0 },
			news: { channel: "pagerduty", tier: 1 },
			page: { state: "proven", provenAt: seconds(5) },
		},
		{ what: "page-unproven", change: { attempt: 0 }, news: { channel: "pagerduty", tier: 1 }, page: { state: "unproven" } },
	] as const)("$what is told in its name and joined to the page", async ({ what, change, news, page: becomes }) => {
		const { logged, item, dueAt } = await ask({ ...launched, pages: [page()] }, (ports) =>
			answerRecord(ports, recordRequest(what, change)),
		);
		expect(logged).toEqual([{ what, who: "workflow", ...it, ...news }]);
		expect(item?.pages[0]).toMatchObject(becomes);
		expect(item?.launch?.seenAt).toBe(seconds(5));
		expect(dueAt).toBe(seconds(0));
	});

	test.each([
		{ what: "page-sending", state: "sending", attempts: 2 },
		{ what: "page-given-up", state: "given-up", attempts: 1 },
	] as const)("$what is no news, and is written all the same", async ({ what, state, attempts }) => {
		const { logged, item } = await ask({ ...launched, pages: [page({ state: "failed", failure: "timeout" })] }, (ports) =>
			answerRecord(ports, recordRequest(what)),
		);
		expect(logged).toEqual([]);
		expect(item?.pages[0]).toMatchObject({ state, attempts });
	});

	test("what is about no page names none", async () => {
		const about = { channel: "", tier: 0, attempt: 0, detail: "2 credentials work" };
		const { logged } = await ask(launched, (ports) => answerRecord(ports, recordRequest("credentials-checked", about)));
		expect(logged).toEqual([{ what: "credentials-checked", who: "workflow", ...it, detail: "2 credentials work" }]);
	});

	test("the workflow hears where its incident stands", async () => {
		const pages = [page({ state: "proven", provenAt: seconds(2), receipt: "r" })];
		const { answer } = await ask({ ...launched, pages }, (ports) => answerRecord(ports, recordRequest("page-sending")));
		expect(answer).toEqual({
			proceed: false,
			reason: "already-proven",
			proven: true,
			acknowledged: false,
			recovered: false,
			receipt: "r",
			summary: "[DEV] SIP trunk Frankfurt-1 is down",
			shortText: "[DEV] HIGH: SIP trunk Frankfurt-1 is down",
			title: "[DEV] SIP trunk Frankfurt-1 is down",
			body: expect.stringMatching(
				/^\[DEV\] SIP trunk Frankfurt-1 is down\nSince: 2026-01-05 08:00 UTC \(.* ago\)\n(.*\n)*Reference: .*, tier 1\n/,
			),
			spoken: "On-call page, high: DEV SIP trunk Frankfurt-1 is down",
			acknowledgeUrl: "",
		});
	});

	test("a late word about a closed incident is kept, and does not bring it back on the list", async () => {
		const closed = incident({ launch, state: "closed", closedAt: seconds(4), pages: [page()] });
		const { item, dueAt } = await ask(closed, (ports) => answerRecord(ports, recordRequest("page-sent", { receipt: "r" })));
		expect(item).toMatchObject({ state: "closed", pages: [{ state: "accepted" }] });
		expect(dueAt).toBeUndefined();
	});
});

describe("the workflow's lease", () => {
	const until = async (ledger: World["ledger"]): Promise<number | undefined> =>
		(await readItem<Leases>(ledger, leasesKey("dev")))?.held.find(({ launchId }) => launchId === launch.id)?.until;

	test("is renewed by its words, at most every two minutes, and ends ten minutes after the last one", async () => {
		const made = await world({ leases: [launch.id] });
		await made.open(launched);
		made.at(119);
		await answerRead(made.ports, { ...asker, tier: 1 });
		expect(await until(made.ledger)).toBe(never);
		made.at(120);
		await answerRead(made.ports, { ...asker, tier: 1 });
		expect(await until(made.ledger)).toBe(seconds(720));
		made.at(180);
		await answerRecord(made.ports, recordRequest("page-sending"));
		expect(await until(made.ledger)).toBe(seconds(720));
		made.at(245);
		await answerRecord(made.ports, recordRequest("page-sending"));
		expect(await until(made.ledger)).toBe(seconds(845));
	});

	test("that cannot be renewed keeps nobody from an answer", async () => {
		const made = await world({
			ledger: (ledger) => ({
				...ledger,
				read: (name) =>
					name.startsWith("leases:") ? Promise.reject(new EdgeError("timeout", "late", { retry: true })) : ledger.read(name),
			}),
		});
		await made.open(launched);
		made.at(300);
		expect(await answerRead(made.ports, { ...asker, tier: 1 })).toMatchObject({ proceed: true });
	});
});

describe("while the workflow waits", () => {
	test("its question is a sign of life, and no news", async () => {
		expect(await ask(launched, (ports) => answerRead(ports, { ...asker, tier: 1 }))).toMatchObject({
			answer: { proceed: true, reason: "owner", acknowledged: false, recovered: false },
			logged: [],
			item: { launch: { ...launch, seenAt: seconds(5) } },
			dueAt: seconds(0),
		});
	});

	test("a stranger's question writes nothing", async () => {
		const { answer, item } = await ask(launched, (ports) => answerRead(ports, { ...stranger, tier: 1 }));
		expect(answer).toEqual({ proceed: false, reason: "other-launch", acknowledged: false, recovered: false });
		expect(item).toEqual(launched);
	});
});

describe("the workflow's last word", () => {
	test("ends its launch and frees its lease, and no other", async () => {
		const { answer, logged, item, held, dueAt } = await ask(launched, (ports) =>
			answerRelease(ports, { ...asker, outcome: "acknowledged", tierReached: 1 }),
		);
		expect(answer).toEqual({ answer: "released", reason: "acknowledged" });
		expect(logged).toEqual([{ what: "lease-released", ...it, outcome: "by-workflow" }]);
		expect(item?.launch).toEqual({ ...launch, endedAt: seconds(5), outcome: "acknowledged" });
		expect(held).toEqual(["launch-0"]);
		expect(dueAt).toBe(seconds(0));
	});

	test("said again, or without a lease, it is no news", async () => {
		const { answer, logged, held } = await ask(
			launched,
			(ports) => answerRelease(ports, { ...asker, outcome: "acknowledged", tierReached: 1 }),
			["launch-0"],
		);
		expect(answer).toEqual({ answer: "released", reason: "no-lease-held" });
		expect(logged).toEqual([]);
		expect(held).toEqual(["launch-0"]);
	});

	test("about an incident that is gone still frees the lease", async () => {
		const made = await world({ leases: ["launch-1"] });
		expect(await answerRelease(made.ports, { ...asker, outcome: "done", tierReached: 1 })).toEqual({ answer: "released", reason: "done" });
		expect(await made.held()).toEqual([]);
	});
});
