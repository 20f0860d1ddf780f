import { describe, expect, test } from "vitest";
import { archiveKey } from "../../../../functions/pipeline/model/keys.ts";
import { answerCheck, answerUndo } from "../../../../functions/pipeline/run.ts";
import { incident, remediation, seconds } from "../fixtures.ts";
import { interfering, overwrite } from "../interference.ts";
import { claimed, flight, inEffect, key, overseer, type RemedyWorld, remedyWorld, streak, workflow } from "../remedyWorld.ts";
import { holding } from "../streakItems.ts";
import { about, failing, fault, holder, order } from "./remedyStories.ts";

describe("the verdict", () => {
	const running = async (options: RemedyWorld = {}) => {
		const world = await remedyWorld({ ...options, about: { remedy: inEffect(), ...options.about } });
		await world.put(flight, { holder, begunAt: seconds(0) });
		world.advance(100);
		return world;
	};

	test("helped: told once, and the remedy stays, with its flight over and its cooldown counting", async () => {
		const { ports, put, logged, item, value, orders } = await running();
		await put(streak, holding({ breaches: 0, clears: 1, countedAt: seconds(90) }));
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "helped", reason: "clearing" });
		expect(logged).toEqual([{ what: "remediation-verified", ...about, who: "workflow", outcome: "clearing" }]);
		expect((await item()).remedy).toEqual(inEffect({ state: "helped", reason: "clearing", verifiedAt: seconds(100) }));
		expect(await value(flight)).toEqual({ begunAt: seconds(0) });
		expect(orders).toEqual([]);
		expect(await answerCheck(ports, overseer)).toEqual({ verdict: "helped", reason: "clearing" });
		expect(logged).toHaveLength(1);
	});

	test("helped, as somebody else has written already: nothing is told twice", async () => {
		const { ports, put, logged } = await running({
			wrap: interfering(key, "before", (ledger) => overwrite(ledger, key, { remedy: inEffect({ state: "helped", reason: "clearing" }) })),
		});
		await put(streak, holding({ breaches: 0, clears: 1, countedAt: seconds(90) }));
		expect(await answerCheck(ports, overseer)).toEqual({ verdict: "helped", reason: "clearing" });
		expect(logged).toEqual([]);
	});

	test.each([
		{ name: "still failing, in its window", stored: { breaches: 2, clears: 0, countedAt: seconds(90) }, after: 79, verdict: "waiting" },
		{ name: "still failing at its end", stored: { breaches: 2, clears: 0, countedAt: seconds(90) }, after: 80, verdict: "not-helped" },
	])("$name: $verdict", async ({ stored, after, verdict }) => {
		const { ports, put, advance, logged, orders, value } = await running();
		await put(streak, holding(stored));
		advance(after);
		expect(await answerCheck(ports, workflow)).toEqual({ verdict, reason: "still-failing" });
		// Only while there is something to wait for is the remedy itself asked how far it is.
		expect(orders).toEqual(verdict === "waiting" ? [["progress", { ...order, receipt: "receipt-1" }]] : []);
		expect(logged).toEqual([]);
		expect(await value(flight)).toEqual({ holder, begunAt: seconds(0) });
	});

	test.each([
		{ progress: "failed", answer: { verdict: "not-helped", reason: "remedy-failed" } },
		{ progress: "done", answer: { verdict: "waiting", reason: "no-reading-since" } },
		{ progress: "running", answer: { verdict: "waiting", reason: "no-reading-since" } },
	] as const)("a remedy that is $progress, without a reading since: $answer.verdict", async ({ progress, answer }) => {
		const { ports, logged } = await running({ acts: { progress: async () => progress } });
		expect(await answerCheck(ports, workflow)).toEqual(answer);
		expect(logged).toEqual([]);
	});

	test("a remedy that cannot be followed is waited for, and is an error", async () => {
		const { ports, logged } = await running({ acts: { progress: failing("forbidden") } });
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "waiting", reason: "no-reading-since" });
		expect(logged).toEqual([
			{ what: "error", ...about, outcome: "forbidden", detail: "the remedy could not be followed: it is forbidden" },
		]);
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
		const { ports, orders, item, value, logged } = await running({ acts: { undo: async () => done } });
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual({ undone: true, reason: "still-failing" });
		expect(orders).toEqual([["undo", { ...order, before: "off", receipt: "receipt-1" }]]);
		expect((await item()).remedy).toEqual(
			inEffect({ before: "off", state: "undone", reason: "still-failing", undoTriedAt: seconds(200), undoAttempts: 1 }),
		);
		expect(await value(flight)).toEqual({ begunAt: seconds(0) });
		expect(logged).toEqual([{ what: "rolled-back", ...about, who: "workflow", outcome: "still-failing", detail: done }]);
	});

	test("undoes what was done, whatever the settings say by now", async () => {
		const { ports, orders } = await running({ of: { remedy: { kind: "webhook", url: "https://customer.example/new" } } });
		await answerUndo(ports, workflow, "still-failing");
		expect(orders).toMatchObject([["undo", { remedy: remediation().remedy }]]);
	});

	test("that fails is an error with the count of its attempts, and keeps the flight: the remedy is still in effect", async () => {
		const { ports, logged, item, value, advance } = await running({ acts: { undo: failing("unavailable") } });
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual({ undone: false, reason: "unavailable" });
		advance(60);
		await answerUndo(ports, overseer, "still-failing");
		const detail = (attempt: number) => `the remedy could not be undone (attempt ${attempt}): it is unavailable`;
		expect(logged).toEqual([
			{ what: "error", ...about, outcome: "unavailable", detail: detail(1) },
			{ what: "error", ...about, outcome: "unavailable", detail: detail(2) },
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
		const { ports, orders, logged } = await running({ about: { remedy: inEffect({ state, reason: "any" }) } });
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual({ undone: false, reason: "not-begun-or-given-up" });
		expect([orders, logged]).toEqual([[], []]);
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
