import { describe, expect, test } from "vitest";
import { channelOf, everyChannel, launchedPolicies, policyNameOf, policyOf } from "../../../../functions/pipeline/route/policy.ts";
import { page, policy } from "../fixtures.ts";

const it = { ...policy, tiers: policy.tiers.slice(1) };
const settings = {
	policies: { telephony: policy, "it-operations": it },
	routes: [{ match: { condition: ["credentials-failing"] }, policy: "it-operations" }, { policy: "telephony" }],
} as const;

describe("the policy of an incident", () => {
	test.each([
		{ name: "its own", named: { policy: "it-operations" }, wanted: "it-operations" },
		{ name: "the default's where it has none", named: {}, wanted: "telephony" },
		{ name: "the default's where its own is gone", named: { policy: "gone" }, wanted: "telephony" },
		{ name: "no word of the language", named: { policy: "constructor" }, wanted: "telephony" },
	])("$name", ({ named, wanted }) => {
		expect(policyNameOf(settings, named)).toBe(wanted);
		expect(policyOf(settings, named)).toBe(settings.policies[wanted === "telephony" ? "telephony" : "it-operations"]);
	});

	test("is refused where there is none at all", () => {
		expect(() => policyOf({ policies: {}, routes: [] }, {})).toThrow(RangeError);
	});
});

test("a page's channel is found by its policy, its tier and its name, or is gone", () => {
	const [primary, secondary] = policy.tiers;
	const own = { policy: "telephony" };
	expect(channelOf(settings, own, page())).toBe(primary?.channels[0]);
	expect(channelOf(settings, own, page({ channel: "sms" }))).toBe(primary?.channels[1]);
	expect(channelOf(settings, own, page({ tier: 2 }))).toBe(secondary?.channels[0]);
	expect(channelOf(settings, own, page({ channel: "fax" }))).toBeUndefined();
	expect(channelOf(settings, own, page({ tier: 3 }))).toBeUndefined();
	expect(channelOf(settings, own, page({ policy: "it-operations" }))).toBe(secondary?.channels[0]);
	expect(channelOf(settings, { policy: "it-operations" }, page({ policy: "telephony" }))).toBe(primary?.channels[0]);
});

test("a workflow is launched for what the poller finds: the policies of the overseer's own conditions are not among them", () => {
	expect(launchedPolicies(settings)).toEqual([policy]);
	expect(launchedPolicies({ ...settings, routes: [{ policy: "it-operations" }] })).toEqual([it]);
	expect(everyChannel(settings)).toHaveLength(4);
});
