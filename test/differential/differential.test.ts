import fc from "fast-check";
import { expect, test } from "vitest";
import { requiredSecrets } from "../../components/settings/secrets.ts";
import { readSettings } from "../../components/settings/settings.ts";
import { credentialsOf } from "../../vendors/credentials.ts";
import { stackOf } from "../components/stacks.ts";
import { runs, seed } from "./everyRun.ts";
import { policies } from "./generators.ts";
import { search } from "./search.ts";

/** Cases whose stories part before their ends, because the world answered the two executors differently: an eighth, give or take what a thousand cases vary. */
const largestShareOfPartings = 0.14;

test("the compiled workflow and the overseer carry out one policy: same people, same channels, same outcome, each step on time", {
	timeout: 600_000,
}, async () => {
	const { counterexample, partings, ends, common, ...found } = await search({ runs, seed });
	expect(counterexample ?? "no difference").toBe("no difference");
	expect(found.runs).toBe(runs);
	const parted = Object.values(partings).reduce((sum, count) => sum + count, 0);
	expect(parted / runs).toBeLessThan(largestShareOfPartings);
	// What is compared is neither short nor one-sided.
	expect(common / runs).toBeGreaterThan(6);
	for (const end of ["acknowledged", "exhausted", "recovered"]) expect(ends[end] ?? 0).toBeGreaterThan(runs * 0.04);
});

test("the generated policies are settings that a stack may have", () => {
	const { config, secretKeys } = stackOf("dev");
	fc.assert(
		fc.property(policies, (policy) => {
			const channels = policy.tiers.flatMap((tier) => tier.channels);
			const secrets = requiredSecrets(policy.tiers).map(({ key }) => key);
			const added = Object.fromEntries(secrets.map((name) => [name, "PLANTED"]));
			const all: Readonly<Record<string, unknown>> = {
				...config,
				...added,
				policies: { default: policy },
				routes: [{ policy: "default", mayShare: credentialsOf(channels).map(({ credential }) => credential) }],
			};
			const secret = new Set([...secretKeys, ...secrets]);
			const of = readSettings({ stack: "dev", keys: Object.keys(all), get: (key) => all[key], isSecret: (key) => secret.has(key) });
			expect(of.runtime.policies).toEqual({ default: policy });
		}),
		{ numRuns: 200, seed },
	);
});
