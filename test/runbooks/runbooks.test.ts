import { expect, it } from "vitest";
import { conditions, severities } from "../../functions/pipeline/incident.ts";
import { runbooks } from "../../runbooks/index.ts";

it("the set of runbooks is exactly this", () => {
	expect(runbooks.map(({ name }) => name)).toEqual(["trunk-down"]);
});

it.each(runbooks)("runbook $name says why, what it detects and what it tells, in sentences", (runbook) => {
	expect(conditions).toContain(runbook.name);
	expect(severities).toContain(runbook.severity);
	for (const text of [runbook.why, runbook.detects, runbook.tells]) expect(text).toMatch(/^[A-Z].{30,}\.$/);
});
