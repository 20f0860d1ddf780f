import { describe, expect, test } from "vitest";
import { type Act, actOf, actReasons, inOrder, isOwed } from "../../../../functions/pipeline/confirm/acts.ts";
import type { CountedStep } from "../../../../functions/pipeline/confirm/rules.ts";
import type { Severity } from "../../../../functions/pipeline/model/incident.ts";
import { reading, seconds } from "../fixtures.ts";
import { calm } from "../pollWorld.ts";

const child = { key: "inc:1:dev:trunk-down:t", condition: "trunk-down", name: "T", since: seconds(0) } as const;
const counted = (breachesBefore: number) => {
	const streak = { breaches: 2, clears: 0, countedAt: seconds(60) };
	const before = { ...streak, breaches: breachesBefore };
	const step: CountedStep = {
		streak,
		signal: "open",
		reason: "breach-streak-reached",
		before,
		clearsToClose: 3,
		flapping: false,
		after: streak,
	};
	return { reading: reading(), runbook: calm, hasIncident: false, step };
};

describe("why something is to be done", () => {
	test.each([
		{ name: "no incident yet", before: 2, signal: "open", children: [], isListed: false, reason: "opens" },
		{
			name: "its streak was reached just now, while its last recovery is told",
			before: 1,
			signal: "open",
			children: [],
			isListed: true,
			reason: "opens",
		},
		{ name: "an incident that is there", before: 2, signal: "open", children: [], isListed: true, reason: "seen-again" },
		{ name: "an incident with children", before: 2, signal: "open", children: [child], isListed: true, reason: "seen-again-with-children" },
		{ name: "clear again", before: 0, signal: "close", children: [], isListed: true, reason: "recovers" },
	] as const)("$name: $reason", ({ before, signal, children, isListed, reason }) => {
		expect(actOf(counted(before), signal, children, isListed)).toEqual({ reason, reading: reading(), signal, children });
	});
});

test("what is owed to nobody is last, the more severe first, and equals keep their order", () => {
	const act = (reason: Act["reason"], severity: Severity, id: string): Act => ({
		reason,
		reading: reading({ severity, entity: { id, name: id } }),
		signal: reason === "recovers" ? "close" : "open",
		children: [],
	});
	const acts = [
		act("seen-again", "critical", "a"),
		act("recovers", "high", "b"),
		act("opens", "medium", "c"),
		act("opens", "critical", "d"),
		act("seen-again-with-children", "low", "e"),
		act("opens", "medium", "f"),
	];
	expect(inOrder(acts).map(({ reading: { entity } }) => entity.id)).toEqual(["d", "c", "f", "b", "e", "a"]);
	expect(actReasons.map((reason) => isOwed(act(reason, "low", "x")))).toEqual([true, true, true, true, false]);
});
