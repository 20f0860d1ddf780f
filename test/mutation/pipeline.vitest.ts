import { defineConfig } from "vitest/config";

/** The tests of the pipeline's rules and flows and of the conditions, without the slow stories around them. */
export default defineConfig({
	test: {
		include: ["test/functions/pipeline/**/*.test.ts", "test/conditions/**/*.test.ts"],
		exclude: ["test/conditions/conditions.test.ts"],
		pool: "threads",
		maxWorkers: 1,
		testTimeout: 60_000,
	},
});
