import { describe, expect, test } from "vitest";
import { archiveKey, flightKey, leasesKey } from "../../../../functions/pipeline/model/keys.ts";
import { EdgeError, failureReasons } from "../../../../functions/pipeline/ports.ts";
import { answerBegin, answerCheck, answerUndo } from "../../../../functions/pipeline/run.ts";
import { incident, page, remediation, remedyOrder, seconds } from "../fixtures.ts";
import { interfering, overwrite } from "../interference.ts";
import {
	claimed,
	expires,
	flight,
	inEffect,
	key,
	linkText,
	overseer,
	type RemedyWorld,
	remedyWorld,
	streak,
	workflow,
} from "../remedyWorld.ts";
import { holding } from "../streakItems.ts";

const about = { incident: key, occurrence: 1 };
const order = remedyOrder();
const holder = { incidentKey: key, occurrence: 1, until: seconds(780) };
const skipped = (reason: string) => ({ decision: "skipped", reason, approvalUrl: "" });
const failing = (reason: (typeof failureReasons)[number]) => () =>
	Promise.reject(new EdgeError(reason, `it is ${reason}`, { retry: false }));
const fault = () => Promise.reject(new TypeError("x is not a function"));
const failureTable = failureReasons.map((reason) => ({ reason }));

describe("a remedy that is begun", () => {
	test("is looked at, done once with what was found before, and written with all that undoing needs", async () => {
		const { ports, item, value, orders, told, dueAt } = await remedyWorld({ acts: { look: async () => "off" } });
		expect(await answerBegin(ports, workflow)).toEqual({ decision: "begun", reason: "acted", approvalUrl: "" });
		expect(orders).toEqual([
			["look", order],
			["act", { ...order, before: "off" }],
		]);
		expect((await item()).remedy).toEqual(inEffect({ before: "off" }));
		expect(await value(flight)).toEqual({ holder, begunAt: seconds(0) });
		expect(told).toEqual([{ what: "remediated", ...about, who: "workflow", outcome: "webhook", detail: "has 180 s to help" }]);
		expect([dueAt(), (await item()).launch?.seenAt]).toEqual([seconds(0), seconds(0)]);
	});

	test.each([
		{ by: "overseer", who: "overseer" },
		{ by: "person", who: "normalizer" },
	] as const)("by the $by is told by the $who", async ({ by, who }) => {
		const { ports, told, item } = await remedyWorld();
		await answerBegin(ports, { ...overseer, by });
		expect(told).toMatchObject([{ what: "remediated", who }]);
		expect(await item()).toMatchObject({ remedy: { by }, launch: { id: "launch-1" } });
		expect((await item()).launch).not.toHaveProperty("seenAt");
	});

	test("belongs to the workflow that owns the incident", async () => {
		const { ports, told, orders } = await remedyWorld();
		const gone = { decision: "gone", reason: "not-owner", approvalUrl: "" };
		expect(await answerBegin(ports, { ...workflow, launchId: "launch-2" })).toEqual(gone);
		expect(await answerBegin(ports, { ...workflow, occurrence: 2 })).toEqual(gone);
		expect(await answerBegin(ports, { ...overseer, incidentKey: "inc:1:dev:trunk-down:base-9" })).toEqual(gone);
		expect([told, orders]).toEqual([[], []]);
	});

	test("is not the workflow's where the overseer has taken over", async () => {
		const { ports } = await remedyWorld({ about: { takenOver: { at: seconds(0), reason: "not-claimed" } } });
		expect(await answerBegin(ports, workflow)).toMatchObject({ decision: "gone" });
		expect(await answerBegin(ports, overseer)).toMatchObject({ decision: "begun" });
	});
});

describe("a remedy that is offered", () => {
	test("is written with its link and its end, and nothing is told: the link is a secret", async () => {
		const { ports, item, links, told, orders, dueAt } = await remedyWorld({ of: { mode: "approve" } });
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
		expect([told, orders, dueAt()]).toEqual([[], [], seconds(0)]);
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
		const { ports, told, orders, item, value, dueAt } = await remedyWorld({ about: change });
		expect(await answerBegin(ports, workflow)).toEqual(skipped(reason));
		expect(told).toEqual([{ what: "remediation-skipped", ...about, who: "workflow", outcome: reason, detail: "webhook" }]);
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
		const { ports, told, item } = await remedyWorld({ of: { mode: "observe" } });
		expect(await answerBegin(ports, overseer)).toEqual(skipped("observe"));
		expect(told).toEqual([{ what: "remediation-skipped", ...about, who: "overseer", outcome: "observe", detail: "observe" }]);
		expect(await item()).not.toHaveProperty("remedy");
	});

	test.each([
		{ name: "already held", stored: { holder, begunAt: seconds(0) }, reason: "already-held" },
		{ name: "held by another", stored: { holder: { ...holder, occurrence: 9 }, begunAt: seconds(0) }, reason: "in-flight" },
		{ name: "cooling down", stored: { begunAt: seconds(-1799) }, reason: "cooldown" },
	])("its flight is $name: $reason", async ({ stored, reason }) => {
		const { ports, put, value, told, did, item } = await remedyWorld();
		await put(flight, stored);
		expect(await answerBegin(ports, workflow)).toEqual(skipped(reason));
		expect(await value(flight)).toEqual(stored);
		expect(told).toMatchObject([{ what: "remediation-skipped", outcome: reason }]);
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
		const { ports, did, value, told, item } = await remedyWorld({
			wrap: interfering(flight, "after", (ledger) =>
				overwrite(ledger, key, { remedy: inEffect({ state: "skipped", reason: "cooldown" }) }),
			),
		});
		expect(await answerBegin(ports, workflow)).toEqual(skipped("already-begun"));
		expect([did, told, await value(flight)]).toEqual([[], [], {}]);
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
		const look = await remedyWorld({ acts: { look: fault } });
		await expect(answerBegin(look.ports, workflow)).rejects.toThrow("x is not a function");
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
			const { ports, told, item, value } = await remedyWorld({ acts: { act: failing(reason) } });
			expect(await answerBegin(ports, workflow)).toEqual(skipped(reason));
			const line = {
				what: "remediation-skipped",
				...about,
				who: "workflow",
				outcome: reason,
				detail: `the remedy failed: it is ${reason}`,
			};
			const undone = { what: "rolled-back", ...about, who: "workflow", outcome: "outcome-unknown", detail: "undone" };
			expect(told).toEqual(becomes === "undone" ? [line, undone] : [line]);
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

describe("the verdict", () => {
	const running = async (options: RemedyWorld = {}) => {
		const world = await remedyWorld({ ...options, about: { remedy: inEffect(), ...options.about } });
		await world.put(flight, { holder, begunAt: seconds(0) });
		world.advance(100);
		return world;
	};

	test("helped: told once, and the remedy stays, with its flight over and its cooldown counting", async () => {
		const { ports, put, told, item, value, orders } = await running();
		await put(streak, holding({ breaches: 0, clears: 1, countedAt: seconds(90) }));
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "helped", reason: "clearing" });
		expect(told).toEqual([{ what: "remediation-verified", ...about, who: "workflow", outcome: "clearing" }]);
		expect((await item()).remedy).toEqual(inEffect({ state: "helped", reason: "clearing", verifiedAt: seconds(100) }));
		expect(await value(flight)).toEqual({ begunAt: seconds(0) });
		expect(orders).toEqual([]);
		expect(await answerCheck(ports, overseer)).toEqual({ verdict: "helped", reason: "clearing" });
		expect(told).toHaveLength(1);
	});

	test("helped, as somebody else has written already: nothing is told twice", async () => {
		const { ports, put, told } = await running({
			wrap: interfering(key, "before", (ledger) => overwrite(ledger, key, { remedy: inEffect({ state: "helped", reason: "clearing" }) })),
		});
		await put(streak, holding({ breaches: 0, clears: 1, countedAt: seconds(90) }));
		expect(await answerCheck(ports, overseer)).toEqual({ verdict: "helped", reason: "clearing" });
		expect(told).toEqual([]);
	});

	test.each([
		{ name: "still failing, in its window", stored: { breaches: 2, clears: 0, countedAt: seconds(90) }, after: 79, verdict: "waiting" },
		{ name: "still failing at its end", stored: { breaches: 2, clears: 0, countedAt: seconds(90) }, after: 80, verdict: "not-helped" },
	])("$name: $verdict", async ({ stored, after, verdict }) => {
		const { ports, put, advance, told, orders, value } = await running();
		await put(streak, holding(stored));
		advance(after);
		expect(await answerCheck(ports, workflow)).toEqual({ verdict, reason: "still-failing" });
		// Only while there is something to wait for is the remedy itself asked how far it is.
		expect(orders).toEqual(verdict === "waiting" ? [["progress", { ...order, receipt: "receipt-1" }]] : []);
		expect(told).toEqual([]);
		expect(await value(flight)).toEqual({ holder, begunAt: seconds(0) });
	});

	test.each([
		{ progress: "failed", answer: { verdict: "not-helped", reason: "remedy-failed" } },
		{ progress: "done", answer: { verdict: "waiting", reason: "no-reading-since" } },
		{ progress: "running", answer: { verdict: "waiting", reason: "no-reading-since" } },
	] as const)("a remedy that is $progress, without a reading since: $answer.verdict", async ({ progress, answer }) => {
		const { ports, told } = await running({ acts: { progress: async () => progress } });
		expect(await answerCheck(ports, workflow)).toEqual(answer);
		expect(told).toEqual([]);
	});

	test("a remedy that cannot be followed is waited for, and is an alarm", async () => {
		const { ports, told } = await running({ acts: { progress: failing("forbidden") } });
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "waiting", reason: "no-reading-since" });
		expect(told).toEqual([{ what: "alarm", ...about, outcome: "forbidden", detail: "the remedy could not be followed: it is forbidden" }]);
		const broken = await running({ acts: { progress: fault } });
		await expect(answerCheck(broken.ports, workflow)).rejects.toThrow("x is not a function");
	});

	test.each([
		{ name: "no remedy", remedy: undefined, reason: "no-remedy" },
		{ name: "a skipped one", remedy: inEffect({ state: "skipped", reason: "cooldown" }), reason: "cooldown" },
		{ name: "an undone one", remedy: inEffect({ state: "undone", reason: "still-failing" }), reason: "still-failing" },
		{ name: "an intent", remedy: inEffect({ state: "intended", reason: "begin" }), reason: "begin" },
	])("on $name is that it did not help: $reason", async ({ remedy, reason }) => {
		const { ports, put, orders } = await remedyWorld(remedy === undefined ? {} : { about: { remedy } });
		await put(streak, holding({ breaches: 0, clears: 3, countedAt: seconds(90) }));
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "not-helped", reason });
		expect(orders).toEqual([]);
	});

	test("is nobody's but the owner's", async () => {
		const { ports, item } = await running();
		expect(await answerCheck(ports, { ...workflow, launchId: "launch-2" })).toEqual({ verdict: "gone", reason: "not-owner" });
		expect((await item()).launch).not.toHaveProperty("seenAt");
	});

	test("a workflow whose incident recovered is still heard: it learns that it helped", async () => {
		const { ports, item } = await running({ about: { state: "recovered" } });
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "helped", reason: "recovered" });
		expect((await item()).launch?.seenAt).toBe(seconds(100));
	});
});

describe("undoing", () => {
	const running = async (options: RemedyWorld = {}) => {
		const world = await remedyWorld({ ...options, about: { remedy: inEffect({ before: "off" }), ...options.about } });
		await world.put(flight, { holder, begunAt: seconds(0) });
		world.advance(200);
		return world;
	};

	test.each(["undone", "nothing-to-undo", "no-undo-document"] as const)("told as %s, with the flight over", async (done) => {
		const { ports, orders, item, value, told } = await running({ acts: { undo: async () => done } });
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual({ undone: true, reason: "still-failing" });
		expect(orders).toEqual([["undo", { ...order, before: "off", receipt: "receipt-1" }]]);
		expect((await item()).remedy).toEqual(
			inEffect({ before: "off", state: "undone", reason: "still-failing", undoTriedAt: seconds(200), undoAttempts: 1 }),
		);
		expect(await value(flight)).toEqual({ begunAt: seconds(0) });
		expect(told).toEqual([{ what: "rolled-back", ...about, who: "workflow", outcome: "still-failing", detail: done }]);
	});

	test("undoes what was done, whatever the settings say by now", async () => {
		const { ports, orders } = await running({ of: { remedy: { kind: "webhook", url: "https://customer.example/new" } } });
		await answerUndo(ports, workflow, "still-failing");
		expect(orders).toMatchObject([["undo", { remedy: remediation().remedy }]]);
	});

	test("that fails is an alarm with the count of its attempts, and keeps the flight: the remedy is still in effect", async () => {
		const { ports, told, item, value, advance } = await running({ acts: { undo: failing("unavailable") } });
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual({ undone: false, reason: "unavailable" });
		advance(60);
		await answerUndo(ports, overseer, "still-failing");
		const detail = (attempt: number) => `the remedy could not be undone (attempt ${attempt}): it is unavailable`;
		expect(told).toEqual([
			{ what: "alarm", ...about, outcome: "unavailable", detail: detail(1) },
			{ what: "alarm", ...about, outcome: "unavailable", detail: detail(2) },
		]);
		expect((await item()).remedy).toMatchObject({
			state: "undo-failed",
			reason: "still-failing",
			undoTriedAt: seconds(260),
			undoAttempts: 2,
		});
		expect(await value(flight)).toEqual({ holder, begunAt: seconds(0) });
	});

	test("by a function that died is respected for a minute, and then tried again", async () => {
		const remedy = inEffect({ state: "undoing", reason: "relapsed", undoTriedAt: seconds(141), undoAttempts: 1 });
		const { ports, did, advance } = await running({ about: { remedy } });
		expect(await answerUndo(ports, overseer, "still-failing")).toEqual({ undone: false, reason: "under-way" });
		expect(did).toEqual([]);
		advance(1);
		expect(await answerUndo(ports, overseer, "still-failing")).toEqual({ undone: true, reason: "still-failing" });
		expect(did).toEqual(["undo undoing receipt-1"]);
	});

	test("an attempt that failed may be repeated at once: only one that is under way is waited for", async () => {
		const remedy = inEffect({ state: "undo-failed", reason: "relapsed", undoTriedAt: seconds(199), undoAttempts: 1 });
		const { ports } = await running({ about: { remedy } });
		expect(await answerUndo(ports, overseer, "relapsed")).toMatchObject({ undone: true });
	});

	test.each(["skipped", "failed", "offered"] as const)("does nothing for what is %s", async (state) => {
		const { ports, orders, told } = await running({ about: { remedy: inEffect({ state, reason: "any" }) } });
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual({ undone: false, reason: "not-begun-or-given-up" });
		expect([orders, told]).toEqual([[], []]);
	});

	test("what is undone stays undone, for its first reason", async () => {
		const { ports, orders } = await running({ about: { remedy: inEffect({ state: "undone", reason: "relapsed" }) } });
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual({ undone: true, reason: "relapsed" });
		expect(orders).toEqual([]);
	});

	test("of an incident that nobody knows, or that has no remedy, is nothing", async () => {
		const { ports } = await remedyWorld();
		const nothing = { undone: false, reason: "nothing-begun" };
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual(nothing);
		expect(await answerUndo(ports, { ...workflow, incidentKey: "inc:1:dev:trunk-down:base-9" }, "still-failing")).toEqual(nothing);
		expect(await answerUndo(ports, { ...workflow, occurrence: 7 }, "still-failing")).toEqual(nothing);
	});

	test("a fault of our own is thrown on, with the intent written", async () => {
		const { ports, item } = await running({ acts: { undo: fault } });
		await expect(answerUndo(ports, workflow, "still-failing")).rejects.toThrow("x is not a function");
		expect((await item()).remedy?.state).toBe("undoing");
	});

	test("of a closed incident is written without putting it on the due list again", async () => {
		const { ports, dueAt, item } = await running({ about: { state: "closed" } });
		await answerUndo(ports, overseer, "relapsed");
		expect((await item()).remedy?.state).toBe("undone");
		expect(dueAt()).toBeUndefined();
	});

	test("of an occurrence that moved aside leaves the flight of somebody else alone", async () => {
		const { ports, put, value, item, dueAt } = await running();
		const storedAs = archiveKey(key, 1);
		await put(storedAs, claimed({ storedAs, state: "recovered", remedy: inEffect() }));
		await put(key, incident({ occurrence: 2 }));
		const theirs = { holder: { ...holder, occurrence: 2 }, begunAt: seconds(190) };
		await put(flight, theirs);
		expect(await answerUndo(ports, overseer, "relapsed")).toMatchObject({ undone: true });
		expect(await value(flight)).toEqual(theirs);
		expect([(await item(storedAs)).remedy?.state, dueAt(storedAs)]).toEqual(["undone", seconds(0)]);
		expect(await item()).toEqual(incident({ occurrence: 2 }));
	});
});
