import { describe, expect, test } from "vitest";
import { readStanding, record, release } from "../../../../functions/pipeline/respond/rules.ts";
import { asker, incident, page, policy, recordRequest, seconds } from "../fixtures.ts";
import { launched } from "./launched.ts";

describe("record", () => {
	test("page-sending asks, and writes the intent", () => {
		const { incident: next, answer } = record(launched, recordRequest("page-sending"), policy, seconds(5));
		expect(answer).toEqual({
			proceed: true,
			reason: "first-attempt",
			proven: false,
			acknowledged: false,
			recovered: false,
			receipt: "",
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
			receipt: "r",
		},
		{
			name: "another executor's acceptance",
			pages: [page({ by: "dispatcher", state: "accepted", receipt: "r" })],
			reason: "already-accepted",
			proven: false,
			receipt: "r",
		},
		{
			name: "another executor's attempt under way",
			pages: [page({ by: "overseer", state: "sending" })],
			reason: "in-flight",
			proven: false,
			receipt: "",
		},
	])("page-sending is refused for $name", ({ pages, reason, proven, receipt }) => {
		const { incident: next, answer } = record({ ...launched, pages }, recordRequest("page-sending"), policy, seconds(5));
		expect(answer).toMatchObject({ proceed: false, reason, proven, receipt });
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
		expect(answer).toMatchObject({ proceed: true, reason: "owner", proven: true, receipt: "r" });
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
				receipt: "",
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
