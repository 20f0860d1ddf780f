import { describe, expect, test } from "vitest";
import type { EscalationPolicy } from "../../functions/pipeline/settings.ts";
import { seed } from "./everyRun.ts";
import type { Planted } from "./stories.ts";
import { searchTroubled } from "./troubledSearch.ts";

const runs = 500;

test("with time-outs, lost answers and deaths, workflow and overseer come to the verdict of the policy", { timeout: 600_000 }, async () => {
	const { counterexample, ends, met } = await searchTroubled(runs, seed);
	expect(counterexample ?? "no difference").toBe("no difference");
	for (const end of ["acknowledged", "exhausted"]) expect(ends[end]).toBeGreaterThan(runs / 10);
	for (const times of Object.values(met)) expect(times).toBeGreaterThan(runs / 5);
});

const oneAttempt = <T extends Pick<EscalationPolicy, "attemptsPerChannel" | "waitsSeconds">>(policy: T): T => ({
	...policy,
	attemptsPerChannel: 1,
	waitsSeconds: [],
});

const plants: Readonly<Record<string, Planted>> = {
	"a workflow that tries once": { plan: oneAttempt },
	"an overseer that tries once": { policy: oneAttempt },
	"an overseer that does not hear an answer": {
		reading: (reading) => (reading.state === "acknowledged" ? { ...reading, state: "delivered" } : reading),
	},
	"an overseer that comes to an incident once": {
		ledger: (ledger) => ({
			...ledger,
			write: (name, value, version, options) => ledger.write(name, value, version, { ...options, dueAt: Number.MAX_SAFE_INTEGER }),
		}),
	},
};

describe("planted", () => {
	test.each(Object.entries(plants))("%s is found", { timeout: 600_000 }, async (_, planted) => {
		const { counterexample = "" } = await searchTroubled(runs, seed, planted);
		expect(counterexample).toMatch(/^seed \d+: the (workflow|overseer): expected \{"end":/);
	});
});
