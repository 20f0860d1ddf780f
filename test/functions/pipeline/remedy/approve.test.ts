import { describe, expect, test } from "vitest";
import type { Fact } from "../../../../functions/pipeline/page/fact.ts";
import type { ApprovalLink, LinkFacts } from "../../../../functions/pipeline/ports.ts";
import { whyApproval } from "../../../../functions/pipeline/remedy/rules.ts";
import { answerApproval } from "../../../../functions/pipeline/run.ts";
import { incident, remediating, seconds } from "../fixtures.ts";
import { expires, flight, inEffect, key, link, linkText, type RemedyWorld, remedyWorld } from "../remedyWorld.ts";

const offer = inEffect({ state: "offered", reason: "offer", mode: "approve", expiresAt: seconds(300), link: "https://hook.test/approve" });
const since = { name: "Since", text: "2026-01-05 08:00 UTC (less than a minute ago)" };
const extent = { name: "How bad at 08:00 UTC", text: "0 of 2 edges carry it" };
const whose = "This page is for whoever was paged in tier 1 (primary).";

/** What the person is told, whatever came of it. */
const about = (first: readonly Fact[], terms: readonly string[] = [whose]): LinkFacts => ({
	what: "SIP trunk Frankfurt-1 is down",
	name: "Frankfurt-1",
	severity: "high",
	stack: "dev",
	first: [since, extent, ...first],
	terms,
	more: [
		{ name: "What it means", text: expect.stringMatching(/^Calls of the numbers behind this trunk/) },
		{ name: "Reference", text: `${key}, occurrence 1` },
	],
});

/** What is told of the remedy itself. */
const remedy = (text: string): Fact => ({ name: "Remedy", text: `webhook ${text}` });

/** An offer that stands; `asked` is every signature that was compared, with its text. */
async function offered(options: RemedyWorld = {}) {
	const world = await remedyWorld({ of: { mode: "approve" }, ...options, about: { remedy: offer, ...options.about } });
	const asked: string[] = [];
	const { valid } = world.ports.approvals;
	world.ports.approvals = {
		...world.ports.approvals,
		valid: (text, signature) => {
			asked.push(text);
			return valid(text, signature);
		},
	};
	return { ...world, asked };
}

describe("a person's press", () => {
	test("begins the remedy under the person's name, and tells them what it was", async () => {
		const { ports, logged, item, did } = await offered();
		const came = remedy("was tried after a person approved it at 08:00 UTC and has until 08:03 UTC to help");
		expect(await answerApproval(ports, link(), true)).toEqual({
			outcome: "approved",
			about: about([came, { name: "If it does not help", text: "Then customer.example is told to undo it." }]),
		});
		expect(did).toEqual(["do intended"]);
		expect(logged).toEqual([
			{ what: "remediated", incident: key, occurrence: 1, who: "normalizer", outcome: "webhook", detail: "has 180 s to help" },
		]);
		expect((await item()).remedy).toMatchObject({ state: "in-effect", by: "person", mode: "approve" });
	});

	test("says why where the remedy may not be begun, and is used up all the same", async () => {
		const { ports, put, did, item } = await offered();
		await put(flight, { begunAt: seconds(-60) });
		const told = about([remedy("was not tried: cooldown")]);
		expect(await answerApproval(ports, link(), true)).toEqual({ outcome: "cooldown", about: told });
		expect(await answerApproval(ports, link(), true)).toEqual({ outcome: "already-used", about: told });
		expect((await item()).remedy).toMatchObject({ state: "skipped", reason: "cooldown" });
		expect(did).toEqual([]);
	});

	test.each([
		{ name: "offer another remedy", settings: remediating({ mode: "approve", remedy: { kind: "emergency-group", groupId: "g" } }) },
		{ name: "only observe", settings: remediating({ mode: "observe" }) },
		{ name: "have no such runbook", settings: { ...remediating(), runbooks: {} } },
	])("is too late where the settings by now $name", async ({ settings }) => {
		const { ports, did, item } = await offered();
		expect(await answerApproval({ ...ports, settings }, link(), true)).toMatchObject({
			outcome: "expired",
			about: { name: "Frankfurt-1" },
		});
		expect(did).toEqual([]);
		expect((await item()).remedy).toEqual(offer);
	});

	test("is too late after the offer's time, and begins nothing", async () => {
		const { ports, advance, did } = await offered();
		advance(300);
		expect(await answerApproval(ports, link(), true)).toMatchObject({ outcome: "expired", about: { terms: [whose] } });
		expect(did).toEqual([]);
	});
});

describe("a look at the link", () => {
	test("tells what would be done, how it is undone and until when the link is good, and does nothing", async () => {
		const { ports, logged, did, item } = await offered();
		expect(await answerApproval(ports, link(), false)).toEqual({
			outcome: "approved",
			about: about(
				[
					{
						name: "What the remedy does",
						text: "It tells customer.example, a system of your own, to do what was agreed for this failure.",
					},
					{ name: "If it does not help", text: "It has 3 minutes. Then customer.example is told to undo it." },
				],
				[
					"This link is good until 08:05 UTC, 5 minutes from now, and for one press.",
					whose,
					"People go on being paged meanwhile: acknowledge all the same.",
				],
			),
		});
		expect([logged, did, (await item()).remedy]).toEqual([[], [], offer]);
	});
});

describe("a link that is not ours", () => {
	const forged = { outcome: "forged" };

	test("tells nothing, and takes the comparison's time, also where there is nothing to compare with", async () => {
		const { ports, asked } = await offered();
		expect(await answerApproval(ports, link({ signature: "signed something else" }), true)).toEqual(forged);
		expect(asked).toEqual([linkText]);
		const without = await offered();
		const { remedy: _gone, ...bare } = await without.item();
		await without.put(key, bare);
		expect(await answerApproval(without.ports, link(), true)).toEqual(forged);
		expect(without.asked).toEqual([`approve.1.${key}.1.webhook:.${expires}`]);
	});

	/** Signed for what an absent offer is compared with: whoever could make it learns nothing either. */
	const ofNothing = (change: Partial<ApprovalLink>): ApprovalLink => {
		const made = link(change);
		return { ...made, signature: `signed approve.1.${made.incidentKey}.${made.occurrence}.webhook:.${made.expires}` };
	};

	test.each([
		{ name: "an incident that nobody knows", change: { incidentKey: "inc:1:dev:trunk-down:base-9" } },
		{ name: "an occurrence that nobody knows", change: { occurrence: 2 } },
	])("is one for $name, however it is signed", async ({ change }) => {
		const { ports, did } = await offered();
		expect(await answerApproval(ports, ofNothing(change), true)).toEqual(forged);
		expect(did).toEqual([]);
	});

	test("is one for an incident that never had an offer, however it is signed", async () => {
		const { ports } = await remedyWorld({ of: { mode: "approve" } });
		expect(await answerApproval(ports, ofNothing({}), true)).toEqual(forged);
	});
});

describe("what a link is worth", () => {
	const skippedFor = (reason: string) => inEffect({ state: "skipped", reason });
	test.each([
		{ name: "an offer, signed, in time", remedy: offer, state: "open", valid: true, at: 299, worth: "approved" },
		{ name: "an incident that never had an offer", remedy: undefined, state: "open", valid: true, at: 0, worth: "forged" },
		{
			name: "a wrong signature's, whatever else holds",
			remedy: skippedFor("cooldown"),
			state: "open",
			valid: false,
			at: 0,
			worth: "forged",
		},
		{ name: "its last moment's end", remedy: offer, state: "open", valid: true, at: 300, worth: "expired" },
		{ name: "an offer that nobody took up", remedy: skippedFor("not-approved"), state: "open", valid: true, at: 0, worth: "expired" },
		{ name: "one that was pressed before", remedy: inEffect(), state: "open", valid: true, at: 0, worth: "already-used" },
		{ name: "one that was pressed before, late", remedy: inEffect(), state: "open", valid: true, at: 300, worth: "already-used" },
		{ name: "an incident that has recovered", remedy: offer, state: "recovered", valid: true, at: 0, worth: "not-open" },
	] as const)("$name: $worth", ({ remedy, state, valid, at, worth }) => {
		const about = remedy === undefined ? incident({ state }) : incident({ state, remedy });
		expect(whyApproval(about, valid, expires, seconds(at))).toBe(worth);
		expect(whyApproval(undefined, valid, expires, seconds(at))).toBe("forged");
	});
});
