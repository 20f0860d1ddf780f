import { describe, expect, test } from "vitest";
import type { Reading } from "../../../../functions/pipeline/model/incident.ts";
import { summarize } from "../../../../functions/pipeline/normalize/rules.ts";
import { reading } from "../fixtures.ts";

const says = (change: Partial<Reading>): string => summarize(reading({ metrics: {}, ...change }));

describe("what a person who has just been woken reads", () => {
	test.each([
		["connected", "SIP trunk Frankfurt-1 is connected"],
		["not-connected", "SIP trunk Frankfurt-1 is down: not connected"],
		["options-failing", "SIP trunk Frankfurt-1 is down: no proxy answers SIP OPTIONS"],
		["registration-failing", "SIP trunk Frankfurt-1 is down: no registration succeeds"],
		["disabled", "SIP trunk Frankfurt-1 is disabled"],
		["edge-out-of-service", "SIP trunk Frankfurt-1 has no edge in service"],
		["no-state", "SIP trunk Frankfurt-1 reports no state"],
		["no route to host", "SIP trunk Frankfurt-1 is down: no route to host"],
	])("of a trunk: %s", (reason, line) => {
		expect(says({ condition: "trunk-down", reason })).toBe(line);
	});

	test.each([
		[{ instances: 4, instancesUp: 1 }, " (up on 1 of 4 edges)"],
		[{ instances: 1 }, " (up on 0 of 1 edges)"],
		[{ instances: 0, instancesUp: 0 }, ""],
	])("of a trunk's extent, %j: %s", (metrics, extent) => {
		expect(says({ condition: "trunk-down", metrics })).toBe(`SIP trunk Frankfurt-1 is down: not connected${extent}`);
	});

	test.each([
		["options-partly-failing", { optionsUp: 1, optionsTotal: 4 }, "1 of 4 proxies answer OPTIONS"],
		["options-partly-failing", {}, "0 of 0 proxies answer OPTIONS"],
		["registration-partly-failing", { registersUp: 2, registersTotal: 3 }, "2 of 3 registrations hold"],
		["registration-partly-failing", {}, "0 of 0 registrations hold"],
		["qos-mismatches", { mismatchesDelta: 12 }, "12 new QoS mismatches in a minute"],
		["qos-mismatches", {}, "0 new QoS mismatches in a minute"],
		["jitter, says the carrier", {}, "jitter, says the carrier"],
	])("of a degraded trunk: %s %j", (reason, metrics, line) => {
		expect(says({ condition: "trunk-degraded", reason, metrics })).toBe(`SIP trunk Frankfurt-1 is degraded: ${line}`);
		expect(says({ condition: "trunk-degraded", reason, metrics: { ...metrics, score: 0.499 } })).toBe(
			`SIP trunk Frankfurt-1 is degraded: health score 0.50, ${line}`,
		);
	});

	test.each([
		[{ waiting: 6 }, "6 waiting (staffing not known)"],
		[{ waiting: 0, longestWaitSeconds: 0, onQueueUsers: 0 }, "0 waiting, the longest for 0 s (0 on queue)"],
		[{ longestWaitSeconds: 300 }, "an unknown number waiting, the longest for 300 s (staffing not known)"],
	])("of a queue: %j", (metrics, line) => {
		expect(says({ condition: "queue-overflow", metrics })).toBe(`Queue Frankfurt-1 overflows: ${line}`);
	});

	test.each(["platform-unreachable", "credentials-failing", "detector-silent"] as const)("of %s: the overseer's own words", (condition) => {
		expect(says({ condition, reason: "3 polls failed in a row" })).toBe("Frankfurt-1: 3 polls failed in a row");
	});
});
