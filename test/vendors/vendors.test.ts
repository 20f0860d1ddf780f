import { describe, expect, it } from "vitest";
import { requiredSecrets } from "../../components/settings/secrets.ts";
import { credentialOf, credentialsOf, credentialWords, secretKeyPatterns } from "../../vendors/credentials.ts";
import { baseAddress, hasNamedHosts, hostName } from "../../vendors/hosts.ts";
import { jiraDataCenter } from "../../vendors/jiraDataCenter.ts";
import { channelKinds, isChannelKind, traitsOf, vendorOf } from "../../vendors/kinds.ts";
import { pagerduty } from "../../vendors/pagerduty.ts";
import type { Channel } from "../../vendors/settings.ts";

const primary = service("primary");
const text = { kind: "sms", name: "sms", to: "+15555550101" } as const;

function service(name: string): Channel {
	return { kind: "pagerduty", name: "pagerduty", service: name, serviceId: "PRIMARY1" };
}

describe("the list of vendors", () => {
	it("is the kinds of channels", () => {
		expect(channelKinds).toEqual(channelKinds.toSorted());
		expect(channelKinds).toEqual(expect.arrayContaining(["pagerduty", "sms"]));
		expect(["pagerduty", "sms", "toString", "pager"].filter(isChannelKind)).toEqual(["pagerduty", "sms"]);
	});

	it("says what each can do", () => {
		for (const kind of ["jira", "jiraDataCenter"] as const)
			expect(traitsOf(kind)).toEqual({ deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" });
		expect(traitsOf("pagerduty")).toEqual({ deduplicates: true, acknowledges: true, proof: "record", resolves: "same-key" });
		expect(traitsOf("slack")).toEqual({ deduplicates: false, acknowledges: false, proof: "delivery", resolves: "new-message" });
		expect(traitsOf("teams")).toEqual({ deduplicates: false, acknowledges: false, proof: "none", resolves: "new-message" });
		expect(traitsOf("sms")).toEqual({ deduplicates: false, acknowledges: false, proof: "delivery", resolves: "new-message" });
	});

	it.each(channelKinds)("has traits that agree with each other: %s", (kind) => {
		const { deduplicates, proof, resolves } = traitsOf(kind);
		// What ends under its own key is a record that a repeat joins.
		expect(resolves === "same-key").toBe(deduplicates && proof === "record");
	});

	it.each(channelKinds)("names a source for each host, and a limit above nothing where there is one: %s", (kind) => {
		for (const { source, limit } of Object.values(vendorOf(kind).hosts)) {
			expect(source).not.toBe("");
			expect(limit?.requestsPerMinute ?? 1).toBeGreaterThan(0);
		}
	});
});

describe("a credential", () => {
	it("is one for each service, or one for all", () => {
		expect([primary, text].map(credentialOf)).toEqual(["pagerduty-primary", "twilio"]);
		const channels = [text, primary, service("second"), primary, service("")];
		expect(credentialsOf(channels)).toEqual([
			{ credential: "pagerduty-primary", kind: "pagerduty" },
			{ credential: "pagerduty-second", kind: "pagerduty" },
			{ credential: "twilio", kind: "sms" },
		]);
	});

	it("has words for people, and none where it is no vendor's", () => {
		expect(["twilio", "pagerduty-primary", "launcher", "twilio-two"].map(credentialWords)).toEqual([
			"The credentials of Twilio",
			"The keys of the PagerDuty service primary",
			undefined,
			undefined,
		]);
	});

	it("needs its secrets, each under a key that only a secret has", () => {
		const keys = requiredSecrets([{ channels: [text, primary] }]).flatMap(({ key, system }) => (system === "vendor" ? [key] : []));
		expect(keys).toEqual(["pagerduty-primary-routingKey", "pagerduty-primary-apiToken", "twilio-authToken"]);
		for (const key of keys) expect(secretKeyPatterns.some(({ pattern }) => new RegExp(`^${pattern}$`).test(key))).toBe(true);
	});
});

describe("a host", () => {
	it("is where the account says, and known without any channel", () => {
		const held = { account: { address: "https://jira.example.com/jira" }, channel: {}, credential: {} };
		expect(baseAddress(jiraDataCenter, "api", held)).toBe("https://jira.example.com/jira");
		expect(hasNamedHosts(jiraDataCenter)).toBe(true);
	});

	it("is refused where the vendor has none for the account", () => {
		expect(() => hostName(pagerduty, "events", { region: "moon" })).toThrow(
			'PagerDuty: expected a host "events" for this account, got none',
		);
		expect(() => hostName(pagerduty, "pages", { region: "us" })).toThrow('expected a host "pages"');
	});
});
