import { expect, it } from "vitest";
import type { Fields } from "../../conditions/fields.ts";
import { conditionsOf, overseerRunbooks, runbooks, watchedRunbook, watchedRunbooks } from "../../conditions/runbooks.ts";
import { selfCheck, selfReading } from "../../functions/pipeline/detect/health.ts";
import { sources } from "../../functions/pipeline/detect/sources.ts";
import { severities } from "../../functions/pipeline/model/words.ts";

it("the runbooks that are shipped are these, and as urgent", () => {
	expect(runbooks.map(({ name, severity }) => `${name} ${severity}`)).toEqual(
		expect.arrayContaining([
			"edge-offline high",
			"trunk-down high",
			"trunk-degraded medium",
			"queue-overflow medium",
			"platform-unreachable critical",
			"credentials-failing critical",
			"detector-silent critical",
		]),
	);
});

it("they stand from the top of the topology down, whatever their order in the list; the overseer's own come last, by name", () => {
	const shipped = [
		"edge-offline",
		"trunk-down",
		"trunk-degraded",
		"queue-overflow",
		"credentials-failing",
		"detector-silent",
		"platform-unreachable",
	];
	expect(runbooks.map(({ name }) => String(name)).filter((name) => shipped.includes(name))).toEqual(shipped);
	expect(sources.flatMap(conditionsOf)).toEqual(watchedRunbooks.map(({ name }) => name));
});

it.each(watchedRunbooks)("what explains $name is in the list, and is looked for before it", ({ name, explainedBy }) => {
	const order: readonly string[] = watchedRunbooks.map((runbook) => runbook.name);
	for (const { by, reason } of explainedBy) {
		expect(watchedRunbook(by)?.name).toBe(by);
		expect(order.indexOf(by)).toBeLessThan(order.indexOf(name));
		expect(reason).toMatch(/^[a-z]+(-[a-z]+)*$/);
	}
});

it("the overseer's own incidents have the severity and the entity that their runbooks say", () => {
	const health = { firstSeenAt: 0, failures: 0 };
	const limits = { detectorSilentSeconds: 300, failedPollsToOpen: 3 };
	const logged = selfCheck(health, limits, 0).map((check) => selfReading(check, health, 0));
	expect(logged).toHaveLength(3);
	for (const { condition, severity, entity } of logged)
		expect(overseerRunbooks.find(({ name }) => name === condition)).toMatchObject({ severity, entity });
});

it.each(runbooks)("runbook $name says why, what it detects and what it tells, in sentences", (runbook) => {
	expect(severities).toContain(runbook.severity);
	for (const text of [runbook.why, runbook.detects, runbook.tells]) expect(text).toMatch(/^[A-Z].{30,}\.$/);
});

it.each(watchedRunbooks)("the settings of $name say what they are, and their defaults are within bounds", ({ settings }) => {
	const fields: Fields = settings;
	for (const field of Object.values(fields)) {
		expect(field.about).toMatch(/^[A-Z].{20,}\.$/);
		if (field.kind === "whole") expect(field.default).toSatisfy((value: number) => value >= field.from && value <= field.to);
		if (field.kind === "share") expect(field.default).toSatisfy((value: number) => value > 0 && value <= 1);
		if (field.kind === "list") expect(field.expected).toContain(`${field.most} ${field.entry}`);
	}
});
