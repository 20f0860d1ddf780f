import { defineConfig } from "vitest/config";

/** The tests of the expression language. The totality properties reach almost every mutant: seconds for each of some 4,000. */
export default defineConfig({
	test: {
		include: ["test/architect/expressions/**/*.test.ts"],
		exclude: ["test/architect/expressions/totality.test.ts"],
		pool: "threads",
		maxWorkers: 1,
		testTimeout: 60_000,
	},
});
