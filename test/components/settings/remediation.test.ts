import { describe, expect, it } from "vitest";
import type { Problem } from "../../../components/settings/problems.ts";
import { readSettings } from "../../../components/settings/settings.ts";
import { changed, type Given, prefix, problems, source } from "./givenSettings.ts";

const where = `${prefix}runbooks["trunk-down"].remediation`;
const remediated = (value: unknown): Given => changed(["runbooks", "trunk-down", "remediation"], value);
const restart = { kind: "ssm", document: "Restart" };

describe("a remediation in the settings", () => {
	it("has the documented defaults", () => {
		const { runbooks } = readSettings(source(remediated({ mode: "auto", remedy: restart }))).runtime;
		expect(runbooks["trunk-down"]?.remediation).toEqual({ mode: "auto", remedy: restart, windowSeconds: 300, cooldownSeconds: 3600 });
	});

	const cases: readonly { readonly name: string; readonly given: Given; readonly expected: Partial<Problem> }[] = [
		{
			name: "a rung that the ladder does not have",
			given: remediated("always"),
			expected: {
				path: where,
				expected: expect.stringContaining("observe, or a section"),
				got: '"always"',
			},
		},
		{
			name: "a slip inside a remediation",
			given: remediated({ mode: "sometimes", remedy: restart }),
			expected: { path: `${where}.mode`, expected: "one of observe, approve, auto", got: '"sometimes"' },
		},
		{
			name: "an unknown key inside a remediation",
			given: remediated({ mode: "auto", remedy: restart, windowSecond: 60 }),
			expected: { path: `${where}.windowSecond`, expected: expect.stringContaining('"windowSeconds"?') },
		},
		{
			name: "an unknown kind of remedy",
			given: remediated({ mode: "auto", remedy: { kind: "prayer" } }),
			expected: { path: `${where}.remedy.kind`, expected: expect.stringContaining("emergency-group, ssm or webhook") },
		},
		{
			name: "an endpoint without TLS",
			given: remediated({ mode: "observe", remedy: { kind: "webhook", url: "http://customer.example/" } }),
			expected: { path: `${where}.remedy.url`, expected: expect.stringContaining("an HTTPS address") },
		},
		{
			name: "a window that outlasts the time until an incident is stale",
			given: remediated({ mode: "auto", remedy: restart, windowSeconds: 900 }),
			expected: { path: `${where}.windowSeconds`, expected: "less than staleSeconds (900) of policy telephony", got: "900" },
		},
		{
			name: "an approval without a secret that signs its links",
			given: remediated({ mode: "approve", remedy: restart }),
			expected: { path: `${prefix}remedy-approval-signingSecret`, expected: "a secret", got: "nothing" },
		},
		{
			name: "a customer's endpoint without a secret that signs its calls",
			given: remediated({ mode: "auto", remedy: { kind: "webhook", url: "https://customer.example/x" } }),
			expected: { path: `${prefix}remedy-webhook-signingSecret`, expected: "a secret", got: "nothing" },
		},
	];

	it.each(cases)("$name", ({ given, expected }) => {
		expect(problems(given)).toEqual([expect.objectContaining(expected)]);
	});

	it.each([
		{ enabled: undefined, missing: [] },
		{ enabled: false, missing: [] },
		{ enabled: true, missing: [`${prefix}remedy-webhook-signingSecret`] },
	])("requires its secret once its runbook is enabled: $enabled", ({ enabled, missing }) => {
		const remediation = { mode: "auto", remedy: { kind: "webhook", url: "https://customer.example/x" } };
		const runbook = { ...(enabled === undefined ? {} : { enabled }), remediation };
		expect(problems(changed(["runbooks", "edge-offline"], runbook)).map(({ path }) => path)).toEqual(missing);
	});
});
