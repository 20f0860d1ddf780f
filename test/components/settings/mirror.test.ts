import { describe, expect, test } from "vitest";
import { checkSettings } from "../../../components/settings/settings.ts";
import { secretValues, settingsOf } from "../stacks.ts";
import { source } from "./givenSettings.ts";

const own = { kind: "signedWebhook", endpoint: "own-pager", url: "https://pager.customer.example/orders" };
const service = { kind: "pagerduty", service: "primary", serviceId: "PRIMARY1" };
const secrets = { ...secretValues, "signedWebhook-own-pager-signingSecret": "PLANTED-signing-secret" };

function checked(mirror: unknown, channels: readonly unknown[]) {
	const dev = settingsOf("dev");
	const policies = { telephony: { tiers: [{ name: "only", channels }] } };
	const routes = [{ policy: "telephony", mayShare: ["pagerduty-primary", "signedWebhook-own-pager"] }];
	return checkSettings(source({ plain: { ...dev, policies, routes, ...(mirror === undefined ? {} : { mirror }) }, secrets }));
}

const rolesOf = (mirror: unknown) => {
	const result = checked(mirror, [service, own]);
	if ("problems" in result) throw new Error(JSON.stringify(result.problems));
	const [tier] = result.settings.runtime.policies.telephony?.tiers ?? [];
	return { pages: tier?.channels.map(({ kind }) => kind), informs: tier?.informs?.map(({ kind }) => kind) };
};

const problemsOf = (mirror: unknown, channels: readonly unknown[]) => {
	const result = checked(mirror, channels);
	const problems = "problems" in result ? result.problems : [];
	return problems.filter(({ path }) => !path.includes("routes")).map(({ path, expected, got }) => `${path}: ${expected}, got ${got}`);
};

describe("a mirror", () => {
	test("tells both, and one word says which of them pages", () => {
		const mirror = { from: "pagerduty", to: "signedWebhook" };
		expect(rolesOf(mirror)).toEqual({ pages: ["pagerduty"], informs: ["signedWebhook"] });
		expect(rolesOf({ ...mirror, counts: "to" })).toEqual({ pages: ["signedWebhook"], informs: ["pagerduty"] });
	});

	test("is refused where it shows nothing, leaves a tier without a page, or is contradicted", () => {
		expect(problemsOf({ from: "sms", to: "sms" }, [service])).toEqual([expect.stringContaining("another kind than from (sms)")]);
		expect(problemsOf({ from: "sms", to: "pagerduty" }, [service])).toEqual([
			expect.stringMatching(/telephony.*tiers\[0\]\.channels: a channel of kind sms too/),
		]);
		expect(problemsOf({ from: "pagerduty", to: "signedWebhook" }, [service, { ...own, informs: true }])).toEqual([
			expect.stringContaining("neither pages nor informs on mirrored channels"),
		]);
	});
});

describe("a channel's role", () => {
	test("is one, and each tier has somebody who is paged", () => {
		expect(problemsOf(undefined, [service, { ...own, informs: true, pages: true }])).toEqual([
			expect.stringContaining("channels[1].informs: nothing, where pages is true, got true"),
		]);
		expect(problemsOf(undefined, [{ ...own, informs: true }])).toEqual([
			expect.stringContaining("at least one channel that pages, got only channels that inform"),
		]);
	});
});
