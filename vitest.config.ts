import { defineConfig } from "vitest/config";
import LongestFirst from "./test/gate/longestFirst.ts";

export default defineConfig({
	test: {
		include: ["test/**/*.test.ts"],
		pool: "forks",
		// Workers start like every other script: with what Node has compiled before.
		// What a story leaves behind dies young: with more room for it, a tenth of the time goes into something else than collecting it.
		execArgv: ["--import", new URL("assert-node.mjs", import.meta.url).href, "--max-semi-space-size=64"],
		// Node imports the sources as they are, as everywhere else: no transformation before each run.
		experimental: { viteModuleRunner: false },
		maxWorkers: 2,
		// A worker loads each module once, not once a file: most of the time went into loading. No test may leave anything behind in a module.
		isolate: false,
		sequence: { sequencer: LongestFirst },
		setupFiles: ["test/gate/seed.ts"],
		// What commands print is compared by whole lines; that they fit a terminal is a test of its own.
		env: { COLUMNS: "9999" },
		// They end what hangs, and nothing else: a machine may be as busy as it likes.
		testTimeout: 300_000,
		hookTimeout: 300_000,
	},
});
