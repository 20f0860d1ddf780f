import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { nextStep } from "../../../../functions/pipeline/escalate/rules.ts";
import type { Incident, RemedyRun, RemedyState } from "../../../../functions/pipeline/model/incident.ts";
import { nextRemedyStep } from "../../../../functions/pipeline/remedy/oversee.ts";
import {
	activeRemediation,
	advanceRemedy,
	approvalSeconds,
	hasRelapsed,
	holdsPaging,
	maximumUndoAttempts,
	type RemedyNews,
	remediationSkippedFrom,
	verdictOf,
	whyHelped,
	whyRemedy,
} from "../../../../functions/pipeline/remedy/rules.ts";
import { incident, page, policy, remediating, remediation, seconds, settings } from "../fixtures.ts";
import { inEffect } from "../remedyWorld.ts";

const calm = { leasesInUse: 1, skippedFrom: 5, credentialsFailing: false };
const launched = { id: "launch-1", at: seconds(0), claimedAt: seconds(0) };

describe("the ladder", () => {
	test.each([
		{ name: "observe", of: remediation({ mode: "observe" }), about: {}, load: calm, reason: "observe" },
		{ name: "no remediation", of: undefined, about: {}, load: calm, reason: "observe" },
		{ name: "auto", of: remediation(), about: {}, load: calm, reason: "begin" },
		{ name: "approve", of: remediation({ mode: "approve" }), about: {}, load: calm, reason: "offer" },
		{ name: "critical goes straight to people", of: remediation(), about: { severity: "critical" }, load: calm, reason: "critical" },
		{
			name: "many at once",
			of: remediation(),
			about: {},
			load: { leasesInUse: 5, skippedFrom: 5, credentialsFailing: false },
			reason: "load",
		},
		{
			name: "a client of ours is refused",
			of: remediation(),
			about: {},
			load: { ...calm, credentialsFailing: true },
			reason: "credentials-failing",
		},
		{ name: "recovered", of: remediation(), about: { state: "recovered" }, load: calm, reason: "not-open" },
		{
			name: "somebody has it already",
			of: remediation(),
			about: { acknowledged: { at: 0, by: "Ada", tier: 1, channel: "sms" } },
			load: calm,
			reason: "acknowledged",
		},
		{
			name: "somebody was paged",
			of: remediation(),
			about: { pages: [page({ acceptedAt: seconds(1) })] },
			load: calm,
			reason: "people-paged",
		},
		{
			name: "a page that failed is no page",
			of: remediation(),
			about: { pages: [page({ state: "failed" })] },
			load: calm,
			reason: "begin",
		},
		{
			name: "one remedy in one occurrence",
			of: remediation(),
			about: { remedy: inEffect({ state: "undone" }) },
			load: calm,
			reason: "already-begun",
		},
		{
			name: "an offer that stands",
			of: remediation({ mode: "approve" }),
			about: { remedy: inEffect({ state: "offered" }) },
			load: calm,
			reason: "already-offered",
		},
	] as const)("$name: $reason", ({ of, about, load, reason }) => {
		expect(whyRemedy(incident(about as Partial<Incident>), of, load)).toBe(reason);
	});

	test("a runbook that is not enabled, or only observes, has no remediation", () => {
		const active = remediating().runbooks["trunk-down"];
		expect(activeRemediation(active)).toEqual(remediation());
		expect(active && activeRemediation({ ...active, enabled: false })).toBeUndefined();
		expect(active && activeRemediation({ ...active, remediation: remediation({ mode: "observe" }) })).toBeUndefined();
		expect(activeRemediation(settings.runbooks["trunk-down"])).toBeUndefined();
		expect(activeRemediation(undefined)).toBeUndefined();
	});

	test.each([
		[1, 2],
		[3, 2],
		[10, 5],
		[11, 6],
	])("with %i leases, %i in use are too many", (incidentsInResponse, from) => {
		expect(remediationSkippedFrom({ incidentsInResponse })).toBe(from);
	});
});

const news: fc.Arbitrary<RemedyNews> = fc.constantFrom<RemedyNews>(
	{ what: "skip", reason: "cooldown", remediation: remediation(), by: "workflow" },
	{ what: "offer", remediation: remediation({ mode: "approve" }), by: "workflow", link: "https://x.test/approve" },
	{ what: "intend", remediation: remediation(), by: "person", before: "off" },
	{ what: "expire", reason: "not-approved" },
	{ what: "acted", receipt: "r", windowSeconds: 180 },
	{ what: "refused", reason: "forbidden" },
	{ what: "helped", reason: "clearing" },
	{ what: "undo", reason: "still-failing" },
	{ what: "undone", reason: "still-failing" },
	{ what: "undo-failed", reason: "timeout" },
);

describe("a remedy's way, whatever is told in whatever order", () => {
	const walk = (
		all: readonly RemedyNews[],
	): readonly { readonly news: RemedyNews; readonly from: RemedyState | "none"; readonly to: RemedyRun }[] => {
		let current: RemedyRun | undefined;
		return all.flatMap((one, index) => {
			const from = current?.state ?? ("none" as const);
			const { run: next, reason } = advanceRemedy(current, one, seconds(index));
			if (reason !== "advanced" || next === undefined) {
				expect(next).toBe(current);
				return [];
			}
			current = next;
			return [{ news: one, from, to: next }];
		});
	};

	test("nothing is done without an intent before it, and at most once", () => {
		fc.assert(
			fc.property(fc.array(news, { maxLength: 40 }), (all) => {
				const steps = walk(all);
				expect(steps.filter(({ news: { what } }) => what === "acted").length).toBeLessThanOrEqual(1);
				for (const { news: one, from } of steps) if (one.what === "acted") expect(from).toBe("intended");
			}),
		);
	});

	test("nothing is called undone without an intent to undo, and undoing is tried three times at most", () => {
		fc.assert(
			fc.property(fc.array(news, { maxLength: 60 }), (all) => {
				const steps = walk(all);
				for (const { news: one, from } of steps) if (one.what === "undone") expect(from).toBe("undoing");
				expect(steps.filter(({ news: { what } }) => what === "undo").length).toBeLessThanOrEqual(maximumUndoAttempts);
			}),
		);
	});

	test("what is over stays over", () => {
		fc.assert(
			fc.property(fc.constantFrom<RemedyState>("skipped", "failed", "undone"), news, (state, one) => {
				const before = inEffect({ state });
				expect(advanceRemedy(before, one, seconds(1))).toEqual({ run: before, reason: "not-from-this-state" });
			}),
		);
	});

	test("an approved offer keeps what was offered and remembers who began it", () => {
		const [, intended] = walk([
			{ what: "offer", remediation: remediation({ mode: "approve" }), by: "workflow", link: "https://x.test/approve" },
			{ what: "intend", remediation: remediation({ mode: "approve" }), by: "person", before: "off" },
		]);
		expect(intended?.to).toMatchObject({
			state: "intended",
			mode: "approve",
			by: "person",
			before: "off",
			expiresAt: seconds(approvalSeconds),
		});
	});
});

describe("whether it helped", () => {
	const since = (clears: number, breaches: number, at: number) => ({ clears, breaches, countedAt: seconds(at) });
	test.each([
		{ name: "the incident recovered", about: { state: "recovered" }, streak: undefined, at: 60, reason: "recovered", verdict: "helped" },
		{ name: "a clear reading since", about: {}, streak: since(1, 0, 60), at: 60, reason: "clearing", verdict: "helped" },
		{ name: "a clear reading of before", about: {}, streak: since(1, 0, 0), at: 60, reason: "no-reading-since", verdict: "waiting" },
		{ name: "a breach since", about: {}, streak: since(0, 2, 60), at: 179, reason: "still-failing", verdict: "waiting" },
		{ name: "a breach at the end", about: {}, streak: since(0, 2, 180), at: 180, reason: "still-failing", verdict: "not-helped" },
		{ name: "no data is no proof", about: {}, streak: undefined, at: 180, reason: "no-reading-since", verdict: "not-helped" },
	] as const)("$name: $reason, $verdict", ({ about, streak, at, reason, verdict }) => {
		const found = whyHelped(incident(about as Partial<Incident>), streak, inEffect());
		expect([found, verdictOf(found, inEffect(), seconds(at))]).toEqual([reason, verdict]);
	});

	test("a relapse is a breach after the verdict, before the incident recovered", () => {
		const helped = inEffect({ state: "helped", verifiedAt: seconds(60) });
		expect(hasRelapsed(incident({ remedy: helped }), since(0, 1, 61))).toBe(true);
		expect(hasRelapsed(incident({ remedy: helped }), since(0, 1, 60))).toBe(false);
		expect(hasRelapsed(incident({ remedy: helped }), since(2, 0, 120))).toBe(false);
		expect(hasRelapsed(incident({ remedy: helped, state: "recovered" }), since(0, 1, 61))).toBe(false);
	});
});

describe("paging waits for a remedy, and never for long", () => {
	test.each([
		{ name: "in its window", remedy: inEffect(), at: 100, holds: true },
		{ name: "a verdict two minutes late", remedy: inEffect(), at: 299, holds: true },
		{ name: "a verdict that does not come", remedy: inEffect(), at: 300, holds: false },
		{ name: "an intent that was lost", remedy: inEffect({ state: "intended" }), at: 60, holds: false },
		{ name: "it helped", remedy: inEffect({ state: "helped" }), at: 5000, holds: true },
		{ name: "it is undone", remedy: inEffect({ state: "undone" }), at: 10, holds: false },
		{ name: "it was approved by a person, who was paged", remedy: inEffect({ mode: "approve" }), at: 10, holds: false },
	])("$name: $holds", ({ remedy, at, holds }) => {
		const about = incident({ remedy });
		expect(holdsPaging(about, seconds(at))).toBe(holds);
		expect(nextStep(about, policy, seconds(at))).toMatchObject(holds ? { do: "wait", reason: "for-remedy" } : { do: "send" });
	});
});

describe("the second executor", () => {
	const taken = { takenOver: { at: seconds(60), reason: "not-launched" } };
	test.each([
		{ name: "nothing begun, not its turn", about: {}, at: 60, step: "nothing none" },
		{ name: "nothing begun, taken over", about: taken, at: 60, step: "begin taken-over" },
		{ name: "taken over after a page", about: { ...taken, pages: [page()] }, at: 60, step: "nothing none" },
		{
			name: "an open offer",
			about: { remedy: inEffect({ state: "offered", expiresAt: seconds(300) }) },
			at: 299,
			step: "nothing offer-open",
		},
		{ name: "silence", about: { remedy: inEffect({ state: "offered", expiresAt: seconds(300) }) }, at: 300, step: "expire not-approved" },
		{ name: "an intent under way", about: { remedy: inEffect({ state: "intended" }) }, at: 59, step: "nothing under-way" },
		{ name: "an intent that nobody finished", about: { remedy: inEffect({ state: "intended" }) }, at: 60, step: "undo outcome-unknown" },
		{ name: "the workflow waits for it", about: { remedy: inEffect(), launch: launched }, at: 200, step: "nothing workflow-verifies" },
		{ name: "the workflow forgot it", about: { remedy: inEffect(), launch: launched }, at: 300, step: "check verdict-overdue" },
		{
			name: "the workflow is gone",
			about: { remedy: inEffect(), launch: { ...launched, endedAt: seconds(90) } },
			at: 100,
			step: "check ours",
		},
		{ name: "taken over meanwhile", about: { remedy: inEffect(), launch: launched, ...taken }, at: 100, step: "check ours" },
		{ name: "a person began it", about: { remedy: inEffect({ by: "person" }), launch: launched }, at: 100, step: "check ours" },
		{ name: "recovered meanwhile", about: { remedy: inEffect(), launch: launched, state: "recovered" }, at: 100, step: "check ours" },
		{
			name: "an undoing that failed",
			about: { remedy: inEffect({ state: "undo-failed", undoTriedAt: seconds(0), undoAttempts: 1 }) },
			at: 60,
			step: "undo undo-again",
		},
		{
			name: "an undoing that was given up",
			about: { remedy: inEffect({ state: "undo-failed", undoAttempts: 3 }) },
			at: 900,
			step: "nothing over",
		},
	] as const)("$name: $step", ({ about, at, step }) => {
		const next = nextRemedyStep(incident(about as Partial<Incident>), remediation(), undefined, seconds(at));
		expect(`${next.do} ${next.reason}`).toBe(step);
	});
});
