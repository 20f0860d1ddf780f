import { describe, expect, test } from "vitest";
import { takesOver, whyTakeOver } from "../../../../functions/pipeline/escalate/rules.ts";
import { incident, page, policy, seconds } from "../fixtures.ts";

describe("whyTakeOver", () => {
	const limits = { takeOverSeconds: 60 };
	const launch = { id: "launch-1", at: seconds(0) };
	const running = { ...launch, executionId: "e" };
	const claimed = { ...running, claimedAt: seconds(1), seenAt: seconds(1) };

	test.each([
		{ name: "young", change: {}, at: 59, execution: undefined, reason: "not-yet" },
		{ name: "never launched", change: {}, at: 60, execution: undefined, reason: "not-launched" },
		{
			name: "a launch is tried again and again",
			change: { launch: { id: "launch-9", at: seconds(59) } },
			at: 60,
			execution: undefined,
			reason: "not-launched",
		},
		{
			name: "launched, not claimed yet",
			change: { launch: { ...running, at: seconds(30) } },
			at: 89,
			execution: "running",
			reason: "not-yet",
		},
		{ name: "launched, never claimed", change: { launch: running }, at: 60, execution: "running", reason: "not-claimed" },
		{ name: "claimed and talking", change: { launch: claimed }, at: 190, execution: "running", reason: "not-yet" },
		{ name: "claimed and silent", change: { launch: claimed }, at: 191, execution: "running", reason: "workflow-silent" },
		{ name: "died in an error", change: { launch: claimed }, at: 2, execution: "failed", reason: "workflow-died" },
		{ name: "ended without a last word", change: { launch: claimed }, at: 2, execution: "completed", reason: "workflow-died" },
		{ name: "ended in order", change: { launch: { ...claimed, endedAt: seconds(5) } }, at: 999, execution: "completed", reason: "not-yet" },
		{ name: "its state cannot be read, but it talks", change: { launch: claimed }, at: 100, execution: undefined, reason: "not-yet" },
		{ name: "taken over before", change: { takenOver: { at: seconds(1), reason: "x" } }, at: 999, execution: undefined, reason: "already" },
		{
			name: "acknowledged",
			change: { acknowledged: { at: seconds(1), by: "Ada", tier: 1, channel: "pagerduty" } },
			at: 999,
			execution: undefined,
			reason: "answered",
		},
		{ name: "recovered", change: { state: "recovered" }, at: 999, execution: undefined, reason: "answered" },
		{
			name: "waits for a lease, first page proven",
			change: { waitingSince: seconds(0), pages: [page({ state: "proven", provenAt: seconds(60) })] },
			at: 359,
			execution: undefined,
			reason: "not-yet",
		},
		{
			name: "waited until the next tier is due",
			change: { waitingSince: seconds(0), pages: [page({ state: "proven", provenAt: seconds(60) })] },
			at: 360,
			execution: undefined,
			reason: "waited-too-long",
		},
		{
			name: "waits for a lease, first page refused",
			change: { waitingSince: seconds(0), pages: [page({ state: "given-up" })] },
			at: 1,
			execution: undefined,
			reason: "first-page-failed",
		},
		{
			name: "waits for a lease, first page failed",
			change: { waitingSince: seconds(0), pages: [page({ state: "failed" })] },
			at: 1,
			execution: undefined,
			reason: "first-page-failed",
		},
		{
			name: "waits for a lease, first page unproven",
			change: { waitingSince: seconds(0), pages: [page({ state: "unproven" })] },
			at: 1,
			execution: undefined,
			reason: "first-page-failed",
		},
		{
			name: "waits for a lease, and nobody was paged",
			change: { waitingSince: seconds(0) },
			at: 1,
			execution: undefined,
			reason: "first-page-failed",
		},
		{
			name: "waits for a lease, first page accepted",
			change: { waitingSince: seconds(0), pages: [page({ state: "accepted", intendedAt: seconds(10) })] },
			at: 309,
			execution: undefined,
			reason: "not-yet",
		},
		{
			name: "waited too long for an accepted page",
			change: { waitingSince: seconds(0), pages: [page({ state: "accepted", intendedAt: seconds(10) })] },
			at: 310,
			execution: undefined,
			reason: "waited-too-long",
		},
		{
			name: "claimed before its execution was recorded, and talking",
			change: { launch: { ...launch, claimedAt: seconds(1) } },
			at: 190,
			execution: undefined,
			reason: "not-yet",
		},
		{
			name: "claimed, and never heard of since",
			change: { launch: { ...launch, claimedAt: seconds(1) } },
			at: 191,
			execution: undefined,
			reason: "workflow-silent",
		},
		{
			name: "acknowledged and taken over before",
			change: { takenOver: { at: seconds(1), reason: "x" }, state: "recovered" },
			at: 999,
			execution: undefined,
			reason: "already",
		},
		{
			name: "waits, and the dispatcher died while it sent",
			change: { waitingSince: seconds(0), pages: [page({ state: "sending" })] },
			at: 60,
			execution: undefined,
			reason: "first-page-failed",
		},
		{
			name: "waits, and the dispatcher sends",
			change: { waitingSince: seconds(0), pages: [page({ state: "sending" })] },
			at: 59,
			execution: undefined,
			reason: "not-yet",
		},
		{
			name: "its turn came late, and its launch is under way",
			change: { waitedUntil: seconds(200), launch: { id: "launch-1", at: seconds(200) } },
			at: 259,
			execution: undefined,
			reason: "not-yet",
		},
		{
			name: "its turn came late, and its launch never came",
			change: { waitedUntil: seconds(200), launch: { id: "launch-1", at: seconds(200) } },
			at: 260,
			execution: undefined,
			reason: "not-launched",
		},
	] as const)("$name → $reason", ({ change, at, execution, reason }) => {
		const why = whyTakeOver(incident(change), execution, policy, limits, seconds(at));
		expect(why).toBe(reason);
		expect(takesOver(why)).toBe(!["not-yet", "already", "answered"].includes(reason));
	});
});
