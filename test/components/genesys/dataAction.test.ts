import { safeParse } from "valibot";
import { describe, expect, it } from "vitest";
import {
	type ActionContract,
	type ActionSet,
	actionName,
	actionRef,
	computedSubstitutions,
	contractSchemas,
} from "../../../components/genesys/dataAction.ts";
import { genesysActions } from "../../../components/genesys/genesysActions.ts";
import { ledgerActions } from "../../../components/genesys/ledgerActions.ts";
import { detailNames } from "../../../functions/pipeline/page/words.ts";
import { ledgerAnswers, ledgerRequest } from "../../../functions/schemas/ledgerRequest.ts";
import { translate } from "../../../rehearsal/genesyscloud/translation.ts";
import { inputValues, renderTemplate } from "../../../rehearsal/genesyscloud/velocity.ts";
import { pagerDutyActions, twilioActions } from "./vendorSets.ts";

const twilio = { accountSid: "AC0123456789abcdef0123456789abcdef", from: "+15555550100" };
const pagerDuty = pagerDutyActions("runbooks-dev", "primary", "us");
const sms = twilioActions("runbooks-dev", twilio);
const genesys = genesysActions("runbooks-dev");
const ledger = ledgerActions("runbooks-dev");

const credentials = { routingKey: "R0", apiToken: "T0", userName: twilio.accountSid, password: "P0" };

function rendered(contract: ActionContract, inputs: Readonly<Record<string, unknown>>) {
	const values = { input: inputValues(inputs), credentials };
	const { url = "", body, headers = {} } = contract.request;
	return {
		url: renderTemplate("url", url, values),
		body: body === undefined ? undefined : renderTemplate("body", body, values),
		headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, renderTemplate(name, text, values)])),
	};
}

function answered(contract: ActionContract, answer: unknown): unknown {
	const { translationMap = {}, translationMapDefaults = {}, template } = contract.response;
	const values = translate(translationMap, translationMapDefaults, answer);
	return JSON.parse(renderTemplate("success", template, { ...values, rawResult: JSON.stringify(answer) }));
}

/** What breaks templates that do not escape. */
const hostile = 'Trunk "Frankfurt-1" \\ is down\n& 100 % $!{credentials.routingKey} #end';

describe("a data action's name", () => {
	const { trigger } = pagerDuty.actions;

	it("is its verb and 8 digits of its contract", () => {
		expect(actionName(trigger)).toMatch(/^Trigger [0-9a-f]{8}$/);
		expect(actionName(trigger)).toBe(actionName(pagerDutyActions("other-prod", "night", "eu").actions.trigger));
	});

	it.each([
		["an input", { inputs: { ...trigger.inputs, urgency: "string" } }],
		["an input's type", { inputs: { ...trigger.inputs, details: "integer" } }],
		["an output", { outputs: { status: "string" } }],
	] as const)("changes with %s", (_, change) => {
		expect(actionName({ ...trigger, ...change })).not.toBe(actionName(trigger));
	});

	it.each([
		["the order of the inputs", { inputs: Object.fromEntries(Object.entries(trigger.inputs).toReversed()) }],
		["the timeout", { timeoutSeconds: 20 }],
		["the request", { request: { ...trigger.request, body: "{}" } }],
	])("does not change with %s, which an update can carry", (_, change) => {
		expect(actionName({ ...trigger, ...change })).toBe(actionName(trigger));
	});

	it("never holds the words that would make it a function data action", () => {
		const sets: readonly ActionSet[] = [pagerDuty, sms, genesys, ledger];
		for (const set of sets) expect(JSON.stringify(computedSubstitutions(set))).not.toMatch(/function data action/i);
	});
});

it("a contract is a flat JSON schema in which every input is required", () => {
	const { contractInput, contractOutput } = contractSchemas(genesys.actions.healthCheckTrigger);
	expect(JSON.parse(contractInput)).toEqual({
		$schema: "http://json-schema.org/draft-04/schema#",
		type: "object",
		properties: { trunkBaseId: { type: "string" } },
		required: ["trunkBaseId"],
		additionalProperties: true,
	});
	expect(JSON.parse(contractOutput)).toEqual({
		$schema: "http://json-schema.org/draft-04/schema#",
		type: "object",
		properties: { connected: { type: "array", items: { type: "boolean" } }, total: { type: "integer" } },
		additionalProperties: true,
	});
});

it("a workflow names an action by placeholders", () => {
	expect(actionRef(pagerDuty, "read")).toEqual({
		category: "{{category_pagerduty_primary}}",
		name: "{{action_pagerduty_primary_read}}",
		timeoutSeconds: 10,
	});
	expect(computedSubstitutions(pagerDuty)).toEqual({
		category_pagerduty_primary: "runbooks-dev PagerDuty primary",
		action_pagerduty_primary_trigger: actionName(pagerDuty.actions.trigger),
		action_pagerduty_primary_read: actionName(pagerDuty.actions.read),
	});
});

describe("PagerDuty", () => {
	it("is sent one event, with every text escaped and the routing key in the body only", () => {
		const details = Object.fromEntries(detailNames.map((name) => [name, `${name} ${hostile}`]));
		const inputs = {
			dedupKey: "k:1:1",
			summary: hostile,
			source: hostile,
			severity: "error",
			component: "c",
			group: "dev",
			body: `${hostile}\n${hostile}`,
			...details,
		};
		const { url, body, headers } = rendered(pagerDuty.actions.trigger, inputs);
		expect(url).toBe("https://events.pagerduty.com/v2/enqueue");
		expect(headers).toEqual({ "Content-Type": "application/json", Accept: "application/json" });
		expect(JSON.parse(body ?? "")).toEqual({
			routing_key: "R0",
			event_action: "trigger",
			dedup_key: "k:1:1",
			payload: {
				summary: hostile,
				source: hostile,
				severity: "error",
				component: "c",
				group: "dev",
				custom_details: { ...details, body: `${hostile}\n${hostile}` },
			},
		});
	});

	it("says what it took", () => {
		const answer = { status: "success", message: "Event processed", dedup_key: "k:1:1" };
		expect(answered(pagerDuty.actions.trigger, answer)).toEqual({ status: "success", dedupKey: "k:1:1" });
	});

	it("is asked for the newest incident of one key and service", () => {
		const { url, headers } = rendered(pagerDuty.actions.read, { dedupKey: "inc:1:dev:trunk-down:x y:1:1", serviceId: "PRIMARY1" });
		expect(Object.fromEntries(new URL(url).searchParams)).toEqual({
			incident_key: "inc:1:dev:trunk-down:x y:1:1",
			"service_ids[]": "PRIMARY1",
			date_range: "all",
			sort_by: "created_at:desc",
			limit: "1",
		});
		expect(new URL(url).host).toBe("api.pagerduty.com");
		expect(headers).toEqual({ Authorization: "Token token=T0", Accept: "application/vnd.pagerduty+json;version=2" });
	});

	it("answers with the incident, or with empty texts where there is none", () => {
		const incident = { id: "Q1", incident_key: null, service: { id: "PRIMARY1" }, status: "triggered", created_at: "2026-11-24T10:00:00Z" };
		expect(answered(pagerDuty.actions.read, { incidents: [incident] })).toEqual({
			id: "Q1",
			serviceId: "PRIMARY1",
			status: "triggered",
			createdAt: "2026-11-24T10:00:00Z",
		});
		expect(answered(pagerDuty.actions.read, { incidents: [] })).toEqual({ id: "", serviceId: "", status: "", createdAt: "" });
	});

	it("has other hosts in Europe", () => {
		const { trigger, read } = pagerDutyActions("runbooks-dev", "primary", "eu").actions;
		expect(new URL(trigger.request.url ?? "").host).toBe("events.eu.pagerduty.com");
		expect(read.request.url).toMatch(/^https:\/\/api\.eu\.pagerduty\.com\/incidents\?/);
	});
});

describe("Twilio", () => {
	const basic = `Basic ${Buffer.from(`${twilio.accountSid}:P0`).toString("base64")}`;

	it("is sent a form, with every text escaped", () => {
		const { url, body, headers } = rendered(sms.actions.send, { to: "+15555550101", body: hostile });
		expect(url).toBe(`https://api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}/Messages.json`);
		expect(Object.fromEntries(new URLSearchParams(body))).toEqual({ To: "+15555550101", From: "+15555550100", Body: hostile });
		expect(headers).toEqual({ Authorization: basic, Accept: "application/json", "Content-Type": "application/x-www-form-urlencoded" });
	});

	it("is asked for one message", () => {
		const { url, headers } = rendered(sms.actions.read, { sid: "SM1" });
		expect(url).toBe(`https://api.twilio.com/2010-04-01/Accounts/${twilio.accountSid}/Messages/SM1.json`);
		expect(headers.Authorization).toBe(basic);
		const answer = { sid: "SM1", status: "delivered", to: "+15555550101", date_created: "Tue, 24 Nov 2026 10:00:00 +0000" };
		expect(answered(sms.actions.read, answer)).toEqual({
			sid: "SM1",
			status: "delivered",
			to: "+15555550101",
			createdAt: "Tue, 24 Nov 2026 10:00:00 +0000",
		});
	});
});

describe("Genesys Cloud", () => {
	it("is asked by relative URLs", () => {
		expect(rendered(genesys.actions.checkCredentials, {}).url).toBe("/api/v2/tokens/me");
		expect(rendered(genesys.actions.healthCheckTrigger, { trunkBaseId: "a b" }).url).toBe(
			"/api/v2/telephony/providers/edges/trunks?trunkBase.id=a+b&pageSize=100",
		);
	});

	it("answers with who asks, and with the trunk on each of its edges", () => {
		const me = { organization: { id: "o" }, OAuthClient: { id: "c", name: "runbooks-dev responder" } };
		expect(answered(genesys.actions.checkCredentials, me)).toEqual({ clientName: "runbooks-dev responder", organizationId: "o" });
		const trunks = { total: 2, entities: [{ connectedStatus: { connected: true } }, { connectedStatus: { connected: false } }] };
		expect(answered(genesys.actions.healthCheckTrigger, trunks)).toEqual({ connected: [true, false], total: 2 });
		expect(answered(genesys.actions.healthCheckTrigger, { total: 0, entities: [] })).toEqual({ connected: [], total: 0 });
	});
});

describe("the ledger", () => {
	const samples: Readonly<Record<string, unknown>> = {
		what: "page-sent",
		channel: "sms",
		tier: 1,
		attempt: 1,
		tierReached: 1,
		occurrence: 1,
	};

	it.each(["claim", "record", "read", "release"] as const)("is sent a %s that its function accepts", (operation) => {
		const contract = ledger.actions[operation];
		const inputs = Object.fromEntries(Object.keys(contract.inputs).map((name) => [name, samples[name] ?? "x"]));
		const body: unknown = JSON.parse(rendered(contract, inputs).body ?? "");
		expect(body).toEqual({ operation, input: inputs });
		expect(safeParse(ledgerRequest, body).success).toBe(true);
	});

	it.each(["claim", "record", "read", "release"] as const)("answers a %s with exactly the outputs of the contract", (operation) => {
		expect(Object.keys(ledger.actions[operation].outputs).toSorted()).toEqual(Object.keys(ledgerAnswers[operation].entries).toSorted());
		const answer = { answer: "owner", reason: "first" };
		expect(answered(ledger.actions[operation], answer)).toEqual(answer);
	});
});
