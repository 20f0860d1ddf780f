import { describe, expect, test } from "vitest";
import type { Incident, RemedyRun } from "../../../../functions/pipeline/model/incident.ts";
import { EdgeError, type Ledger, type Remedies, type RemedyChecked } from "../../../../functions/pipeline/ports.ts";
import { nextRemedyStep, overseeRemedy } from "../../../../functions/pipeline/remedy/oversee.ts";
import { incident, page, remediation, seconds, settings } from "../fixtures.ts";
import { interfering, overwrite } from "../interference.ts";
import { inEffect, key, overseer, type RemedyWorld, remedyWorld, streak } from "../remedyWorld.ts";
import { holding } from "../streakItems.ts";

const about = { incident: key, occurrence: 1 };
const taken = { at: seconds(0), reason: "not-launched" };
const ended = { id: "launch-1", at: seconds(0), claimedAt: seconds(0), endedAt: seconds(30) };
const offer = inEffect({ state: "offered", reason: "offer", mode: "approve", expiresAt: seconds(300), link: "https://hook.test/approve" });

/** One tick of the overseer over an incident, 300 s in, with a remediator that only notes what it is asked. */
async function tick(options: RemedyWorld & { readonly remedies?: Partial<Remedies>; readonly at?: number; readonly item?: Incident } = {}) {
	const world = await remedyWorld(options);
	world.advance(options.at ?? 300);
	const asked: unknown[][] = [];
	const remedies: Remedies = {
		begin: async (...request) => {
			asked.push(["begin", ...request]);
			return options.remedies?.begin?.(...request) ?? { decision: "begun", reason: "acted", approvalUrl: "" };
		},
		check: async (...request) => {
			asked.push(["check", ...request]);
			return options.remedies?.check?.(...request) ?? { verdict: "waiting", reason: "no-reading-since" };
		},
		undo: async (...request) => {
			asked.push(["undo", ...request]);
			return options.remedies?.undo?.(...request) ?? { undone: true, reason: request[1] };
		},
		approve: () => Promise.reject(new Error("Expected nobody to approve")),
	};
	const pagers = () => {
		throw new Error("Expected nobody to be paged");
	};
	const seen = async () => overseeRemedy({ ...world.ports, remedies, pagers }, await world.item());
	return { ...world, asked, seen };
}

const answer = (verdict: RemedyChecked["verdict"], reason: string): Partial<Remedies> => ({ check: async () => ({ verdict, reason }) });
const failing = () => Promise.reject(new EdgeError("timeout", "no answer", { retry: true }));
/** Another function is faster: it changes the incident just before the overseer's own write. */
const faster = (by: Partial<Incident>) => interfering(key, "before", (ledger) => overwrite(ledger, key, by));

describe("the overseer begins a remedy", () => {
	test("in the place of a workflow that it took over from, and sees what became of it", async () => {
		const { seen, asked, put, item, logged } = await tick({
			about: { takenOver: taken },
			remedies: {
				begin: async () => {
					await put(key, { ...(await item()), remedy: inEffect({ by: "overseer" }) });
					return { decision: "begun", reason: "acted", approvalUrl: "" };
				},
			},
		});
		expect(await seen()).toMatchObject({ remedy: { state: "in-effect", by: "overseer" } });
		expect(asked).toEqual([["begin", overseer]]);
		expect(logged).toEqual([]);
	});

	test.each([
		{ name: "is the workflow's", about: {}, of: {} },
		{ name: "has recovered", about: { takenOver: taken, state: "recovered" }, of: {} },
		{ name: "has paged people", about: { takenOver: taken, pages: [page()] }, of: {} },
		{ name: "is only observed", about: { takenOver: taken }, of: { mode: "observe" } },
		{ name: "had its remedy", about: { takenOver: taken, remedy: inEffect({ state: "undone" }) }, of: {} },
	] as const)("not for an incident that $name", async ({ about: change, of }) => {
		const { seen, asked, item, logged } = await tick({ about: change as Partial<Incident>, of });
		expect(await seen()).toEqual(await item());
		expect([asked, logged]).toEqual([[], []]);
	});

	test("a remediator that cannot be reached: no remedy in this occurrence, and people at this tick", async () => {
		const { seen, logged, dueAt } = await tick({ about: { takenOver: taken }, remedies: { begin: failing } });
		expect((await seen()).remedy).toEqual({
			state: "skipped",
			reason: "timeout",
			mode: "auto",
			remedy: remediation().remedy,
			by: "overseer",
			undoAttempts: 0,
		});
		expect(logged).toEqual([
			{ what: "error", ...about, outcome: "timeout", detail: "the remediator was not reached: no answer" },
			{ what: "remediation-skipped", ...about, outcome: "timeout" },
		]);
		expect(dueAt()).toBe(seconds(0));
	});

	test("a remediator that answered too late has begun it: that stands", async () => {
		const { seen, logged } = await tick({
			about: { takenOver: taken },
			remedies: { begin: failing },
			wrap: faster({ remedy: inEffect({ by: "overseer" }) }),
		});
		expect((await seen()).remedy).toEqual(inEffect({ by: "overseer" }));
		expect(logged.map(({ what }) => what)).toEqual(["error"]);
	});
});

describe("an offer that nobody takes up", () => {
	test("ends with its time: paging goes on without the remedy", async () => {
		const { seen, asked, logged, dueAt } = await tick({ about: { remedy: offer } });
		expect((await seen()).remedy).toEqual({ ...offer, state: "skipped", reason: "not-approved" });
		expect(logged).toEqual([{ what: "remediation-skipped", ...about, outcome: "not-approved" }]);
		expect([asked, dueAt()]).toEqual([[], seconds(0)]);
	});

	test("ends with the incident, also before its time", async () => {
		const { seen } = await tick({ about: { remedy: offer, state: "recovered" }, at: 10 });
		expect((await seen()).remedy).toMatchObject({ state: "skipped", reason: "not-approved" });
	});

	test("stands a moment before, and is left alone", async () => {
		const { seen, logged } = await tick({ about: { remedy: offer }, at: 299.999 });
		expect((await seen()).remedy).toEqual(offer);
		expect(logged).toEqual([]);
	});

	test("ends where its runbook no longer remedies anything", async () => {
		const { seen } = await tick({ about: { remedy: offer }, of: { mode: "observe" } });
		expect((await seen()).remedy).toMatchObject({ state: "skipped" });
	});

	test("stays an offer where its end could not be written, and is ended at the next tick", async () => {
		let broken = true;
		const wrap = (ledger: Ledger): Ledger => ({
			...ledger,
			write: async (...asked) => {
				if (!broken) return ledger.write(...asked);
				broken = false;
				throw new EdgeError("unavailable", "no write", { retry: true });
			},
		});
		const { seen, logged } = await tick({ about: { remedy: offer }, wrap });
		expect((await seen()).remedy).toEqual(offer);
		expect(logged).toEqual([{ what: "error", ...about, outcome: "unavailable", detail: "the remediator was not reached: no write" }]);
		expect((await seen()).remedy).toMatchObject({ state: "skipped", reason: "not-approved" });
	});

	test("was pressed at the last moment: that stands, and nothing is told", async () => {
		const pressed = inEffect({ mode: "approve", by: "person" });
		const { seen, logged } = await tick({ about: { remedy: offer }, wrap: faster({ remedy: pressed }) });
		expect((await seen()).remedy).toEqual(pressed);
		expect(logged).toEqual([]);
	});
});

describe("the overseer's verdict", () => {
	test.each([
		{ verdict: "helped", reason: "clearing" },
		{ verdict: "waiting", reason: "no-reading-since" },
		{ verdict: "gone", reason: "not-owner" },
	] as const)("$verdict: it is left as it is", async ({ verdict, reason }) => {
		const { seen, asked, logged, item } = await tick({ about: { remedy: inEffect(), launch: ended }, remedies: answer(verdict, reason) });
		expect(await seen()).toEqual(await item());
		expect(asked).toEqual([["check", overseer]]);
		expect(logged).toEqual([]);
		expect(await item()).not.toHaveProperty("takenOver");
	});

	test("it did not help: it is undone for that reason, and the overseer pages people where no workflow does any more", async () => {
		const { seen, asked, logged, dueAt } = await tick({
			about: { remedy: inEffect(), launch: ended },
			remedies: answer("not-helped", "still-failing"),
		});
		expect((await seen()).takenOver).toEqual({ at: seconds(300), reason: "remedy-did-not-help" });
		expect(asked).toEqual([
			["check", overseer],
			["undo", overseer, "still-failing"],
		]);
		expect(logged).toEqual([{ what: "taken-over", ...about, outcome: "remedy-did-not-help" }]);
		expect(dueAt()).toBe(seconds(0));
	});

	test.each([
		{ name: "its workflow still runs", change: { launch: { ...ended, endedAt: undefined } } },
		{ name: "it has recovered", change: { launch: ended, state: "recovered" } },
		{ name: "a person approved it, who is awake already", change: { launch: ended, remedy: inEffect({ mode: "approve" }) } },
		{ name: "it never had a workflow", change: { launch: undefined } },
	])("is not taken over where $name", async ({ change }) => {
		const { seen, asked, logged, item } = await tick({
			about: { remedy: inEffect(), ...change } as Partial<Incident>,
			remedies: answer("not-helped", "still-failing"),
		});
		await seen();
		expect(asked.map(([what]) => what)).toEqual(["check", "undo"]);
		expect(logged).toEqual([]);
		expect(await item()).not.toHaveProperty("takenOver");
	});

	test("what the overseer has already stays so, and is not told again", async () => {
		const { seen, logged } = await tick({
			about: { remedy: inEffect(), launch: ended, takenOver: taken },
			remedies: answer("not-helped", "still-failing"),
		});
		expect((await seen()).takenOver).toEqual(taken);
		expect(logged).toEqual([]);
	});

	test("a check that fails is an error, and the remedy stays as it is", async () => {
		const { seen, logged } = await tick({ about: { remedy: inEffect(), launch: ended }, remedies: { check: failing } });
		expect((await seen()).remedy).toEqual(inEffect());
		expect(logged).toEqual([{ what: "error", ...about, outcome: "timeout", detail: "the remediator was not reached: no answer" }]);
	});
});

describe("the overseer undoes", () => {
	const helped = inEffect({ state: "helped", reason: "clearing", verifiedAt: seconds(100) });

	test.each([
		{ name: "what may have been done by a function that died", remedy: inEffect({ state: "intended" }), why: "outcome-unknown" },
		{ name: "what seemed to help, and failed again", remedy: helped, why: "relapsed" },
		{
			name: "again, for the reason that it had before",
			remedy: inEffect({ state: "undo-failed", reason: "still-failing", undoTriedAt: seconds(240), undoAttempts: 2 }),
			why: "still-failing",
		},
	])("$name: $why", async ({ remedy, why }) => {
		const { seen, asked, logged, put, item } = await tick({ about: { remedy, launch: ended } });
		await put(streak, holding({ breaches: 1, clears: 0, countedAt: seconds(200) }));
		await seen();
		expect(asked).toEqual([["undo", overseer, why]]);
		expect(logged).toEqual([{ what: "taken-over", ...about, outcome: "remedy-did-not-help" }]);
		expect((await item()).takenOver).toEqual({ at: seconds(300), reason: "remedy-did-not-help" });
	});

	test("a remedy that helped and whose entity stays well is left alone", async () => {
		const { seen, asked, put } = await tick({ about: { remedy: helped, launch: ended } });
		await put(streak, holding({ breaches: 0, clears: 2, countedAt: seconds(200) }));
		await seen();
		expect(asked).toEqual([]);
	});

	test("a remedy whose runbook is gone is undone all the same", async () => {
		const { seen, asked, ports } = await tick({ about: { remedy: inEffect({ state: "intended" }) } });
		ports.settings = { ...settings, runbooks: {} };
		await seen();
		expect(asked).toEqual([["undo", overseer, "outcome-unknown"]]);
	});
});

describe("a tick that finds nothing to do", () => {
	const reads = async (change: Partial<Incident>, of: RemedyWorld["of"] = {}): Promise<readonly string[]> => {
		const read: string[] = [];
		const wrap = (ledger: Ledger): Ledger => ({
			...ledger,
			read: async (which) => {
				read.push(which);
				return ledger.read(which);
			},
		});
		const { seen } = await tick({ about: change, of, wrap });
		await seen();
		return read;
	};

	test("asks the ledger for nothing; only a remedy that helped may have relapsed", async () => {
		expect(await reads({})).toEqual([]);
		expect(await reads({}, { mode: "observe" })).toEqual([]);
		expect(await reads({ remedy: inEffect({ state: "undone" }) })).toEqual([]);
		expect(await reads({ remedy: inEffect({ state: "helped" }) })).toEqual([streak]);
	});
});

describe("one step from state and now", () => {
	const step = (change: Partial<Incident>, at: number) => {
		const next = nextRemedyStep(incident(change), remediation(), undefined, seconds(at));
		return `${next.do} ${next.reason}`;
	};
	const launch = { id: "launch-1", at: seconds(0) };
	const undoing = (change: Partial<RemedyRun> = {}) =>
		inEffect({ state: "undoing", undoTriedAt: seconds(100), undoAttempts: 1, ...change });

	test.each([
		{ name: "an undoing under way", change: { remedy: undoing() }, at: 159, says: "nothing under-way" },
		{ name: "an undoing that was lost", change: { remedy: undoing() }, at: 160, says: "undo undo-again" },
		{ name: "a third attempt that was lost", change: { remedy: undoing({ undoAttempts: 3 }) }, at: 900, says: "nothing over" },
		{ name: "a second attempt", change: { remedy: undoing({ state: "undo-failed", undoAttempts: 2 }) }, at: 160, says: "undo undo-again" },
		{ name: "skipped", change: { remedy: inEffect({ state: "skipped" }) }, at: 900, says: "nothing over" },
		{ name: "failed", change: { remedy: inEffect({ state: "failed" }) }, at: 900, says: "nothing over" },
		{ name: "undone", change: { remedy: inEffect({ state: "undone" }) }, at: 900, says: "nothing over" },
		{ name: "helped", change: { remedy: inEffect({ state: "helped" }) }, at: 900, says: "nothing over" },
		{
			name: "the workflow's verdict, on its last second",
			change: { remedy: inEffect(), launch },
			at: 299,
			says: "nothing workflow-verifies",
		},
		{ name: "no workflow at all", change: { remedy: inEffect() }, at: 10, says: "check ours" },
		{ name: "begun by the overseer", change: { remedy: inEffect({ by: "overseer" }), launch }, at: 10, says: "check ours" },
	])("$name: $says", ({ change, at, says }) => {
		expect(step(change, at)).toBe(says);
	});
});
