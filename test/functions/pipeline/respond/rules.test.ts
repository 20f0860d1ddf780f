import { describe, expect, test } from "vitest";
import { everyStep } from "../../../../architect/lint/steps.ts";
import { recordable } from "../../../../contracts/ledger.ts";
import { claim, readStanding, record, release, whyOwner, workflowFailure } from "../../../../functions/pipeline/respond/rules.ts";
import { compileResponse } from "../../../../response/compile.ts";
import { twoTiers } from "../../../response/plans.ts";
import { asker, incident, page, policy, recordRequest, seconds } from "../fixtures.ts";

const launched = incident({ launch: { id: "launch-1", at: seconds(0), executionId: "e" } });

describe("whyOwner", () => {
	test.each([
		{ name: "its own launch", item: launched, reason: "owner" },
		{ name: "no such incident", item: undefined, reason: "unknown-incident" },
		{ name: "the next occurrence", item: { ...launched, occurrence: 2 }, reason: "other-occurrence" },
		{ name: "taken over", item: { ...launched, takenOver: { at: seconds(1), reason: "not-claimed" } }, reason: "taken-over" },
		{ name: "another launch", item: incident({ launch: { id: "launch-2", at: seconds(0) } }), reason: "other-launch" },
		{ name: "never launched", item: incident(), reason: "other-launch" },
		{ name: "recovered", item: { ...launched, state: "recovered" as const }, reason: "not-open" },
		{ name: "closed", item: { ...launched, state: "closed" as const }, reason: "not-open" },
	])("$name → $reason", ({ item, reason }) => {
		expect(whyOwner(item, asker)).toBe(reason);
		expect(claim(item, asker, seconds(5)).answer).toBe(reason === "owner" ? "owner" : "not-owner");
		expect(claim(item, asker, seconds(5)).incident === undefined).toBe(reason !== "owner");
	});
});

test("a claim is kept at its first moment, however often it is repeated", () => {
	const once = claim(launched, asker, seconds(5));
	const twice = claim(once.incident, asker, seconds(9));
	expect(twice.incident?.launch).toMatchObject({ claimedAt: seconds(5), seenAt: seconds(9) });
	expect([once.reason, twice.reason]).toEqual(["owner", "claimed-again"]);
});

describe("record", () => {
	test("page-sending asks, and writes the intent", () => {
		const { incident: next, answer } = record(launched, recordRequest("page-sending"), policy, seconds(5));
		expect(answer).toEqual({
			proceed: true,
			reason: "first-attempt",
			proven: false,
			acknowledged: false,
			recovered: false,
			provenSecondsAgo: 0,
			receipt: "",
			summary: "SIP trunk Frankfurt-1 is down",
			shortText: "HIGH: SIP trunk Frankfurt-1 is down",
		});
		expect(next?.pages).toEqual([page({ intendedAt: seconds(5), lastAttemptAt: seconds(5) })]);
		expect(next).toMatchObject({ tier: 1, launch: { seenAt: seconds(5) } });
	});

	test.each([
		{
			name: "another executor's proof",
			pages: [page({ by: "dispatcher", state: "proven", provenAt: seconds(1), receipt: "r" })],
			reason: "already-proven",
			proven: true,
			provenSecondsAgo: 4,
			receipt: "r",
		},
		{
			name: "another executor's acceptance",
			pages: [page({ by: "dispatcher", state: "accepted", receipt: "r" })],
			reason: "already-accepted",
			proven: false,
			provenSecondsAgo: 0,
			receipt: "r",
		},
		{
			name: "another executor's attempt under way",
			pages: [page({ by: "overseer", state: "sending" })],
			reason: "in-flight",
			proven: false,
			provenSecondsAgo: 0,
			receipt: "",
		},
	])("page-sending is refused for $name", ({ pages, reason, proven, provenSecondsAgo, receipt }) => {
		const { incident: next, answer } = record({ ...launched, pages }, recordRequest("page-sending"), policy, seconds(5));
		expect(answer).toMatchObject({ proceed: false, reason, proven, provenSecondsAgo, receipt });
		expect(next?.pages).toEqual(pages);
	});

	test("an intent of another executor that led to nothing within a minute is lost, and may be taken up", () => {
		const pages = [page({ by: "overseer", state: "sending", attempts: 2 })];
		const { answer, incident: next } = record({ ...launched, pages }, recordRequest("page-sending"), policy, seconds(60));
		expect(answer).toMatchObject({ proceed: true, reason: "first-attempt" });
		expect(next?.pages[0]).toMatchObject({ by: "workflow", attempts: 1, intendedAt: seconds(0), lastAttemptAt: seconds(60) });
	});

	test("a channel that the settings no longer have is paged all the same", () => {
		const { answer } = record(launched, recordRequest("page-sending", { channel: "fax" }), policy, seconds(5));
		expect(answer).toMatchObject({ proceed: true, reason: "unknown-channel" });
	});

	test.each([
		{ what: "page-sent", receipt: "r", detail: "", state: { state: "accepted", acceptedAt: seconds(5), receipt: "r" } },
		{ what: "page-failed", receipt: "", detail: "failed service.unavailable 503", state: { state: "failed", failure: "unavailable" } },
		{ what: "page-given-up", receipt: "", detail: "timeout", state: { state: "given-up", failure: "timeout" } },
		{ what: "page-proven", receipt: "r", detail: "", state: { state: "proven", provenAt: seconds(5), receipt: "r" } },
		{ what: "page-unproven", receipt: "", detail: "", state: { state: "unproven" } },
	] as const)("$what becomes the page's state", ({ what, receipt, detail, state }) => {
		const before = { ...launched, pages: [page()] };
		expect(record(before, recordRequest(what, { receipt, detail }), policy, seconds(5)).incident?.pages[0]).toMatchObject(state);
	});

	test.each([
		{ name: "with the reason that it gives", failure: "timeout", detail: "failed service.unavailable 503", becomes: "unavailable" },
		{ name: "with the reason of the last attempt", failure: "timeout", detail: "", becomes: "timeout" },
		{ name: "without any", failure: undefined, detail: "", becomes: "unreachable" },
	])("page-given-up $name → $becomes", ({ failure, detail, becomes }) => {
		const before = { ...launched, pages: [page({ state: "failed", ...(failure === undefined ? {} : { failure }) })] };
		expect(record(before, recordRequest("page-given-up", { detail }), policy, seconds(5)).incident?.pages[0]).toMatchObject({
			state: "given-up",
			failure: becomes,
		});
	});

	test.each(["credentials-checked", "remediation-skipped", "page-given-up", "page-unproven"] as const)(
		"%s says of no page that it was sent",
		(what) => {
			const seen = { ...launched, tier: 1, launch: { id: "launch-1", at: seconds(0), executionId: "e", seenAt: seconds(5) } };
			expect(record(launched, recordRequest(what), policy, seconds(5)).incident).toEqual(seen);
			const known = { pages: [page()] };
			if (!what.startsWith("page-"))
				expect(record({ ...launched, ...known }, recordRequest(what), policy, seconds(5)).incident).toEqual({ ...seen, ...known });
		},
	);

	test.each([
		{ what: "page-sent", state: "accepted" },
		{ what: "page-failed", state: "failed" },
		{ what: "page-proven", state: "proven" },
		{ what: "page-presumed", state: "presumed" },
	] as const)("$what about a page whose question for leave did not arrive is written all the same", ({ what, state }) => {
		const { incident: next } = record(launched, recordRequest(what, { receipt: "r" }), policy, seconds(5));
		expect(next?.pages).toMatchObject([{ channel: "pagerduty", tier: 1, state, by: "workflow", intendedAt: seconds(5) }]);
		expect(record(launched, recordRequest(what, { channel: "fax" }), policy, seconds(5)).incident?.pages).toEqual([]);
	});

	test("a record about a page changes that page alone", () => {
		const before = { ...launched, pages: [page(), page({ tier: 2 }), page({ channel: "sms", kind: "sms" })] };
		const { incident: next, answer } = record(before, recordRequest("page-proven", { tier: 2, receipt: "r" }), policy, seconds(5));
		expect(next?.pages.map(({ state }) => state)).toEqual(["sending", "proven", "sending"]);
		expect(answer).toMatchObject({ proceed: true, reason: "owner", proven: true, provenSecondsAgo: 0, receipt: "r" });
	});

	test("the question about a tier's channel is about that tier's settings", () => {
		const { incident: next, answer } = record(launched, recordRequest("page-sending", { tier: 2 }), policy, seconds(5));
		expect(answer).toMatchObject({ proceed: true, reason: "first-attempt" });
		expect(next?.pages).toEqual([page({ tier: 2, dedupKey: `${incident().key}:1:2`, intendedAt: seconds(5), lastAttemptAt: seconds(5) })]);
		expect(record(launched, recordRequest("page-sending", { tier: 3 }), policy, seconds(5)).answer.reason).toBe("unknown-channel");
		expect(record(launched, recordRequest("page-sending", { tier: 2, channel: "sms" }), policy, seconds(5)).answer.reason).toBe(
			"unknown-channel",
		);
	});

	test("nobody's incident has no standing", () => {
		expect(record(undefined, recordRequest("page-sent"), policy, seconds(5))).toEqual({
			answer: {
				proceed: false,
				reason: "unknown-incident",
				proven: false,
				acknowledged: false,
				recovered: false,
				provenSecondsAgo: 0,
				receipt: "",
				summary: "",
				shortText: "",
			},
		});
	});

	test("an acknowledgement in one place is told to the workflow at its next word", () => {
		const acknowledged = { at: seconds(1), by: "Ada", tier: 1, channel: "pagerduty" };
		const before = { ...launched, acknowledged, pages: [page({ state: "proven", provenAt: seconds(1) })] };
		expect(record(before, recordRequest("page-sending"), policy, seconds(5)).answer).toMatchObject({
			proceed: false,
			reason: "acknowledged",
			acknowledged: true,
			provenSecondsAgo: 4,
		});
		expect(readStanding(before, { ...asker, tier: 1 }, seconds(5)).answer).toMatchObject({ acknowledged: true, recovered: false });
	});

	test("an incident that was taken over is not written by its old workflow", () => {
		const before = { ...launched, takenOver: { at: seconds(1), reason: "workflow-silent" }, pages: [page()] };
		const { incident: next, answer } = record(before, recordRequest("page-proven", { receipt: "r" }), policy, seconds(5));
		expect(next).toBeUndefined();
		expect(answer).toMatchObject({ proceed: false, reason: "taken-over" });
	});

	test("a workflow never goes back to a lower tier", () => {
		const before = { ...launched, tier: 2 };
		expect(record(before, recordRequest("escalated", { tier: 1 }), policy, seconds(5)).incident?.tier).toBe(2);
	});

	test("every word of it says how far it came: what it said on its way may be lost", () => {
		expect(record(launched, recordRequest("exhausted", { tier: 2 }), policy, seconds(5)).incident?.tier).toBe(2);
		expect(readStanding(launched, { ...asker, tier: 2 }, seconds(5)).incident?.tier).toBe(2);
		expect(release(launched, { ...asker, outcome: "exhausted", tierReached: 2 }, seconds(5))?.tier).toBe(2);
		const taken = { ...launched, round: 2, takenOver: { at: seconds(1), reason: "nobody-answered" } };
		expect(release(taken, { ...asker, outcome: "exhausted", tierReached: 2 }, seconds(5))?.tier).toBe(launched.tier);
	});

	test("a proof is never lost again", () => {
		const before = { ...launched, pages: [page({ state: "proven", provenAt: seconds(1) })] };
		for (const what of ["page-sent", "page-failed", "page-given-up", "page-unproven"] as const) {
			expect(record(before, recordRequest(what), policy, seconds(5)).incident?.pages[0]?.state).toBe("proven");
		}
	});

	test("escalated enters the tier; exhausted is kept at its first moment", () => {
		expect(record(launched, recordRequest("escalated", { tier: 2 }), policy, seconds(5)).incident?.tier).toBe(2);
		const done = record(launched, recordRequest("exhausted"), policy, seconds(5)).incident;
		expect(record(done, recordRequest("exhausted"), policy, seconds(9)).incident?.exhausted).toBe(seconds(5));
	});

	test("a stranger changes nothing and is told why; the owner of a recovered incident may still record", () => {
		const stranger = record(launched, recordRequest("page-sent", { launchId: "launch-2" }), policy, seconds(5));
		expect(stranger).toEqual({ answer: expect.objectContaining({ proceed: false, reason: "other-launch" }) });
		const late = record(
			{ ...launched, state: "recovered", pages: [page()] },
			recordRequest("page-sent", { receipt: "r" }),
			policy,
			seconds(5),
		);
		expect(late.answer).toMatchObject({ proceed: false, reason: "not-open", recovered: true });
		expect(late.incident?.pages[0]?.state).toBe("accepted");
	});
});

test.each([
	{ text: "timeout", reason: "timeout" },
	{ text: "failed request.timeout 504", reason: "timeout" },
	{ text: "failed bad.gateway 502", reason: "unavailable" },
	{ text: "failed  0", reason: "unreachable" },
	{ text: "", reason: "unreachable" },
	{ text: "failed service.unavailable 503", reason: "unavailable" },
	{ text: "failed internal.server.error 500", reason: "unavailable" },
	{ text: "failed too.many.requests 429", reason: "rate-limited" },
	{ text: "failed bad.request 400", reason: "rejected" },
	{ text: "failed authentication.required 401", reason: "unauthorized" },
	{ text: "failed missing.permissions 403", reason: "forbidden" },
	{ text: "failed not.found 404", reason: "not-found" },
	{ text: "failed request.timeout 408", reason: "timeout" },
	{ text: "failed conflict 499", reason: "rejected" },
	{ text: "failed see.other 399", reason: "unreachable" },
	{ text: "failed service.unavailable 503 \n", reason: "unavailable" },
	{ text: "failed after 503 tries", reason: "unreachable" },
	{ text: "failed 50", reason: "unreachable" },
	{ text: "timeout 503", reason: "unavailable" },
])("what a data action said is a reason of the closed set: $text → $reason", ({ text, reason }) => {
	expect(workflowFailure(text)).toBe(reason);
});

test("a sign of life after two questions that did not arrive tells a gap, for good", () => {
	const heard = { ...launched, launch: { id: asker.launchId, at: seconds(0), claimedAt: seconds(0), seenAt: seconds(10) } };
	const asks = { ...asker, tier: 1 };
	expect(readStanding(heard, asks, seconds(159)).incident?.launch).not.toHaveProperty("gap");
	const after = readStanding(heard, asks, seconds(160)).incident;
	expect(after?.launch).toMatchObject({ gap: true, seenAt: seconds(160) });
	expect(readStanding(after, asks, seconds(170)).incident?.launch?.gap).toBe(true);
	const last = { ...asker, outcome: "exhausted", tierReached: 1 };
	expect(release(heard, last, seconds(160))?.launch).toMatchObject({ gap: true });
	expect(release(heard, last, seconds(159))?.launch).not.toHaveProperty("gap");
});

test("reading is a sign of life of the owner alone", () => {
	expect(readStanding(launched, { ...asker, tier: 1 }, seconds(7))).toMatchObject({
		incident: { launch: { seenAt: seconds(7) } },
		answer: { proceed: true, reason: "owner" },
	});
	expect(readStanding(launched, { ...asker, tier: 1, launchId: "x" }, seconds(7))).toEqual({
		answer: { proceed: false, reason: "other-launch", acknowledged: false, recovered: false },
	});
	expect(readStanding(undefined, { ...asker, tier: 1 }, seconds(7))).toEqual({
		answer: { proceed: false, reason: "unknown-incident", acknowledged: false, recovered: false },
	});
	expect(readStanding({ ...launched, state: "recovered" }, { ...asker, tier: 1 }, seconds(7)).answer).toMatchObject({
		proceed: false,
		recovered: true,
	});
});

test("the last word is kept once, and only from the launch itself", () => {
	const ended = release(launched, { ...asker, outcome: "acknowledged", tierReached: 1 }, seconds(8));
	expect(ended?.launch).toMatchObject({ endedAt: seconds(8), outcome: "acknowledged" });
	expect(release(ended, { ...asker, outcome: "acknowledged", tierReached: 1 }, seconds(9))?.launch?.endedAt).toBe(seconds(8));
	expect(release(launched, { ...asker, launchId: "x", outcome: "acknowledged", tierReached: 1 }, seconds(8))).toBeUndefined();
	expect(release(launched, { ...asker, occurrence: 2, outcome: "acknowledged", tierReached: 1 }, seconds(8))).toBeUndefined();
});

test("an incident that is gone is released by nobody", () => {
	expect(release(undefined, { ...asker, outcome: "done", tierReached: 1 }, seconds(8))).toBeUndefined();
	expect(release(incident(), { ...asker, outcome: "done", tierReached: 1 }, seconds(8))).toBeUndefined();
});

/** A word that is missing among them would be refused by the ledger that is deployed. */
test("what a workflow may record is what the compiled one says", () => {
	const said = everyStep(compileResponse(twoTiers)).flatMap(({ action }) => {
		if (action.kind !== "callData" || action.dataAction !== twoTiers.actions.record.name) return [];
		return action.inputs.what?.kind === "lit" ? [action.inputs.what.lit] : ["a word that is computed"];
	});
	expect(new Set(said)).toEqual(new Set(recordable));
});
