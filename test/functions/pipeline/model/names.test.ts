import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
	conditions,
	overseerConditions,
	severities,
	trunkConditions,
	watchedConditions,
} from "../../../../functions/pipeline/model/incident.ts";
import { failureReasons } from "../../../../functions/pipeline/ports.ts";
import { stages } from "../../../../functions/pipeline/run.ts";
import { remediationModes } from "../../../../functions/pipeline/settings.ts";

/** These words stand in settings files, webhooks, keys and metrics of others: a changed one is a change of the contract. */
describe("the words that the outside knows", () => {
	test("severities, from the worst", () => {
		expect(severities).toEqual(["critical", "high", "medium", "low"]);
	});

	test("conditions: of trunks, of what the poller watches, and of the overseer; a new one is no change of these", () => {
		const trunks = ["trunk-down", "trunk-degraded"];
		const watched = ["edge-offline", ...trunks, "queue-overflow"];
		const own = ["credentials-failing", "detector-silent", "platform-unreachable"];
		expect(trunkConditions).toEqual(expect.arrayContaining(trunks));
		expect(watchedConditions.filter((name) => watched.includes(name))).toEqual(watched);
		expect(overseerConditions).toEqual(expect.arrayContaining(own));
		expect(conditions).toEqual([...watchedConditions, ...overseerConditions]);
	});

	test("the rungs of the remediation ladder, from the lowest", () => {
		expect(remediationModes).toEqual(["observe", "approve", "auto"]);
	});

	test("the reasons of a failure, each a metric's label", () => {
		expect(failureReasons.toSorted()).toEqual([
			"budget-spent",
			"circuit-open",
			"forbidden",
			"malformed",
			"misconfigured",
			"not-found",
			"rate-limited",
			"rejected",
			"timeout",
			"unauthorized",
			"unavailable",
			"unreachable",
		]);
	});
});

test("the stages stand in the order of the data path, each in a folder with its rules", () => {
	expect(Object.keys(stages)).toEqual(["detect", "normalize", "confirm", "deduplicate", "dispatch", "respond", "escalate", "resolve"]);
	for (const stage of Object.keys(stages)) {
		const rules = new URL(`../../../../functions/pipeline/${stage}/rules.ts`, import.meta.url);
		expect(existsSync(rules), stage).toBe(true);
	}
});
