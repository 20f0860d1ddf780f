import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readingsOf } from "../../../../functions/pipeline/normalize/alert.ts";
import { momentOf } from "../../../../functions/pipeline/normalize/fields.ts";
import { formatsOf } from "../../../../functions/pipeline/normalize/formats.ts";
import { jsonPathPattern, select } from "../../../../functions/pipeline/normalize/jsonPath.ts";
import type { WebhookSettings } from "../../../../functions/pipeline/normalize/settings.ts";
import type { RunbookTable } from "../../../../functions/pipeline/settings.ts";
import { cloudWatchAlarm, genesysAlert, prometheusAlert, prometheusGroup } from "../../alerts.ts";
import { seconds } from "../fixtures.ts";

const runbook = { enabled: true, severity: "medium", breachesToOpen: 2, clearsToClose: 3, remediation: "observe" } as const;
const runbooks: RunbookTable = {
	"trunk-down": { ...runbook, severity: "high" },
	"edge-offline": { ...runbook, enabled: false },
	"queue-overflow": { ...runbook, waitingOver: 1, longestWaitSecondsOver: 1, queues: [] },
};
const noWords = { conditions: {}, severities: {}, entities: {} };
const webhook: WebhookSettings = {
	alertmanager: {
		conditionLabel: "alertname",
		entityLabel: "trunk",
		entityNameLabel: "trunk_name",
		severityLabel: "severity",
		conditions: { SipTrunkDown: "trunk-down", EdgeGone: "edge-offline" },
		severities: { p1: "critical" },
		entities: { "Frankfurt carrier": { id: "base-1", name: "Frankfurt-1" } },
	},
	cloudwatch: {
		topicArns: ["arn:aws:sns:eu-central-1:123456789012:alarms"],
		alarms: { "sbc-frankfurt-down": { condition: "trunk-down", entityId: "sbc-frankfurt", severity: "critical" } },
	},
	"genesys-alerting": { rules: { "Trunk of Frankfurt": { condition: "trunk-down", entityId: "base-1" } } },
	json: {
		monitoring: {
			...noWords,
			alerts: "$.events[*]",
			condition: "$.check.kind",
			entityId: "$['what is it'][0]",
			entityName: "$.name",
			severity: "$.level",
			verdict: "$.up",
			verdicts: { false: "breach", true: "clear" },
			reason: "$.text",
			changedAt: "$.since",
			conditions: { sip: "trunk-down" },
			severities: { 1: "critical" },
		},
	},
};
const formats = formatsOf(webhook);

function read(name: string, body: unknown) {
	const format = formats.get(name);
	if (format === undefined) throw new Error(`Expected a format ${name}`);
	return readingsOf(format.read(body), format.words, { environment: "dev", runbooks }, seconds(0));
}

const readingOf = (name: string, body: unknown) => read(name, body).readings[0]?.reading;

const common = { schema: "genesyscloud-runbooks/reading/1", source: "webhook", confirmed: true, metrics: {}, observedAt: seconds(0) };

describe("what each system tells becomes one reading", () => {
	test("Alertmanager, with the settings' words for condition, entity and severity", () => {
		const alert = prometheusAlert();
		expect(read("alertmanager", prometheusGroup([alert]))).toEqual({
			readings: [
				{
					reading: {
						...common,
						condition: "trunk-down",
						entity: { id: "base-1", name: "Frankfurt-1" },
						severity: "critical",
						verdict: "breach",
						reason: "No answer to SIP OPTIONS for 5 minutes",
						raw: alert,
					},
					changedAt: undefined,
				},
			],
			problems: [],
		});
		expect(readingOf("alertmanager", prometheusGroup([prometheusAlert({ status: "resolved" })]))).toMatchObject({ verdict: "clear" });
	});

	test("CloudWatch, by the alarm's name", () => {
		expect(read("cloudwatch", cloudWatchAlarm())).toMatchObject({
			readings: [
				{
					reading: {
						...common,
						condition: "trunk-down",
						entity: { id: "sbc-frankfurt", name: "sbc-frankfurt-down" },
						severity: "critical",
						verdict: "breach",
						reason: "Threshold Crossed: 3 datapoints were less than the threshold (1.0).",
					},
					changedAt: Date.UTC(2026, 0, 5, 7, 59, 30),
				},
			],
			problems: [],
		});
		expect(readingOf("cloudwatch", cloudWatchAlarm({ NewStateValue: "OK" }))).toMatchObject({ verdict: "clear" });
		expect(readingOf("cloudwatch", cloudWatchAlarm({ NewStateValue: "INSUFFICIENT_DATA" }))).toMatchObject({ verdict: "no-data" });
	});

	test("Genesys Cloud's alerting: a rule about one queue, or what the settings say of a rule", () => {
		expect(read("genesys-alerting", genesysAlert())).toMatchObject({
			readings: [
				{
					reading: {
						...common,
						condition: "queue-overflow",
						entity: { id: "queue-7", name: "Support" },
						severity: "medium",
						verdict: "breach",
						reason: "Too many wait",
					},
					changedAt: Date.UTC(2026, 0, 5, 7, 30),
				},
			],
			problems: [],
		});
		const over = genesysAlert({ active: false, dateEnd: "2026-01-05T07:50:00.000Z" });
		expect(read("genesys-alerting", { entities: [over] }).readings).toMatchObject([
			{ reading: { verdict: "clear", reason: "resolved: Too many wait" }, changedAt: Date.UTC(2026, 0, 5, 7, 50) },
		]);
		const trunk = genesysAlert({ rule: { name: "Trunk of Frankfurt", type: "OPERATIONS" }, conditions: { type: "and", predicates: [] } });
		expect(readingOf("genesys-alerting", trunk)).toMatchObject({ condition: "trunk-down", entity: { id: "base-1" } });
	});

	test("any JSON, by its paths", () => {
		const event = {
			check: { kind: "sip" },
			"what is it": ["sbc-1"],
			name: "SBC one",
			level: 1,
			up: false,
			text: "408",
			since: 1_767_600_000,
		};
		expect(read("monitoring", { events: [event] })).toEqual({
			readings: [
				{
					reading: {
						...common,
						condition: "trunk-down",
						entity: { id: "sbc-1", name: "SBC one" },
						severity: "critical",
						verdict: "breach",
						reason: "408",
						raw: event,
					},
					changedAt: 1_767_600_000_000,
				},
			],
			problems: [],
		});
	});
});

describe("severities, one small table each", () => {
	test.each([
		{ label: "page", severity: "critical" },
		{ label: "error", severity: "high" },
		{ label: "warning", severity: "medium" },
		{ label: "info", severity: "low" },
		{ label: "p1", severity: "critical" },
		{ label: "HIGH", severity: "high" },
		{ label: undefined, severity: "high" },
	])("Alertmanager's $label is $severity", ({ label, severity }) => {
		const { readings, problems } = read("alertmanager", prometheusGroup([prometheusAlert({}, { severity: label })]));
		expect(readings[0]?.reading.severity).toBe(severity);
		expect(problems).toEqual([]);
	});

	test("one that nobody knows is a problem, and the failure has its runbook's severity", () => {
		const { readings, problems } = read("alertmanager", prometheusGroup([prometheusAlert({}, { severity: "s3cret" })]));
		expect(readings).toMatchObject([{ reading: { severity: "high" } }]);
		expect(problems).toEqual([
			"alerts[0].labels.severity: expected one of page, error, warning, info, none, p1, critical, high, medium, low, got another",
		]);
	});
});

test("an id for which a vendor's key has no room in this stack is told as one", () => {
	const format = formats.get("alertmanager");
	const environment = "e".repeat(20);
	const told = (id: string) =>
		format &&
		readingsOf(format.read(prometheusGroup([prometheusAlert({}, { trunk: id })])), format.words, { environment, runbooks }, seconds(0));
	expect(told("x".repeat(54))).toMatchObject({ readings: [{ reading: { entity: { id: "x".repeat(54) } } }], problems: [] });
	expect(told("x".repeat(55))).toMatchObject({
		readings: [],
		problems: ["alerts[0].labels.trunk: expected the entity's id, at most 54 of [A-Za-z0-9:._-], got another"],
	});
});

describe("what is not understood is told place by place, and nothing of the body is repeated", () => {
	const group = (change: object) => ({ ...prometheusGroup([prometheusAlert()]), ...change });
	test.each([
		{ name: "alertmanager", body: 17, says: ['version: expected "4"', "alerts: expected a list of at least one alert"] },
		{ name: "alertmanager", body: group({ version: "s3cret" }), says: ['version: expected "4"'] },
		{ name: "alertmanager", body: group({ truncatedAlerts: 3 }), says: ["truncatedAlerts: expected 0"] },
		{ name: "alertmanager", body: prometheusGroup([{ status: "s3cret" }]), says: ["alerts[0].status: expected one of firing, resolved"] },
		{
			name: "alertmanager",
			body: prometheusGroup([prometheusAlert({}, { alertname: "s3cret", trunk: "s3cret trunk" })]),
			says: [
				"alerts[0].labels.alertname: expected one of SipTrunkDown, trunk-down, queue-overflow, got another",
				"alerts[0].labels.trunk: expected the entity's id, at most 64 of [A-Za-z0-9:._-], got another",
			],
		},
		{
			name: "alertmanager",
			body: prometheusGroup([prometheusAlert({}, { alertname: "EdgeGone", trunk: undefined })]),
			says: ["alerts[0].labels.alertname: expected one of SipTrunkDown", "alerts[0].labels.trunk: expected the entity's id"],
		},
		{ name: "cloudwatch", body: { Message: "s3cret" }, says: ["Message: expected the JSON text of a CloudWatch alarm"] },
		{
			name: "cloudwatch",
			body: cloudWatchAlarm({ AlarmName: "s3cret", NewStateValue: "s3cret", StateChangeTime: "s3cret" }),
			says: [
				"Message.AlarmName: expected one of sbc-frankfurt-down",
				"Message.NewStateValue: expected one of ALARM, OK, INSUFFICIENT_DATA",
				"Message.StateChangeTime: expected a time",
			],
		},
		{ name: "genesys-alerting", body: {}, says: ["active: expected true or false", "rule.name: expected the rule's name"] },
		{
			name: "genesys-alerting",
			body: { entities: [genesysAlert({ conditions: { predicates: [] } })] },
			says: ["entities[0].rule.name: expected one of trunk-down, queue-overflow", "entities[0].conditions.predicates: one queue: expected"],
		},
		{ name: "monitoring", body: { events: [] }, says: ["$.events[*]: expected at least one alert"] },
		{ name: "monitoring", body: { events: [{ up: "s3cret" }] }, says: ["alert 0, $.up: expected one of false, true"] },
		{
			name: "monitoring",
			body: { events: [{ up: false }] },
			says: ["alert 0, $.check.kind: expected one of sip, trunk-down", "alert 0, $['what is it'][0]: expected the entity's id"],
		},
	])("$name $says", ({ name, body, says }) => {
		const { problems } = read(name, body);
		expect(problems).toHaveLength(says.length);
		for (const [index, said] of says.entries()) expect(problems[index]).toContain(said);
		expect(problems.join()).not.toContain("s3cret");
	});

	test("and keeps no other alert of the request back", () => {
		const { readings, problems } = read("alertmanager", prometheusGroup([prometheusAlert({}, { alertname: "Other" }), prometheusAlert()]));
		expect(readings).toHaveLength(1);
		expect(problems).toHaveLength(1);
	});
});

test("while one of several alerts of an entity fires, the entity has not recovered", () => {
	const [fires, ended] = [prometheusAlert(), prometheusAlert({ status: "resolved" })];
	for (const alerts of [
		[fires, ended],
		[ended, fires],
	])
		expect(read("alertmanager", prometheusGroup(alerts)).readings.map(({ reading }) => reading.verdict)).toEqual(["breach"]);
});

test("only formats that the settings name are taken", () => {
	expect([...formats.keys()]).toEqual(["alertmanager", "cloudwatch", "genesys-alerting", "monitoring"]);
	expect([...formatsOf(undefined).keys()]).toEqual([]);
});

test("any JSON is read by every format without a throw", () => {
	fc.assert(
		fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
			for (const name of formats.keys()) {
				read(name, one);
				read(name, { version: "4", alerts: [one], events: [other], entities: [other], Message: JSON.stringify(one) });
			}
		}),
		{ numRuns: 500, seed: 20261127 },
	);
});

describe("JSON paths", () => {
	const document = { a: [{ b: 1 }, { b: 2 }], "c d": { e: "f" }, own: {} };
	test.each([
		{ path: "$", found: [document] },
		{ path: "$.a[*].b", found: [1, 2] },
		{ path: "$.a[1].b", found: [2] },
		{ path: "$['c d'].e", found: ["f"] },
		{ path: "$.a.b", found: [] },
		{ path: "$.own.constructor", found: [] },
		{ path: "$.a.length", found: [2] },
	])("$path", ({ path, found }) => {
		expect(jsonPathPattern.test(path)).toBe(true);
		expect(select(document, path)).toEqual(found);
	});

	test.each(["a.b", "$..a", "$.a[?(@.b)]", "$.a[(1)]", "$.a[-1]", "$.a[0:1]", "$['a'", "$.a b"])(
		"%s is none that settings may use",
		(path) => {
			expect(jsonPathPattern.test(path)).toBe(false);
		},
	);
});

test("moments are read as ISO 8601, and as seconds or milliseconds since 1970", () => {
	const moment = Date.UTC(2026, 0, 5, 8, 0, 0);
	for (const text of ["2026-01-05T08:00:00Z", "2026-01-05T09:00:00.000+0100", moment / 1000, moment, String(moment)])
		expect(momentOf(text)).toBe(moment);
	for (const text of ["soon", "", {}, null]) expect(momentOf(text)).toBeUndefined();
});
