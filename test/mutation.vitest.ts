import { defineConfig } from "vitest/config";

/** The tests of what is mutated: the pipeline's rules and the expression language, without the slow stories around them. */
export default defineConfig({
	test: {
		include: ["test/functions/pipeline/**/*.test.ts", "test/architect/expressions/**/*.test.ts"],
		pool: "threads",
		maxWorkers: 1,
		testTimeout: 60_000,
	},
});
