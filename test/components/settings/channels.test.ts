import { describe, expect, it } from "vitest";
import { evaluate } from "../../../architect/expressions/evaluate.ts";
import type { FlowValue } from "../../../architect/expressions/values.ts";
import type { Value } from "../../../architect/model.ts";
import { vendorChannel } from "../../../components/genesys/vendors/vendorChannel.ts";
import { smsBody } from "../../../functions/edges/vendors/pageValues.ts";
import { severities } from "../../../functions/pipeline/model/incident.ts";
import { dedupKey } from "../../../functions/pipeline/model/keys.ts";
import { pagerduty } from "../../../vendors/pagerduty.ts";
import { pagerDutyActions, twilioActions } from "../genesys/vendorSets.ts";

const now = Date.parse("2026-11-24T10:05:00Z");
const intendedAt = Date.parse("2026-11-24T10:00:00.400Z");
const incidentKey = "inc:1:dev:trunk-down:5f2c1a9e-8b7d-4c36-9a10-2e64d0b7f3c8";

const text = (content: string | undefined): FlowValue => ({ type: "string", content });

const flow: Readonly<Record<string, FlowValue>> = {
	"Flow.incidentKey": text(incidentKey),
	"Flow.occurrence": { type: "integer", content: 3 },
	"Flow.condition": text("trunk-down"),
	"Flow.entityId": text("5f2c1a9e"),
	"Flow.entityName": text("Frankfurt-1"),
	"Flow.severity": text("high"),
	"Flow.summary": text("Trunk Frankfurt-1 is down."),
	"Flow.shortText": text("HIGH: Trunk Frankfurt-1 is down."),
	"Flow.body": text("Trunk Frankfurt-1 is down.\nSeverity: high"),
	"Flow.reason": text("not-connected"),
	"Flow.children": text(undefined),
	"Flow.openedAt": text("2026-11-24T09:59:00Z"),
	"Flow.environment": text("dev"),
	"Flow.health": text("connected on 0 of 2 edges"),
	"State.intendedAt": { type: "dateTime", content: intendedAt },
	"State.receipt": text("SM1"),
};

function worthOf(value: Value | undefined, more: Readonly<Record<string, FlowValue>> = {}): unknown {
	if (value?.kind === "lit") return value.lit;
	return value?.kind === "exp" ? evaluate(value.exp, { ...flow, ...more }, { now }).content : undefined;
}

function inputsOf(inputs: Readonly<Record<string, Value>>, more: Readonly<Record<string, FlowValue>> = {}): Record<string, unknown> {
	return Object.fromEntries(Object.entries(inputs).map(([name, value]) => [name, worthOf(value, more)]));
}

describe("a PagerDuty channel", () => {
	const channel = { kind: "pagerduty", name: "pagerduty", service: "primary", serviceId: "PRIMARY1" } as const;
	const planned = vendorChannel(pagerDutyActions("runbooks-dev", "primary", "us"), channel, 2);
	const key = dedupKey(incidentKey, 3, 2);

	it("is proven by a record of its own service, whatever a setting holds", () => {
		const serviceId = 'P"1\\';
		const { provenWhen } = vendorChannel(pagerDutyActions("runbooks-dev", "primary", "us"), { ...channel, serviceId }, 2);
		const record = (id: string) => ({
			"State.readServiceId": text(id),
			"State.readCreatedAt": text("2026-11-24T10:01:00Z"),
		});
		const worth = (id: string) => evaluate(provenWhen, { ...flow, ...record(id) }, { now }).content;
		expect([worth(serviceId), worth("P")]).toEqual([true, false]);
	});

	it("sends what a person can act on, under the dedup key of the pipeline", () => {
		expect(inputsOf(planned.sendInputs)).toEqual({
			dedupKey: key,
			summary: "Trunk Frankfurt-1 is down.",
			source: "Frankfurt-1",
			severity: "error",
			component: "5f2c1a9e",
			group: "dev",
			condition: "trunk-down",
			environment: "dev",
			occurrence: "3",
			tier: "2",
			openedAt: "2026-11-24T09:59:00Z",
			reason: "not-connected",
			children: "",
			health: "connected on 0 of 2 edges",
			approval: "",
			body: "Trunk Frankfurt-1 is down.\nSeverity: high",
		});
		expect(planned.receiptOutput).toBe("dedupKey");
	});

	it.each(severities)("maps severity %s as the functions do", (severity) => {
		expect(worthOf(planned.sendInputs.severity, { "Flow.severity": text(severity) })).toBe(pagerduty.severities[severity]);
	});

	it.each([
		["of 2000 characters", "x".repeat(2000), "x".repeat(1024)],
		["that is missing", undefined, "An incident without a summary"],
		["that is empty", "", "An incident without a summary"],
	])("sends a summary %s as one that PagerDuty takes", (_, given, expected) => {
		expect(worthOf(planned.sendInputs.summary, { "Flow.summary": text(given) })).toBe(expected);
	});

	it("reads by the same key, on its own service", () => {
		expect(inputsOf(planned.readInputs)).toEqual({ dedupKey: key, serviceId: "PRIMARY1" });
	});

	const read = (service: string | undefined, createdAt: string | undefined) => ({
		"State.readServiceId": text(service),
		"State.readCreatedAt": text(createdAt),
	});

	it.each([
		["the incident of this intent", read("PRIMARY1", "2026-11-24T10:00:02Z"), true],
		["one by a clock that is five minutes behind", read("PRIMARY1", "2026-11-24T09:55:01Z"), true],
		["an older one", read("PRIMARY1", "2026-11-24T09:54:59Z"), false],
		["another service", read("PSECOND2", "2026-11-24T10:00:02Z"), false],
		["no incident", read("", ""), false],
		["an incident without a time", read("PRIMARY1", ""), false],
		["nothing at all", read(undefined, undefined), false],
	])("takes %s for proof: %s → %s", (_, scope, expected) => {
		expect(evaluate(planned.provenWhen, { ...flow, ...scope }, { now }).content).toBe(expected);
	});
});

describe("an SMS channel", () => {
	const twilio = { accountSid: "AC0123456789abcdef0123456789abcdef", from: "+15555550100" };
	const channel = { kind: "sms", name: "sms", to: "+15555550101" } as const;
	const planned = vendorChannel(twilioActions("runbooks-dev", twilio), channel, 1);

	it("sends a short text that ends in the reference by which it can be found again", () => {
		expect(inputsOf(planned.sendInputs)).toEqual({
			to: "+15555550101",
			body: `HIGH: Trunk Frankfurt-1 is down. ref ${dedupKey(incidentKey, 3, 1)}`,
		});
	});

	it.each([
		["is offered", "https://a.example/1", " Approve the remedy within 5 minutes: https://a.example/1"],
		["is not offered", "", ""],
	])("where a runbook asks for approval and a remedy %s, the text is that of the functions", (_, link, invitation) => {
		const asking = vendorChannel(twilioActions("runbooks-dev", twilio), channel, 1, { approves: true });
		const reference = dedupKey(incidentKey, 3, 1);
		const body = worthOf(asking.sendInputs.body, { "Flow.approval": text(link) });
		expect(body).toBe(`HIGH: Trunk Frankfurt-1 is down.${invitation} ref ${reference}`);
		expect(body).toBe(smsBody("HIGH", { summary: "Trunk Frankfurt-1 is down.", dedupKey: reference, details: { approval: link } }));
	});

	it.each([
		["came with the leave to send", text("https://hook.test/a/signed/key:1"), "https://hook.test/a/signed/key:1"],
		["could not be signed", text(""), ""],
		["did not come", text(undefined), ""],
	])("where texts hold an acknowledge link and it %s, the text is that of the functions", (_, given, acknowledgeUrl) => {
		const linked = vendorChannel(twilioActions("runbooks-dev", twilio), channel, 1, { acknowledges: true });
		const order = { summary: "Trunk Frankfurt-1 is down.", dedupKey: dedupKey(incidentKey, 3, 1), acknowledgeUrl };
		expect(worthOf(linked.sendInputs.body, { "State.acknowledgeUrl": given })).toBe(smsBody("HIGH", order));
	});

	it.each([undefined, ""])("says that a text is missing rather than nothing: %s", (given) => {
		expect(worthOf(planned.sendInputs.body, { "Flow.shortText": text(given) })).toBe(
			`An incident without a summary ref ${dedupKey(incidentKey, 3, 1)}`,
		);
	});

	it("reads the message that was accepted", () => {
		expect(inputsOf(planned.readInputs)).toEqual({ sid: "SM1" });
	});

	it.each([
		["delivered", true],
		["sent", false],
		["undelivered", false],
		["", false],
		[undefined, false],
	])("takes status %s for proof: %s", (status, expected) => {
		expect(evaluate(planned.provenWhen, { ...flow, "State.readStatus": text(status) }, { now }).content).toBe(expected);
	});
});
