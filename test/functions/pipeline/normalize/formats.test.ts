import { describe, expect, test } from "vitest";
import { readingsOf } from "../../../../functions/pipeline/normalize/alert.ts";
import { cloudWatchAlarm, genesysAlert, prometheusAlert, prometheusGroup } from "../../alerts.ts";
import { seconds } from "../fixtures.ts";
import { formats, read, runbooks } from "./formatSettings.ts";

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
					alert: "1f0a2b3c4d5e6f70",
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
					alert: "sbc-frankfurt-down",
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
					alert: "r-1",
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
			check: { kind: "sip", name: "sip-1" },
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
					alert: "sip-1",
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

test("an id for which a dedup key has no room in this stack is told as one", () => {
	const format = formats.get("alertmanager");
	const environment = "e".repeat(20);
	const logged = (id: string) =>
		format &&
		readingsOf(format.read(prometheusGroup([prometheusAlert({}, { trunk: id })])), format.words, { environment, runbooks }, seconds(0));
	expect(logged("x".repeat(54))).toMatchObject({ readings: [{ reading: { entity: { id: "x".repeat(54) } } }], problems: [] });
	expect(logged("x".repeat(55))).toMatchObject({
		readings: [],
		problems: ["alerts[0].labels.trunk: expected the entity's id, at most 54 of [A-Za-z0-9:._-], got another"],
	});
});
