import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { momentOf } from "../../../../functions/pipeline/normalize/fields.ts";
import { formatsOf } from "../../../../functions/pipeline/normalize/formats.ts";
import { jsonPathPattern, select } from "../../../../functions/pipeline/normalize/jsonPath.ts";
import { cloudWatchAlarm, genesysAlert, prometheusAlert, prometheusGroup } from "../../alerts.ts";
import { formats, read } from "./formatSettings.ts";

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
