import { describe, expect, test } from "vitest";
import { flightKey, leasesKey } from "../../../../functions/pipeline/model/keys.ts";
import { failureReasons } from "../../../../functions/pipeline/ports.ts";
import { answerBegin } from "../../../../functions/pipeline/run.ts";
import { page, remediation, seconds } from "../fixtures.ts";
import { interfering, overwrite } from "../interference.ts";
import { claimed, expires, flight, inEffect, key, linkText, overseer, remedyWorld, workflow } from "../remedyWorld.ts";
import { about, failing, fault, holder, order } from "./remedyStories.ts";

const skipped = (reason: string) => ({ decision: "skipped", reason, approvalUrl: "" });

const failureTable = failureReasons.map((reason) => ({ reason }));

describe("a remedy that is begun", () => {
	test("is looked at, done once with what was found before, and written with all that undoing needs", async () => {
		const { ports, item, value, orders, logged, dueAt } = await remedyWorld({ acts: { inspect: async () => "off" } });
		expect(await answerBegin(ports, workflow)).toEqual({ decision: "begun", reason: "acted", approvalUrl: "" });
		expect(orders).toEqual([
			["look", order],
			["act", { ...order, before: "off" }],
		]);
		expect((await item()).remedy).toEqual(inEffect({ before: "off" }));
		expect(await value(flight)).toEqual({ holder, begunAt: seconds(0) });
		expect(logged).toEqual([{ what: "remediated", ...about, who: "workflow", outcome: "webhook", detail: "has 180 s to help" }]);
		expect([dueAt(), (await item()).launch?.seenAt]).toEqual([seconds(0), seconds(0)]);
	});

	test.each([
		{ by: "overseer", who: "overseer" },
		{ by: "person", who: "normalizer" },
	] as const)("by the $by is told by the $who", async ({ by, who }) => {
		const { ports, logged, item } = await remedyWorld();
		await answerBegin(ports, { ...overseer, by });
		expect(logged).toMatchObject([{ what: "remediated", who }]);
		expect(await item()).toMatchObject({ remedy: { by }, launch: { id: "launch-1" } });
		expect((await item()).launch).not.toHaveProperty("seenAt");
	});

	test("belongs to the workflow that owns the incident", async () => {
		const { ports, logged, orders } = await remedyWorld();
		const gone = { decision: "gone", reason: "not-owner", approvalUrl: "" };
		expect(await answerBegin(ports, { ...workflow, launchId: "launch-2" })).toEqual(gone);
		expect(await answerBegin(ports, { ...workflow, occurrence: 2 })).toEqual(gone);
		expect(await answerBegin(ports, { ...overseer, incidentKey: "inc:1:dev:trunk-down:base-9" })).toEqual(gone);
		expect([logged, orders]).toEqual([[], []]);
	});

	test("is not the workflow's where the overseer has taken over", async () => {
		const { ports } = await remedyWorld({ about: { takenOver: { at: seconds(0), reason: "not-claimed" } } });
		expect(await answerBegin(ports, workflow)).toMatchObject({ decision: "gone" });
		expect(await answerBegin(ports, overseer)).toMatchObject({ decision: "begun" });
	});
});

describe("a remedy that is offered", () => {
	test("is written with its link and its end, and nothing is told: the link is a secret", async () => {
		const { ports, item, links, logged, orders, dueAt } = await remedyWorld({ of: { mode: "approve" } });
		const approvalUrl = `https://hook.test/approve?text=${linkText}`;
		expect(await answerBegin(ports, workflow)).toEqual({ decision: "offered", reason: "offer", approvalUrl });
		expect(links).toEqual([{ incidentKey: key, occurrence: 1, expires }]);
		expect((await item()).remedy).toEqual({
			state: "offered",
			reason: "offer",
			mode: "approve",
			remedy: remediation().remedy,
			by: "workflow",
			undoAttempts: 0,
			expiresAt: seconds(300),
			link: approvalUrl,
		});
		expect([logged, orders, dueAt()]).toEqual([[], [], seconds(0)]);
		expect(await answerBegin(ports, overseer)).toEqual({ decision: "offered", reason: "already-offered", approvalUrl });
		expect(links).toHaveLength(1);
	});

	test("by somebody faster is not offered a second time", async () => {
		const { ports, change, item } = await remedyWorld({ of: { mode: "approve" } });
		const theirs = inEffect({ state: "skipped", reason: "load" });
		const { link } = ports.approvals;
		ports.approvals.link = async (...asked) => {
			await change({ remedy: theirs });
			return link(...asked);
		};
		expect(await answerBegin(ports, workflow)).toEqual(skipped("already-begun"));
		expect((await item()).remedy).toEqual(theirs);
	});
});

describe("a workflow that loses its incident while it asks", () => {
	test.each([
		{ name: "to a newer launch", by: { launch: { id: "launch-2", at: seconds(0) } } },
		{ name: "to the overseer", by: { takenOver: { at: seconds(0), reason: "not-claimed" } } },
	])("$name is sent away, and leaves no sign of life", async ({ by }) => {
		const { ports, item, orders } = await remedyWorld({ wrap: interfering(key, "before", (ledger) => overwrite(ledger, key, by)) });
		expect(await answerBegin(ports, workflow)).toEqual({ decision: "gone", reason: "not-owner", approvalUrl: "" });
		expect(await item()).toEqual(claimed(by));
		expect(orders).toEqual([]);
	});
});

describe("a remedy that is not begun", () => {
	const busy = Array.from({ length: 5 }, (_, index) => ({ launchId: `l-${index}`, incidentKey: "k", until: seconds(60) }));

	test.each([
		{ name: "critical", about: { severity: "critical" }, reason: "critical" },
		{ name: "recovered meanwhile", about: { state: "recovered" }, reason: "not-open" },
		{ name: "acknowledged", about: { acknowledged: { at: seconds(0), by: "Ada", tier: 1, channel: "sms" } }, reason: "acknowledged" },
		{ name: "somebody was paged", about: { pages: [page({ acceptedAt: seconds(0) })] }, reason: "people-paged" },
	] as const)("$name: says why, records it, and touches nothing", async ({ about: change, reason }) => {
		const { ports, logged, orders, item, value, dueAt } = await remedyWorld({ about: change });
		expect(await answerBegin(ports, workflow)).toEqual(skipped(reason));
		expect(logged).toEqual([{ what: "remediation-skipped", ...about, who: "workflow", outcome: reason, detail: "webhook" }]);
		expect((await item()).remedy).toEqual({
			state: "skipped",
			reason,
			mode: "auto",
			remedy: remediation().remedy,
			by: "workflow",
			undoAttempts: 0,
		});
		expect([orders, await value(flight), dueAt()]).toEqual([[], undefined, seconds(0)]);
	});

	test("under load: so many incidents at once are no failure that one remedy mends", async () => {
		const crowded = await remedyWorld();
		await crowded.put(leasesKey("dev"), { held: busy });
		expect(await answerBegin(crowded.ports, workflow)).toEqual(skipped("load"));
		const over = await remedyWorld();
		await over.put(leasesKey("dev"), { held: busy });
		over.advance(60);
		expect(await answerBegin(over.ports, workflow)).toMatchObject({ decision: "begun" });
	});

	test("where the settings only observe: said, and not recorded as a remedy", async () => {
		const { ports, logged, item } = await remedyWorld({ of: { mode: "observe" } });
		expect(await answerBegin(ports, overseer)).toEqual(skipped("observe"));
		expect(logged).toEqual([{ what: "remediation-skipped", ...about, who: "overseer", outcome: "observe", detail: "observe" }]);
		expect(await item()).not.toHaveProperty("remedy");
	});

	test.each([
		{ name: "already held", stored: { holder, begunAt: seconds(0) }, reason: "already-held" },
		{ name: "held by another", stored: { holder: { ...holder, occurrence: 9 }, begunAt: seconds(0) }, reason: "in-flight" },
		{ name: "cooling down", stored: { begunAt: seconds(-1799) }, reason: "cooldown" },
	])("its flight is $name: $reason", async ({ stored, reason }) => {
		const { ports, put, value, logged, did, item } = await remedyWorld();
		await put(flight, stored);
		expect(await answerBegin(ports, workflow)).toEqual(skipped(reason));
		expect(await value(flight)).toEqual(stored);
		expect(logged).toMatchObject([{ what: "remediation-skipped", outcome: reason }]);
		expect((await item()).remedy).toMatchObject({ state: "skipped", reason });
		expect(did).toEqual([]);
	});

	test("its cooldown is over after exactly as many seconds as are set, and another remedy's does not count", async () => {
		const over = await remedyWorld();
		await over.put(flight, { begunAt: seconds(-1800) });
		await over.put(flightKey("dev", "webhook:https://customer.example/other"), { begunAt: seconds(-1) });
		expect(await answerBegin(over.ports, workflow)).toMatchObject({ decision: "begun" });
		expect(await over.value(flight)).toEqual({ holder, begunAt: seconds(0), begunBefore: seconds(-1800) });
	});

	test("somebody else wrote a remedy between its flight and its intent: the flight is given back with no cooldown of its own", async () => {
		const { ports, did, value, logged, item } = await remedyWorld({
			wrap: interfering(flight, "after", (ledger) =>
				overwrite(ledger, key, { remedy: inEffect({ state: "skipped", reason: "cooldown" }) }),
			),
		});
		expect(await answerBegin(ports, workflow)).toEqual(skipped("already-begun"));
		expect([did, logged, await value(flight)]).toEqual([[], [], {}]);
		expect((await item()).remedy?.state).toBe("skipped");
	});

	test("the next occurrence began meanwhile: nothing is done for the one before", async () => {
		const { ports, did, item } = await remedyWorld({
			wrap: interfering(flight, "after", (ledger) => overwrite(ledger, key, { occurrence: 2 })),
		});
		expect(await answerBegin(ports, workflow)).toEqual(skipped("already-begun"));
		expect(did).toEqual([]);
		expect(await item()).not.toHaveProperty("remedy");
	});

	test("a fault of our own is thrown on, from the look and from the act", async () => {
		const inspect = await remedyWorld({ acts: { inspect: fault } });
		await expect(answerBegin(inspect.ports, workflow)).rejects.toThrow("x is not a function");
		const act = await remedyWorld({ acts: { act: fault } });
		await expect(answerBegin(act.ports, workflow)).rejects.toThrow("x is not a function");
		expect((await act.item()).remedy?.state).toBe("intended");
	});
});

describe("a remedy whose act fails", () => {
	const unknown = ["unreachable", "timeout", "unavailable", "malformed"];

	test.each(failureTable.map(({ reason }) => ({ reason, becomes: unknown.includes(reason) ? "undone" : "failed" })))(
		"for $reason is $becomes",
		async ({ reason, becomes }) => {
			const { ports, logged, item, value } = await remedyWorld({ acts: { act: failing(reason) } });
			expect(await answerBegin(ports, workflow)).toEqual(skipped(reason));
			const line = {
				what: "remediation-skipped",
				...about,
				who: "workflow",
				outcome: reason,
				detail: `the remedy failed: it is ${reason}`,
			};
			const undone = { what: "rolled-back", ...about, who: "workflow", outcome: "outcome-unknown", detail: "undone" };
			expect(logged).toEqual(becomes === "undone" ? [line, undone] : [line]);
			expect((await item()).remedy).toMatchObject({ state: becomes, reason: becomes === "undone" ? "outcome-unknown" : reason });
			// What may have been done cools down; what was surely not done does not.
			expect(await value(flight)).toEqual(becomes === "undone" ? { begunAt: seconds(0) } : {});
		},
	);

	test("that was surely not done leaves the cooldown of the flight before", async () => {
		const { ports, put, value } = await remedyWorld({ acts: { act: failing("forbidden") } });
		await put(flight, { begunAt: seconds(-5000) });
		await answerBegin(ports, workflow);
		expect(await value(flight)).toEqual({ begunAt: seconds(-5000) });
	});
});
