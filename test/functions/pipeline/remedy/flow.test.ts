import { describe, expect, test } from "vitest";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { archiveKey } from "../../../../functions/pipeline/model/keys.ts";
import { EdgeError, type RemedyRequest } from "../../../../functions/pipeline/ports.ts";
import { overseeRemedy } from "../../../../functions/pipeline/remedy/oversee.ts";
import { answerApproval, answerBegin, answerCheck, answerUndo } from "../../../../functions/pipeline/run.ts";
import { incident, noRemedies, reading, seconds } from "../fixtures.ts";
import { expires, flight, key, link, linkText, overseer, type RemedyWorld, remedyWorld, streak, workflow } from "../remedyWorld.ts";
import { holding } from "../streakItems.ts";

describe("beginning", () => {
	test("the flight and the intent stand in the ledger before anything is done, and what undoing needs right after", async () => {
		const { ports, item, did, lines, ledger } = await remedyWorld();
		expect(await answerBegin(ports, workflow)).toEqual({ decision: "begun", reason: "acted", approvalUrl: "" });
		expect(did).toEqual(["do intended"]);
		expect((await item()).remedy).toMatchObject({ state: "in-effect", by: "workflow", receipt: "receipt-1", verifyBy: seconds(180) });
		expect((await ledger.read(flight))?.value).toMatchObject({ holder: { incidentKey: key, occurrence: 1 }, begunAt: seconds(0) });
		expect(lines()).toEqual(["workflow remediated webhook"]);
	});

	test("asked twice, it is done once", async () => {
		const { ports, did } = await remedyWorld();
		await answerBegin(ports, workflow);
		expect(await answerBegin(ports, workflow)).toMatchObject({ decision: "skipped", reason: "already-begun" });
		expect(await answerBegin(ports, overseer)).toMatchObject({ decision: "skipped", reason: "already-begun" });
		expect(did).toHaveLength(1);
	});

	test("two executors at the same moment do it once", async () => {
		const { ports, did } = await remedyWorld();
		const answers = await Promise.all([answerBegin(ports, workflow), answerBegin(ports, overseer)]);
		expect(answers.filter(({ decision }) => decision === "begun")).toHaveLength(1);
		expect(did).toHaveLength(1);
	});

	test("a stranger's workflow is sent away and nothing is recorded", async () => {
		const { ports, item, lines } = await remedyWorld();
		expect(await answerBegin(ports, { ...workflow, launchId: "launch-2" })).toMatchObject({ decision: "gone" });
		expect(await answerBegin(ports, { ...overseer, occurrence: 2 })).toMatchObject({ decision: "gone" });
		expect((await item()).remedy).toBeUndefined();
		expect(lines()).toEqual([]);
	});

	test.each([
		{ name: "one that is in effect already is nobody's to undo", acts: { inspect: async () => "in-effect" }, reason: "already-in-effect" },
		{
			name: "one that cannot be looked at",
			acts: { inspect: () => Promise.reject(new EdgeError("unreachable", "no connection", { retry: true })) },
			reason: "unreachable",
		},
	])("$name: skipped for $reason", async ({ acts, reason }) => {
		const { ports, did, lines, item } = await remedyWorld({ acts });
		expect(await answerBegin(ports, workflow)).toMatchObject({ decision: "skipped", reason });
		expect(did).toEqual([]);
		expect(lines()).toEqual([`workflow remediation-skipped ${reason}`]);
		expect((await item()).remedy).toMatchObject({ state: "skipped", reason });
	});

	test("a refusal leaves no cooldown: nothing was done", async () => {
		const { ports, ledger, item } = await remedyWorld({
			acts: { act: () => Promise.reject(new EdgeError("forbidden", "403", { retry: false })) },
		});
		expect(await answerBegin(ports, workflow)).toMatchObject({ decision: "skipped", reason: "forbidden" });
		expect((await item()).remedy).toMatchObject({ state: "failed", reason: "forbidden" });
		expect((await ledger.read(flight))?.value).toEqual({});
	});

	test("after a timeout nobody knows, so it is undone", async () => {
		const { ports, did, item, lines } = await remedyWorld({
			acts: { act: () => Promise.reject(new EdgeError("timeout", "no answer", { retry: true })) },
		});
		expect(await answerBegin(ports, workflow)).toMatchObject({ decision: "skipped", reason: "timeout" });
		expect(did).toEqual(["undo undoing "]);
		expect((await item()).remedy).toMatchObject({ state: "undone", reason: "outcome-unknown" });
		expect(lines()).toEqual(["workflow remediation-skipped timeout", "workflow rolled-back outcome-unknown"]);
	});

	test("a second incident finds the first one's flight, and later its cooldown", async () => {
		const { ports, ledger, advance } = await remedyWorld();
		const second = incident({ key: "inc:1:dev:trunk-down:base-2", entityId: "base-2", reading: reading() });
		await ledger.write(second.key, second, 0);
		await answerBegin(ports, workflow);
		const request = { ...overseer, incidentKey: second.key };
		expect(await answerBegin(ports, request)).toMatchObject({ decision: "skipped", reason: "in-flight" });
		await answerUndo(ports, workflow, "still-failing");
		advance(1799);
		await ledger.write("inc:1:dev:trunk-down:base-3", { ...second, key: "inc:1:dev:trunk-down:base-3" }, 0);
		expect(await answerBegin(ports, { ...request, incidentKey: "inc:1:dev:trunk-down:base-3" })).toMatchObject({ reason: "cooldown" });
	});
});

describe("checking and undoing", () => {
	test("each question is the workflow's sign of life; a clear reading since ends the wait", async () => {
		const { ports, item, ledger, advance, lines } = await remedyWorld();
		await answerBegin(ports, workflow);
		advance(60);
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "waiting", reason: "no-reading-since" });
		expect((await item()).launch?.seenAt).toBe(seconds(60));
		await ledger.write(streak, holding({ breaches: 0, clears: 1, countedAt: seconds(100) }), 0);
		advance(60);
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "helped", reason: "clearing" });
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "helped", reason: "clearing" });
		expect(lines()).toEqual(["workflow remediated webhook", "workflow remediation-verified clearing"]);
	});

	test("a document that failed ends the wait at once", async () => {
		const { ports, advance } = await remedyWorld({ acts: { progress: async () => "failed" } });
		await answerBegin(ports, workflow);
		advance(60);
		expect(await answerCheck(ports, workflow)).toEqual({ verdict: "not-helped", reason: "remedy-failed" });
	});

	test("what did not help is undone once, whoever asks", async () => {
		const { ports, advance, did, lines, item } = await remedyWorld();
		await answerBegin(ports, workflow);
		advance(180);
		expect(await answerCheck(ports, workflow)).toMatchObject({ verdict: "not-helped" });
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual({ undone: true, reason: "still-failing" });
		expect(await answerUndo(ports, overseer, "still-failing")).toEqual({ undone: true, reason: "still-failing" });
		expect(did).toEqual(["do intended", "undo undoing receipt-1"]);
		expect((await item()).remedy).toMatchObject({ state: "undone", undoAttempts: 1 });
		expect(lines()).toEqual(["workflow remediated webhook", "workflow rolled-back still-failing"]);
		expect(await answerCheck(ports, workflow)).toMatchObject({ verdict: "not-helped" });
	});

	test("an undoing that fails is an error, is tried again, and is given up after three times", async () => {
		const { ports, advance, lines } = await remedyWorld({
			acts: { undo: () => Promise.reject(new EdgeError("unavailable", "503", { retry: true })) },
		});
		await answerBegin(ports, workflow);
		for (let tried = 0; tried < 5; tried += 1) {
			advance(61);
			await answerUndo(ports, overseer, "still-failing");
		}
		expect(lines().filter((line) => line.includes("error"))).toHaveLength(3);
		expect(await answerUndo(ports, overseer, "again")).toEqual({ undone: false, reason: "not-begun-or-given-up" });
	});

	test("what was never begun is not undone", async () => {
		const { ports, did } = await remedyWorld();
		expect(await answerUndo(ports, workflow, "still-failing")).toEqual({ undone: false, reason: "nothing-begun" });
		expect(did).toEqual([]);
	});
});

describe("an occurrence that moved aside for the next one", () => {
	/** The first occurrence recovered while its remedy was in effect, and failed again before its recovery was told. */
	const movedAside = async (options: RemedyWorld = {}) => {
		const made = await remedyWorld(options);
		const { ports, put, item } = made;
		await answerBegin(ports, workflow);
		const storedAs = archiveKey(key, 1);
		await put(storedAs, { ...(await item()), state: "recovered", recoveredAt: seconds(60), storedAs });
		await put(key, incident({ occurrence: 2 }));
		return { ...made, storedAs };
	};

	test("gets its verdict, and gives its flight back", async () => {
		const { ports, item, ledger, storedAs } = await movedAside();
		expect(await answerCheck(ports, overseer)).toEqual({ verdict: "helped", reason: "recovered" });
		expect((await item(storedAs)).remedy).toMatchObject({ state: "helped" });
		expect((await item()).remedy).toBeUndefined();
		expect((await ledger.read(flight))?.value).toEqual({ begunAt: seconds(0) });
	});

	test("is undone where it stands", async () => {
		const { ports, item, storedAs } = await movedAside();
		expect(await answerUndo(ports, overseer, "relapsed")).toEqual({ undone: true, reason: "relapsed" });
		expect((await item(storedAs)).remedy).toMatchObject({ state: "undone" });
		expect(await item()).toMatchObject({ occurrence: 2, pages: [] });
	});

	test("is seen to by the overseer, who never takes the next occurrence for it", async () => {
		const { ports, item, storedAs } = await movedAside();
		const remedies = { ...noRemedies, check: (request: RemedyRequest) => answerCheck(ports, request) };
		const pagers = () => {
			throw new Error("Expected nobody to be paged");
		};
		const seen = await overseeRemedy({ ...ports, remedies, pagers }, await item(storedAs));
		expect(seen).toMatchObject({ occurrence: 1, storedAs, remedy: { state: "helped" } });
	});
});

test("a remediator that fails in whatever way is an error, and the incident goes on to people", async () => {
	const { ports, item, lines } = await remedyWorld({ about: { takenOver: { at: seconds(0), reason: "not-launched" } } });
	const remedies = { ...noRemedies, begin: () => Promise.reject(new TypeError("x is not a function")) };
	const pagers = () => {
		throw new Error("Expected nobody to be paged yet");
	};
	const seen = await overseeRemedy({ ...ports, remedies, pagers }, await item());
	expect(seen.remedy).toMatchObject({ state: "skipped", reason: "malformed" });
	expect(lines()).toEqual(["- error malformed", "- remediation-skipped malformed"]);
});

describe("approving", () => {
	const offered = async (about: Partial<Incident> = {}) => {
		const made = await remedyWorld({ of: { mode: "approve" }, about });
		const answer = await answerBegin(made.ports, workflow);
		return { ...made, answer };
	};

	test("the offer is a link, the same one for whoever asks again, and nothing is done", async () => {
		const { ports, answer, did, logged, item } = await offered();
		expect(answer).toEqual({ decision: "offered", reason: "offer", approvalUrl: `https://hook.test/approve?text=${linkText}` });
		expect(await answerBegin(ports, overseer)).toMatchObject({ decision: "offered", approvalUrl: answer.approvalUrl });
		expect(did).toEqual([]);
		expect(JSON.stringify(logged)).not.toContain("approve?");
		expect((await item()).remedy).toMatchObject({ state: "offered", expiresAt: seconds(300) });
	});

	test("opening the link does nothing, pressing its button does it once", async () => {
		const { ports, did, lines } = await offered();
		expect(await answerApproval(ports, link(), false)).toMatchObject({ outcome: "approved" });
		expect(did).toEqual([]);
		expect(await answerApproval(ports, link(), true)).toMatchObject({ outcome: "approved" });
		expect(await answerApproval(ports, link(), true)).toMatchObject({ outcome: "already-used" });
		expect(did).toEqual(["do intended"]);
		expect(lines()).toEqual(["normalizer remediated webhook"]);
	});

	test("two presses at the same moment do it once", async () => {
		const { ports, did } = await offered();
		await Promise.all([answerApproval(ports, link(), true), answerApproval(ports, link(), true)]);
		expect(did).toHaveLength(1);
	});

	test.each([
		{ name: "another signature", change: { signature: "signed something else" }, after: 0, outcome: "forged" },
		{ name: "a longer life than was signed", change: { expires: expires + 1 }, after: 0, outcome: "forged" },
		{ name: "another incident", change: { incidentKey: "inc:1:dev:trunk-down:base-9" }, after: 0, outcome: "forged" },
		{ name: "another occurrence", change: { occurrence: 2 }, after: 0, outcome: "forged" },
		{ name: "the last moment", change: {}, after: 299.999, outcome: "approved" },
		{ name: "300 seconds later", change: {}, after: 300, outcome: "expired" },
	])("$name: $outcome", async ({ change, after, outcome }) => {
		const { ports, advance, did } = await offered();
		advance(after);
		const answer = await answerApproval(ports, link(change), true);
		expect(answer.outcome).toBe(outcome);
		expect(answer.about === undefined).toBe(outcome === "forged");
		expect(did).toHaveLength(outcome === "approved" ? 1 : 0);
	});

	test("an incident that is over needs no remedy", async () => {
		const { ports, change, did } = await offered();
		await change({ state: "recovered" });
		expect(await answerApproval(ports, link(), true)).toMatchObject({ outcome: "not-open" });
		expect(did).toEqual([]);
	});

	test("a person who has acknowledged may still approve; the cooldown counts for people too", async () => {
		const { ports, change, put } = await offered();
		await change({ acknowledged: { at: seconds(1), by: "Ada", tier: 1, channel: "pagerduty" } });
		await put(flight, { begunAt: seconds(-60) });
		expect(await answerApproval(ports, link(), true)).toMatchObject({ outcome: "cooldown" });
		expect(await answerApproval(ports, link(), true)).toMatchObject({ outcome: "already-used" });
	});
});
