import { describe, expect, test } from "vitest";
import { childrenText, pageSummary } from "../../../functions/pipeline/told.ts";
import { pagerDutySeverity } from "../../../functions/pipeline/vendorSeverity.ts";
import { seconds } from "./fixtures.ts";

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
	expect(pagerDutySeverity).toEqual({ critical: "critical", high: "error", medium: "warning", low: "info" });
});
