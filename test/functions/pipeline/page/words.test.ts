import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maximumKeyLength } from "../../../../functions/pipeline/model/keys.ts";
import { smsSize } from "../../../../functions/pipeline/page/text.ts";
import { childrenText, pageSummary, pageTitle, smsLine } from "../../../../functions/pipeline/page/words.ts";
import { pagerduty } from "../../../../vendors/pagerduty.ts";
import { seconds } from "../fixtures.ts";

const child = (name: string) => ({ key: name, condition: "queue-overflow", name, since: seconds(0) }) as const;
const children = (count: number) => Array.from({ length: count }, (_, index) => child(`Q${index + 1}`));
const six =
	"with it: Q1 (queue-overflow), Q2 (queue-overflow), Q3 (queue-overflow), Q4 (queue-overflow), Q5 (queue-overflow), Q6 (queue-overflow)";

describe("what a page says of the failures that came with it", () => {
	test.each([
		{ name: "none is known", of: {}, text: "" },
		{ name: "none", of: { children: [] }, text: "" },
		{ name: "one", of: { children: children(1) }, text: "with it: Q1 (queue-overflow)" },
		{ name: "six are all named", of: { children: children(6) }, text: six },
		{ name: "a seventh is counted", of: { children: children(7) }, text: `${six} and 1 more` },
	])("$name", ({ of, text }) => {
		expect(childrenText(of)).toBe(text);
		expect(pageSummary({ summary: "Trunk T is down", ...of })).toBe(["Trunk T is down", ...(text === "" ? [] : [text])].join("; "));
	});
});

test("PagerDuty rejects every severity but its own four", () => {
	expect(pagerduty.severities).toEqual({ critical: "critical", high: "error", medium: "warning", low: "info" });
});

describe("the lines of a page", () => {
	const longest = ` ref ${"k".repeat(maximumKeyLength)}`;

	test("the summary is at most 1024 characters, whatever it brought with it", () => {
		const named = Array.from({ length: 6 }, () => child("N".repeat(256)));
		expect(pageSummary({ summary: "Edge E1 is offline", children: named })).toHaveLength(1024);
	});

	test("a title that has to be cut says first that it failed again", () => {
		const of = { entityName: "T", summary: "SIP trunk T is down: not connected", clearSince: seconds(0), openedAt: seconds(60) };
		expect(pageTitle(of, "[DEV] ", 130)).toBe("[DEV] SIP trunk T is down: not connected; failed again after 1 minute");
		const cut = pageTitle({ ...of, summary: `${of.summary} (${"up on 0 of 1 edges, ".repeat(6)})` }, "[DEV] ", 130);
		expect(cut.startsWith("[DEV] failed again after 1 minute; SIP trunk T is down")).toBe(true);
		expect(cut).toHaveLength(130);
	});

	test("an SMS with the longest reference is at most three messages and about 320 characters, in any script", () => {
		const name = fc.oneof(
			fc.string({ maxLength: 400 }),
			fc.string({ unit: "grapheme", maxLength: 400 }),
			fc.string({ unit: "binary", maxLength: 400 }),
		);
		fc.assert(
			fc.property(name, (called) => {
				const body = `${smsLine("CRITICAL", `SIP trunk ${called} is down`)}${longest}`;
				expect(smsSize(body).segments).toBeLessThanOrEqual(3);
				expect(body.length).toBeLessThanOrEqual(345);
				expect(body.isWellFormed()).toBe(true);
			}),
			{ numRuns: 300, seed: 20261124 },
		);
	});

	test.each([
		{ name: "x".repeat(256), segments: 3 },
		{ name: "東".repeat(256), segments: 3 },
		{ name: "Frankfurt-1", segments: 1 },
	])("the SMS of $name takes $segments", ({ name, segments }) => {
		expect(smsSize(`${smsLine("HIGH", `SIP trunk ${name} is down`)}${longest}`).segments).toBe(segments);
	});
});
