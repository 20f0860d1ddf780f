import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Incident } from "../../../../functions/pipeline/model/incident.ts";
import { fitsSms } from "../../../../functions/pipeline/page/text.ts";
import { noteOf, pageTexts } from "../../../../functions/pipeline/page/texts.ts";
import { hostileName } from "../../../vendors/hostileNames.ts";
import { incident, page, remediation, seconds, settings } from "../fixtures.ts";
import { failing } from "./goldenConditions.ts";

/** An incident of which everything that a person names is called so, as much of it as an incident can hold. */
function named(name: string): Incident {
	const called = { id: "x", name };
	const place = { place: name, location: { site: called, division: called } };
	const listed = Array.from({ length: 100 }, (_, index) => ({ id: `t${index}`, name, since: seconds(0), ...place }));
	return failing(
		{ condition: "queue-overflow", name: name.toWellFormed(), metrics: { waiting: 31 }, ...place },
		{
			children: Array.from({ length: 20 }, () => ({ key: "k", condition: "queue-overflow", name, since: seconds(1) })),
			members: { listed, joined: 400, failing: 300, lastJoinedAt: seconds(0), announced: "" },
			acknowledged: { by: name, at: seconds(1), tier: 1, channel: "pagerduty" },
			pages: Array.from({ length: 20 }, (_, index) => page({ tier: index + 1, state: "proven", provenAt: seconds(index) })),
			remedy: {
				state: "offered",
				mode: "approve",
				reason: "offer",
				remedy: remediation().remedy,
				by: "workflow",
				undoAttempts: 0,
				expiresAt: seconds(900),
				link: `https://approve.test/${"a".repeat(300)}`,
			},
		},
	);
}

const acknowledgeUrl = `https://hook.test/a/signed/${"k".repeat(180)}`;
const runbooks = { "queue-overflow": { ...Object(settings.runbooks["trunk-down"]), page: `https://wiki.test/${"w".repeat(380)}` } };
const textsOf = (name: string) =>
	pageTexts({ settings: { ...settings, runbooks }, incident: named(name), page: page(), now: seconds(300), acknowledgeUrl });

/** How each line of a body may begin. */
const beginnings =
	/^(\[DEV\] |Since: |Over since: |Severity: |How bad at |Where: |What it means: |Reported by: |Acknowledged: |Failing: |It brought with it:|Remedy: |Also told:|- |Reference: |Genesys Cloud: |Runbook: |Approve the remedy until |Acknowledge: )/;

describe("whatever the names are", () => {
	test("every text has its length, is well-formed, and begins with the mark of its stack", () => {
		fc.assert(
			fc.property(hostileName, (name) => {
				const { summary, title, shortText, body, spoken } = textsOf(name);
				expect([summary.length <= 1024, title.length <= 130, body.length <= 3000, spoken.length <= 300]).toEqual([true, true, true, true]);
				expect(fitsSms(shortText, { gsm: 240, ucs2: 96 })).toBe(true);
				for (const text of [summary, title, shortText, body]) {
					expect(text.isWellFormed()).toBe(true);
					expect(text.startsWith("[DEV] ")).toBe(true);
				}
				for (const line of [summary, title, shortText]) expect(line).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
			}),
			{ seed: 20261128 },
		);
	});

	test("no name is a line of its own, and no link is lost", () => {
		fc.assert(
			fc.property(hostileName, (name) => {
				const lines = textsOf(name).body.split("\n");
				for (const line of lines) if (!line.endsWith("...")) expect(line).toMatch(beginnings);
				expect(lines.slice(-3)).toEqual([
					expect.stringMatching(/^Runbook: https:\/\/wiki\.test\/w{380}$/),
					expect.stringMatching(/^Approve the remedy until 08:15 UTC: https:\/\/approve\.test\/a{300}$/),
					`Acknowledge: ${acknowledgeUrl}`,
				]);
				expect(lines.filter((line) => line.startsWith("Acknowledge: "))).toHaveLength(1);
			}),
			{ seed: 20261128 },
		);
	});

	test("a body has its length also where a vendor escapes it for its markup", () => {
		const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
		const signs = fc.oneof(hostileName, fc.constantFrom("&".repeat(1000), "<&>".repeat(300)));
		fc.assert(
			fc.property(signs, (name) => {
				expect(escaped(textsOf(name).body).length).toBeLessThanOrEqual(3000);
			}),
			{ seed: 20261128 },
		);
	});

	test("a note is one line", () => {
		fc.assert(
			fc.property(hostileName, (name) => {
				const known = { ...named(name), recoveredAt: seconds(5) };
				for (const purpose of ["acknowledgement", "recovery"] as const) {
					const note = noteOf(known, purpose);
					expect(note.length).toBeLessThanOrEqual(250);
					expect(note).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
				}
			}),
			{ seed: 20261128 },
		);
	});
});

describe("a name of a thousand characters", () => {
	const long = "N".repeat(1000);
	const down = (change = {}) => incident({ entityName: long, summary: `SIP trunk ${long} is down: not connected`, ...change });
	const { summary, title, shortText, body } = pageTexts({ settings, incident: down() });

	test("is visibly shortened, and what is said of it is not", () => {
		expect(summary).toBe(`[DEV] SIP trunk ${"N".repeat(253)}... is down: not connected`);
		expect(title).toBe(`[DEV] SIP trunk ${"N".repeat(45)}... is down: not connected`);
		expect(shortText).toBe(`[DEV] HIGH: SIP trunk ${"N".repeat(45)}... is down: not connected`);
		expect(body.split("\n")[0]).toBe(summary);
	});

	test("is told in full where it fits", () => {
		const name = "N".repeat(60);
		const texts = pageTexts({ settings, incident: incident({ entityName: name, summary: `SIP trunk ${name} is down` }) });
		expect(texts.title).toBe(`[DEV] SIP trunk ${name} is down`);
	});
});

test("what is new about a page says it in a line", () => {
	const acknowledged = { by: "Ada", at: seconds(1), tier: 2, channel: "pagerduty" };
	expect(noteOf(incident({ acknowledged }), "acknowledgement")).toBe("Acknowledged by Ada (tier 2, pagerduty)");
	expect(noteOf(incident(), "acknowledgement")).toBe("");
	expect(noteOf(incident({ recoveredAt: seconds(60) }), "recovery")).toBe("Over since 08:01 UTC: Frankfurt-1 is well.");
	expect(noteOf(incident(), "recovery")).toBe("Replaced by a newer page.");
});
