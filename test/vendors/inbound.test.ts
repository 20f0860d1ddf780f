import { describe, expect, test } from "vitest";
import { newsOf } from "../../functions/edges/vendors/inboundNews.ts";
import { credentialsOf, isVendorCredential, secretKey, secretKeyPatterns } from "../../vendors/credentials.ts";
import { jsmInbound } from "../../vendors/inbound/jsm.ts";
import { opsgenieInbound } from "../../vendors/inbound/opsgenie.ts";
import { pagerdutyInbound } from "../../vendors/inbound/pagerduty.ts";
import { servicenowInbound } from "../../vendors/inbound/servicenow.ts";
import { slackInbound } from "../../vendors/inbound/slack.ts";
import { smsInbound } from "../../vendors/inbound/sms.ts";
import { voiceInbound } from "../../vendors/inbound/voice.ts";
import type { Inbound } from "../../vendors/inbound.ts";
import { heardVendor, heardVendors } from "../../vendors/inboundPaths.ts";
import { channelKinds, vendorOf } from "../../vendors/kinds.ts";

const key = "inc:1:dev:trunk-down:base-1:1:1";
const at = Date.UTC(2026, 0, 5, 8, 3, 2);
const sender = { kind: "pagerduty", credential: "any" } as const;
const heard = (inbound: Inbound, body: string, query = "") => newsOf({ ...sender, inbound }, body, query);
const json = (inbound: Inbound, document: unknown) => heard(inbound, JSON.stringify(document));
const form = (fields: Readonly<Record<string, string>>) => new URLSearchParams(fields).toString();

describe("PagerDuty's webhook of version 3", () => {
	const document = (change: object = {}, data: object = {}) => ({
		event: {
			id: "01BCDEFGH",
			event_type: "incident.acknowledged",
			resource_type: "incident",
			occurred_at: "2026-01-05T08:03:02.000Z",
			agent: { id: "PUSER01", type: "user_reference", summary: "Ada" },
			client: { name: "PagerDuty" },
			...change,
			data: { id: "Q1", type: "incident", status: "acknowledged", incident_key: null, service: { id: "PRIMARY1" }, ...data },
		},
	});
	const news = { ...sender, receipt: "Q1", by: "Ada", occurredAt: at, place: { serviceId: "PRIMARY1" } };

	test("names its own id, who did it, when and where; and our key where an incident has one", () => {
		expect(json(pagerdutyInbound, document())).toEqual({ ...news, event: "acknowledged" });
		expect(json(pagerdutyInbound, document({}, { incident_key: key }))).toEqual({ ...news, dedupKey: key, event: "acknowledged" });
	});

	test.each([
		["incident.triggered", "delivered"],
		["incident.unacknowledged", "unacknowledged"],
		["incident.reopened", "unacknowledged"],
		["incident.resolved", "resolved"],
	])("%s means %s", (type, event) => {
		expect(json(pagerdutyInbound, document({ event_type: type }))?.event).toBe(event);
	});

	test("tells no answer of what a program did, such as we: an integration, a service, nobody", () => {
		for (const agent of [{ type: "inbound_integration_reference", summary: "Events API V2" }, { type: "service_reference" }, null])
			for (const event_type of ["incident.acknowledged", "incident.resolved"])
				expect(json(pagerdutyInbound, document({ agent, event_type }))).toBeUndefined();
		expect(json(pagerdutyInbound, document({ agent: null, event_type: "incident.unacknowledged" }))?.event).toBe("unacknowledged");
	});

	test("tells no end of an incident that was merged into another one", () => {
		const resolve_reason = { type: "merge_resolve_reason", incident: { id: "Q2", type: "incident_reference" } };
		expect(json(pagerdutyInbound, document({ event_type: "incident.resolved" }, { resolve_reason }))).toBeUndefined();
		expect(json(pagerdutyInbound, document({ event_type: "incident.resolved" }, { resolve_reason: null }))?.event).toBe("resolved");
	});

	test("tells nothing by an event of another kind, or without a time", () => {
		const none = [
			{ event_type: "incident.annotated" },
			{ event_type: "service.updated" },
			{ event_type: "constructor" },
			{ occurred_at: null },
		];
		expect(none.map((change) => json(pagerdutyInbound, document(change)))).toEqual([undefined, undefined, undefined, undefined]);
	});
});

describe.each([
	["Opsgenie", opsgenieInbound],
	["Jira Service Management", jsmInbound],
])("the outgoing webhook of %s", (_, inbound) => {
	const document = (action: string) => ({
		source: { name: "", type: "web" },
		alert: { updatedAt: "NANOSECONDS", message: "test", username: "ada@example.com", alertId: "052652ac", alias: key, tinyId: "23" },
		action,
		integrationId: "37c8f316",
		integrationName: "Integration1",
	});

	test.each([
		["Create", "delivered"],
		["Acknowledge", "acknowledged"],
		["UnAcknowledge", "unacknowledged"],
		["Close", "resolved"],
	])("%s means %s, of nanoseconds", (action, event) => {
		// More digits than a number of JavaScript has.
		const body = JSON.stringify(document(action)).replace('"NANOSECONDS"', "1767600182000002246");
		expect(heard(inbound, body)).toEqual({
			...sender,
			dedupKey: key,
			event,
			by: "ada@example.com",
			occurredAt: Date.UTC(2026, 0, 5, 8, 3, 2),
			place: {},
		});
	});

	test("AddNote means nothing, and what we did ourselves is no answer", () => {
		expect(json(inbound, document("AddNote"))).toBeUndefined();
		const ours = { ...document("Acknowledge").alert, username: "Genesys Cloud runbooks", updatedAt: at };
		expect(json(inbound, { alert: ours, action: "Acknowledge" })).toBeUndefined();
		expect(json(inbound, { alert: ours, action: "UnAcknowledge" })?.event).toBe("unacknowledged");
	});
});

test("ServiceNow's business rule sends our own document", () => {
	const document = { correlation_id: key, event: "acknowledged", by: "Ada", occurred_at: "2026-01-05T08:03:02Z" };
	expect(json(servicenowInbound, document)).toEqual({
		...sender,
		dedupKey: key,
		event: "acknowledged",
		by: "Ada",
		occurredAt: at,
		place: {},
	});
	expect(json(servicenowInbound, { ...document, event: "assigned" })).toBeUndefined();
});

describe("Slack's block_actions", () => {
	const payload = (change: object = {}, action: object = {}) => ({
		type: "block_actions",
		user: { id: "U1", username: "ada", name: "ada", team_id: "T1" },
		channel: { id: "C1", name: "on-call" },
		actions: [{ type: "button", block_id: "b", action_id: "acknowledge", value: key, action_ts: "1767600182.000200", ...action }],
		...change,
	});
	const press = (payloadOf: object) => heard(slackInbound, form({ payload: JSON.stringify(payloadOf) }));

	test("name our key and who pressed the button", () => {
		expect(press(payload())).toEqual({
			...sender,
			dedupKey: key,
			event: "acknowledged",
			by: "ada",
			occurredAt: at,
			place: { channel: "C1" },
		});
	});

	test("are nothing of ours by another button, as another interaction, or without their payload", () => {
		expect(press(payload({}, { action_id: "open" }))).toBeUndefined();
		expect(press(payload({ type: "view_submission" }))).toBeUndefined();
		expect(press(payload({ actions: [] }))).toBeUndefined();
		for (const body of ["", "payload=", "payload=%7B", "other=1", JSON.stringify(payload())])
			expect(heard(slackInbound, body)).toBeUndefined();
	});
});

describe("Twilio's callbacks", () => {
	const query = form({ key });

	test.each([
		["delivered", "delivered"],
		["undelivered", "failed"],
		["failed", "failed"],
	])("tell that a message is %s, by our key in the address or by its id", (MessageStatus, event) => {
		const body = form({ MessageSid: "SM1", MessageStatus, To: "+15555550101" });
		expect(heard(smsInbound, body, query)).toEqual({ ...sender, dedupKey: key, receipt: "SM1", event, place: {} });
		expect(heard(smsInbound, body)).toEqual({ ...sender, receipt: "SM1", event, place: {} });
	});

	test("tell which key was pressed, before what became of the call", () => {
		const pressed = (Digits: string) => heard(voiceInbound, form({ CallSid: "CA1", CallStatus: "in-progress", Digits }), query);
		expect(pressed("1")?.event).toBe("acknowledged");
		expect(pressed("2")).toBeUndefined();
		expect(heard(voiceInbound, form({ CallSid: "CA1", CallStatus: "no-answer" }), query)?.event).toBe("failed");
		expect(heard(voiceInbound, form({ CallSid: "CA1", CallStatus: "completed" }), query)).toBeUndefined();
	});

	test("say nothing while a message is on its way", () => {
		for (const MessageStatus of ["queued", "sending", "sent", "", "toString"])
			expect(heard(smsInbound, form({ MessageSid: "SM1", MessageStatus }), query)).toBeUndefined();
	});
});

test("what is no document, or names no page, is nothing of ours", () => {
	for (const body of ["", "{", "null", "[]", "1", '"x"', '{"alert":null}', '{"action":"Acknowledge"}'])
		expect(heard(opsgenieInbound, body)).toBeUndefined();
	const long = { alert: { alias: "x".repeat(101), updatedAt: at }, action: "Acknowledge" };
	expect(json(opsgenieInbound, long)).toBeUndefined();
});

describe("where vendors are heard", () => {
	const channels = channelKinds.map((kind) => ({ kind, service: "primary" }));

	test("is a path for each credential of those that tell something", () => {
		expect(heardVendors(channels).map(({ path }) => path)).toContain("pagerduty/primary");
		for (const { path, kind, credential } of heardVendors(channels)) {
			expect(credentialsOf(channels)).toContainEqual({ kind, credential });
			expect(heardVendor(path)).toMatchObject({ kind, credential });
		}
	});

	test.each(["", "pagerduty", "pagerduty/", "pagerduty/primary/more", "nobody", "nobody/primary", "constructor", "../pagerduty/primary"])(
		'is not at "%s"',
		(path) => expect(heardVendor(path)).toBeUndefined(),
	);

	test("is by secrets of the credential, whose keys a stack may hold", () => {
		for (const kind of channelKinds) {
			const { inbound, credential } = vendorOf(kind);
			const name = credential.per === undefined ? credential.name : `${credential.name}-primary`;
			expect(isVendorCredential(name)).toBe(true);
			for (const secret of Object.keys(inbound?.secrets ?? {}))
				expect(secretKeyPatterns.some(({ pattern }) => new RegExp(`^${pattern}$`).test(secretKey(name, secret)))).toBe(true);
		}
	});
});
