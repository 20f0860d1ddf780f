import { describe, expect, it } from "vitest";
import { report } from "../../../components/settings/problems.ts";
import { requiredSecrets } from "../../../components/settings/secrets.ts";
import { secretValues } from "../stacks.ts";
import { prefix, problems } from "./givenSettings.ts";

describe("a secret", () => {
	const { "twilio-authToken": _, ...withoutTwilio } = secretValues;

	it("that is missing is a problem that shows the line to type", () => {
		expect(problems({ secrets: withoutTwilio })).toEqual([
			{
				path: `${prefix}twilio-authToken`,
				expected: "a secret",
				got: "nothing",
				remedy: "pulumi config set --secret genesyscloud-runbooks:twilio-authToken",
			},
		]);
	});

	it("that stands in the file in plain is refused, and not repeated", () => {
		const found = problems({ secrets: withoutTwilio, exposed: { "twilio-authToken": "PLANTED-plain" } });
		expect(found).toEqual([
			{
				path: `${prefix}twilio-authToken`,
				expected: "a secret",
				got: "a plain value (replace it at its vendor: it can be read in the file)",
				remedy: "pulumi config set --secret genesyscloud-runbooks:twilio-authToken",
			},
		]);
		expect(report("dev", found)).not.toContain("PLANTED");
	});

	it("is required for the chosen channels only, in the order of the tiers, each once", () => {
		const channel = { kind: "pagerduty", service: "night" } as const;
		expect(requiredSecrets([{ channels: [channel] }, { channels: [channel] }]).map(({ key }) => key)).toEqual([
			"pagerduty-night-routingKey",
			"pagerduty-night-apiToken",
			"webhook-signingSecret",
		]);
	});

	it("of a channel that is no longer used may stay", () => {
		expect(problems({ secrets: { ...secretValues, "pagerduty-old-apiToken": "PLANTED-old" } })).toEqual([]);
	});
});
