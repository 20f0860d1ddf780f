import { defineConfig } from "vitest/config";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		pool: "forks",
		maxWorkers: 2,
		// A worker loads each module once, not once a file: most of the time went into loading. No test may leave anything behind in a module.
		isolate: false,
		testTimeout: 60_000,
		hookTimeout: 60_000,
	},
});
