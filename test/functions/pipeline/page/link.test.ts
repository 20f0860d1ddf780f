import { describe, expect, test } from "vitest";
import type { ChannelKind } from "../../../../functions/pipeline/model/incident.ts";
import { sendPage } from "../../../../functions/pipeline/page/flow.ts";
import { canAcknowledge, holdsLink, holdsLinks } from "../../../../functions/pipeline/page/link.ts";
import { EdgeError, type Pager } from "../../../../functions/pipeline/ports.ts";
import { answerLink, whyAcknowledge } from "../../../../functions/pipeline/respond/acknowledge.ts";
import { answerRecord } from "../../../../functions/pipeline/respond/flow.ts";
import type { Channel } from "../../../../functions/pipeline/settings.ts";
import { openBudget } from "../../edges/vendors/adapterContract.ts";
import { pagerDuty, twilio } from "../../edges/vendors/vendorPagers.ts";
import { incident, page, policy, recordRequest, seconds, settings } from "../fixtures.ts";
import { world } from "../world.ts";

const withLinks = { ...policy, acknowledgeLinks: true };
const linked = { ...settings, policies: { default: withLinks } };
const ref = { key: incident().key, occurrence: 1 };
const link = `https://hook.test/a/signed/${ref.key}:1:1`;
const sms: Channel = { kind: "sms", name: "sms", to: "+15555550101" };
const unsigned = () => Promise.reject(new EdgeError("unavailable", "the secret could not be read", { retry: true }));

describe("a page that holds a link", () => {
	const common = { fetch, budget: openBudget(), perMinute: 60 };
	const accountSid = "AC0";
	test.each<[ChannelKind, Pager]>([
		["pagerduty", pagerDuty({ ...common, region: "us", credentials: async () => ({ routingKey: "r", apiToken: "t" }) })],
		["sms", twilio({ ...common, accountSid, from: "+15555550100", credentials: async () => ({ accountSid, authToken: "t" }) })],
	])("is one whose vendor takes no answer: %s", (kind, pager) => {
		expect(canAcknowledge(kind)).toBe(pager.acknowledge !== undefined);
		expect(holdsLink(withLinks, kind)).toBe(pager.acknowledge === undefined);
		expect(holdsLink(policy, kind)).toBe(false);
	});

	test("is in a policy wherever one of its channels is such a one", () => {
		const tier = (...kinds: readonly ChannelKind[]) => ({ channels: kinds.map((kind) => ({ kind })) });
		expect(holdsLinks({ acknowledgeLinks: true, tiers: [tier("pagerduty"), tier("pagerduty", "sms")] })).toBe(true);
		expect(holdsLinks({ acknowledgeLinks: true, tiers: [tier("pagerduty")] })).toBe(false);
		expect(holdsLinks({ acknowledgeLinks: false, tiers: [tier("sms")] })).toBe(false);
	});
});

describe("the link of a page", () => {
	test.each([
		["sms", { acknowledgeUrl: link }],
		["pagerduty", { acknowledgeUrl: "" }],
	])("comes to the workflow with its leave to send: %s", async (channel, expected) => {
		const made = await world({ settings: linked });
		await made.open(incident({ launch: { id: "launch-1", at: seconds(0) } }));
		expect(await answerRecord(made.ports, recordRequest("page-sending", { channel }))).toMatchObject({ proceed: true, ...expected });
		expect(await answerRecord(made.ports, recordRequest("page-sent", { channel, receipt: "r" }))).toMatchObject({ acknowledgeUrl: "" });
	});

	test.each(["overseer", "dispatcher"] as const)("is in the order of the %s", async (by) => {
		const made = await world({ settings: linked });
		await made.open(incident());
		await sendPage(made.ports, ref, { tier: 1, channel: sms }, by);
		expect(made.orders).toEqual([expect.objectContaining({ acknowledgeUrl: link })]);
	});

	test("is none where nobody may send", async () => {
		const made = await world({ settings: linked });
		await made.open(incident({ launch: { id: "launch-1", at: seconds(0) }, acknowledged: { at: 1, by: "Ada", tier: 1, channel: "x" } }));
		expect(await answerRecord(made.ports, recordRequest("page-sending", { channel: "sms" }))).toMatchObject({ acknowledgeUrl: "" });
	});

	test("keeps no page back where it cannot be signed, and that is told", async () => {
		const made = await world({ settings: linked });
		await made.open(incident({ launch: { id: "launch-1", at: seconds(0) } }));
		const ports = { ...made.ports, acknowledgeLinks: { ...made.ports.acknowledgeLinks, link: unsigned } };
		const asking = await made.see(async () => {
			expect(await answerRecord(ports, recordRequest("page-sending", { channel: "sms" }))).toMatchObject({
				proceed: true,
				acknowledgeUrl: "",
			});
		});
		const error = { what: "error", incident: ref.key, occurrence: 1, channel: "sms", tier: 1, outcome: "unavailable" };
		expect(asking.logged).toEqual([{ ...error, detail: "a page without its acknowledge link: the secret could not be read" }]);
		made.at(90);
		const sending = await made.see(() => sendPage(ports, ref, { tier: 1, channel: sms }, "overseer"));
		expect(sending.logged.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual(["error unavailable", "page-sent accepted"]);
		expect(made.orders[0]).not.toHaveProperty("acknowledgeUrl");
	});
});

describe("an answer by link", () => {
	const texted = page({ channel: "sms", kind: "sms", state: "proven", provenAt: seconds(10), acceptedAt: seconds(10) });
	const paged = page({ state: "proven", provenAt: seconds(10), acceptedAt: seconds(10) });

	test("is mirrored to PagerDuty and stops the escalation at the overseer's next tick", async () => {
		const made = await world({ settings: linked });
		await made.open(incident({ tier: 1, pages: [paged, texted], takenOver: { at: seconds(60), reason: "not-launched" } }));
		made.at(290);
		const asked = { dedupKey: `${ref.key}:1:1`, signature: "signed" };
		expect(await answerLink(made.ports, asked, true)).toMatchObject({ outcome: "acknowledged" });
		const { logged, items } = await made.tick(320);
		expect(logged.map(({ what, outcome }) => `${what} ${outcome}`)).toEqual(["acknowledged mirrored"]);
		expect(items[0]?.acknowledged).toEqual({ at: seconds(290), by: "tier 1 by link", tier: 1, channel: "sms" });
	});

	test("expires like any other, and whoever gave it is asked first", async () => {
		const made = await world({ settings: linked });
		const acknowledged = { at: seconds(60), by: "tier 1 by link", tier: 1, channel: "sms" };
		await made.open(incident({ tier: 1, pages: [texted], acknowledged }));
		const { logged, items } = await made.tick(60 + policy.acknowledgedForSeconds);
		expect(logged).toContainEqual(expect.objectContaining({ what: "repeated", outcome: "acknowledgement-expired" }));
		expect(items[0]).toMatchObject({ round: 2, tier: 1 });
		expect(items[0]?.acknowledged).toBeUndefined();
	});

	test("is possible for a day after the page was wanted, to the millisecond", () => {
		const why = (now: number) => whyAcknowledge(incident({ pages: [texted] }), texted.dedupKey, now);
		expect(why(seconds(86_400) - 1)).toBe("acknowledged");
		expect(why(seconds(86_400))).toBe("expired");
	});

	test("is possible by the link of a page that holds one only", () => {
		expect(whyAcknowledge(incident({ pages: [paged] }), paged.dedupKey, seconds(60))).toBe("expired");
	});
});
