import { describe, expect, test } from "vitest";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { overseeAll } from "../../../../functions/pipeline/oversee/flow.ts";
import type { ExecutionStatus } from "../../../../functions/pipeline/ports.ts";
import { incident, page, reading, seconds } from "../fixtures.ts";
import { never, world } from "../world.ts";

const it = { incident: incident().key, occurrence: 1 };
const launched = { id: "launch-1", at: seconds(0), executionId: "execution-1" };
const claimed = { ...launched, claimedAt: seconds(5), seenAt: seconds(5) };
const proven = page({ state: "proven", acceptedAt: seconds(6), provenAt: seconds(10), receipt: "r" });
/** A claimed workflow whose first page is proven: nothing is left for the overseer to do but to look. */
const responding = incident({ tier: 1, pages: [proven], launch: claimed });
const inspect = ["status execution-1", "read 1 pagerduty"];
/** Who cannot say how far it came may have paged the next tier. */
const overseeAgain = [...inspect, "read 2 pagerduty"];

describe("a workflow in order is left alone", () => {
	test.each([
		{ name: "running", execution: "running" },
		{ name: "not known to Genesys Cloud yet", execution: "unknown" },
	] as const)("$name: it is only looked at", async ({ execution }) => {
		const { open, tick } = await world({ execution, leases: ["launch-1"] });
		await open(responding);
		expect(await tick(60)).toEqual({ asked: inspect, logged: [], items: [responding] });
	});

	test("before it is launched it has its time", async () => {
		const { open, tick } = await world();
		await open(incident());
		expect(await tick(59)).toEqual({ asked: [], logged: [], items: [incident()] });
	});

	test("one that ended in order is not asked about, and keeps what it said last", async () => {
		const { open, tick, held } = await world({ execution: "failed", leases: ["launch-1"] });
		const ended = { ...responding, launch: { ...claimed, endedAt: seconds(30), outcome: "exhausted" }, exhausted: seconds(30) };
		await open(ended);
		expect(await tick(60)).toEqual({ asked: ["read 1 pagerduty"], logged: [], items: [ended] });
		expect(await held()).toEqual(["launch-1"]);
	});

	test.each([
		{ name: "refused", execution: "unauthorized", outcome: "unauthorized" },
		{ name: "no answer", execution: "timeout", outcome: "timeout" },
	] as const)("a state that cannot be read ($name) is an error, and no reason to take over from one that talks", async (given) => {
		const { open, tick } = await world({ execution: given.execution, leases: ["launch-1"] });
		await open(responding);
		expect(await tick(60)).toEqual({
			asked: inspect,
			logged: [
				{ what: "error", ...it, outcome: given.outcome, detail: `the workflow's state could not be read: the vendor is ${given.outcome}` },
			],
			items: [responding],
		});
	});
});

describe("a workflow that cannot go on", () => {
	test("one that was never launched: the overseer says so and pages at the same tick", async () => {
		const { open, tick, orders } = await world();
		await open(incident());
		expect(await tick(60)).toEqual({
			asked: ["send 1 pagerduty"],
			logged: [
				{ what: "taken-over", ...it, outcome: "not-launched" },
				{ what: "page-sent", ...it, channel: "pagerduty", tier: 1, attempt: 1, outcome: "accepted" },
			],
			items: [
				incident({
					takenOver: { at: seconds(60), reason: "not-launched" },
					tier: 1,
					pages: [
						page({
							state: "accepted",
							by: "overseer",
							acceptances: 1,
							intendedAt: seconds(60),
							lastAttemptAt: seconds(60),
							acceptedAt: seconds(60),
							receipt: "sent-1",
						}),
					],
				}),
			],
		});
		expect(orders.map(({ dedupKey }) => dedupKey)).toEqual([`${incident().key}:1:1`]);
	});

	test("one that never claimed gives its lease to the next incident", async () => {
		const { open, tick, held } = await world({ leases: ["launch-0", "launch-1"] });
		await open(incident({ launch: launched }));
		const { logged, items } = await tick(60);
		expect(logged.slice(0, 2)).toEqual([
			{ what: "taken-over", ...it, outcome: "not-claimed" },
			{ what: "lease-released", ...it, outcome: "by-overseer" },
		]);
		expect(items[0]).toMatchObject({ takenOver: { at: seconds(60), reason: "not-claimed" }, launch: launched });
		expect(await held()).toEqual(["launch-0"]);
	});

	test("one that holds no lease gives none back", async () => {
		const { open, tick, held } = await world({ leases: ["launch-0"] });
		await open(incident({ launch: launched }));
		expect((await tick(60)).logged.map(({ what }) => what)).toEqual(["taken-over", "page-sent"]);
		expect(await held()).toEqual(["launch-0"]);
	});

	test("one that fell silent is taken over, and what it proved is not sent again", async () => {
		const { open, tick } = await world({ leases: ["launch-1"] });
		await open(responding);
		expect(await tick(195)).toEqual({
			asked: overseeAgain,
			logged: [
				{ what: "taken-over", ...it, outcome: "workflow-silent" },
				{ what: "lease-released", ...it, outcome: "by-overseer" },
			],
			items: [{ ...responding, takenOver: { at: seconds(195), reason: "workflow-silent" } }],
		});
	});

	test.each(["failed", "completed"] as const)(
		"one that %s without a last word is ended for it, its lease is free, and people are next",
		async (execution) => {
			const { open, tick, held } = await world({ execution, leases: ["launch-1"] });
			await open(responding);
			expect(await tick(60)).toEqual({
				asked: overseeAgain,
				logged: [
					{ what: "lease-released", ...it, outcome: "by-overseer" },
					{ what: "taken-over", ...it, outcome: "workflow-died" },
				],
				items: [
					{
						...responding,
						launch: { ...claimed, endedAt: seconds(60), outcome: execution },
						takenOver: { at: seconds(60), reason: "workflow-died" },
					},
				],
			});
			expect(await held()).toEqual([]);
			const next = await tick(310);
			expect(next.asked).toEqual(["read 1 pagerduty", "read 2 pagerduty", "send 2 pagerduty"]);
			expect(next.logged.map(({ what, outcome }) => [what, outcome])).toEqual([
				["escalated", "not-acknowledged"],
				["page-sent", "accepted"],
			]);
		},
	);

	test("one that died after the acknowledgement leaves nobody unanswered: its lease is free and nobody takes over", async () => {
		const { open, tick, held } = await world({ execution: "failed", leases: ["launch-1"] });
		const answered = { ...responding, acknowledged: { at: seconds(20), by: "Ada", tier: 1, channel: "pagerduty" } };
		await open(answered);
		expect(await tick(60)).toEqual({
			asked: ["status execution-1"],
			logged: [{ what: "lease-released", ...it, outcome: "by-overseer" }],
			items: [{ ...answered, launch: { ...claimed, endedAt: seconds(60), outcome: "failed" } }],
		});
		expect(await held()).toEqual([]);
	});
});

describe("while the overseer asks, others act", () => {
	const during = async (item: Incident, at: number, happened: (current: Incident) => Incident, execution: ExecutionStatus = "failed") => {
		const status = async () => {
			await made.rewrite(item.key, happened);
			return { status: execution };
		};
		const made = await world({ leases: ["launch-1"] });
		const ports = { ...made.ports, workflows: { ...made.ports.workflows, status } };
		await made.open(item);
		made.at(at);
		return { ...(await made.see(() => overseeAll(ports))), held: await made.held() };
	};

	test("a last word that came in between stands", async () => {
		const launch = { ...claimed, endedAt: seconds(59), outcome: "exhausted" };
		const { items } = await during(responding, 60, (current) => ({ ...current, launch }));
		expect(items[0]?.launch).toEqual(launch);
	});

	test("a newer launch is not ended by the death of the one before", async () => {
		const launch = { ...launched, id: "launch-2" };
		const { items } = await during(responding, 60, (current) => ({ ...current, launch }));
		expect(items[0]?.launch).toEqual(launch);
	});

	test("a recovery in between is told, and nobody takes over", async () => {
		const recovered = { state: "recovered", recoveredAt: seconds(60) } as const;
		const { asked, logged, items } = await during(responding, 60, (current) => ({ ...current, ...recovered }));
		// The workflow died without a last word: it may have paged the second tier and not written it down.
		expect(asked).toEqual(["resolve 1 pagerduty", "resolve 2 pagerduty"]);
		expect(logged.map(({ what }) => what)).toEqual(["lease-released", "recovery-sent", "recovery-sent"]);
		expect(items[0]?.takenOver).toBeUndefined();
	});

	test.each([
		{
			name: "before the overseer took over",
			item: incident({ launch: launched }),
			execution: "running",
			// It may have paged both tiers, and could never say so.
			last: { what: "recovery-sent", tier: 2 },
		},
		{
			name: "after somebody had answered",
			last: { what: "recovery-sent", tier: 2 },
			item: { ...responding, pages: [], acknowledged: { at: seconds(20), by: "Ada", tier: 1, channel: "pagerduty" } },
			execution: "failed",
		},
	] as const)("a recovery in between, $name, is taken up at the same tick", async ({ item, execution, last }) => {
		const recovered = { state: "recovered", recoveredAt: seconds(60) } as const;
		const { logged } = await during(item, 60, (current) => ({ ...current, ...recovered }), execution);
		expect(logged.at(-1)).toMatchObject({ ...it, ...last });
	});

	test("what somebody else took over in between keeps its first reason", async () => {
		const takenOver = { at: seconds(59), reason: "remedy-did-not-help" };
		const { items } = await during(responding, 60, (current) => ({ ...current, takenOver }));
		expect(items[0]?.takenOver).toEqual(takenOver);
	});
});

describe("what only the overseer can know is the overseer's from the first tick", () => {
	const own = incident({
		key: "inc:1:dev:platform-unreachable:genesys-cloud",
		condition: "platform-unreachable",
		reading: reading({ source: "overseer", condition: "platform-unreachable" }),
	});
	const blind = { firstSeenAt: seconds(0), failures: 3, failedAt: never, failure: "unreachable" } as const;

	test("without a wait, and without the news of a hand-over that never was", async () => {
		const { open, tick } = await world({ poller: blind });
		await open(own);
		const first = await tick(0);
		expect(first.asked).toEqual(["send 1 pagerduty"]);
		expect(first.logged.map(({ what }) => what)).toEqual(["incident-seen-again", "page-sent"]);
		expect(first.items[0]?.takenOver).toEqual({ at: seconds(0), reason: "overseer-only" });
		const second = await tick(30);
		expect(second.logged.map(({ what }) => what)).toEqual(["incident-seen-again"]);
		expect(second.items[0]?.takenOver).toEqual({ at: seconds(0), reason: "overseer-only" });
	});

	test("once it has recovered nobody takes it over", async () => {
		const { open, tick } = await world();
		await open({ ...own, state: "recovered", recoveredAt: seconds(0) });
		const { logged, items } = await tick(60);
		expect(logged).toEqual([{ what: "incident-resolved", incident: own.key, occurrence: 1, outcome: "nobody-was-told" }]);
		expect(items[0]?.takenOver).toBeUndefined();
	});
});
