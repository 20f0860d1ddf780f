import { describe, expect, test } from "vitest";
import { everyStep } from "../../../../architect/lint/steps.ts";
import { recordable } from "../../../../contracts/ledger.ts";
import { claim, readStanding, release, whyOwner, workflowFailure } from "../../../../functions/pipeline/respond/rules.ts";
import { compileResponse } from "../../../../response/compile.ts";
import { twoTiers } from "../../../response/plans.ts";
import { asker, incident, seconds } from "../fixtures.ts";
import { launched } from "./launched.ts";

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
	{ text: "malformed", reason: "malformed" },
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
