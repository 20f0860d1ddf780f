import { defineConfig } from "vitest/config";

/**
 * The tests of what is mutated: the pipeline's rules and the expression language, without the slow stories around them.
 * The totality properties reach almost every mutant of the expressions: seconds for each of some 4,000.
 */
export default defineConfig({
	test: {
		include: ["test/functions/pipeline/**/*.test.ts", "test/architect/expressions/**/*.test.ts"],
		exclude: ["test/architect/expressions/totality.test.ts"],
		pool: "threads",
		maxWorkers: 1,
		testTimeout: 60_000,
	},
});
