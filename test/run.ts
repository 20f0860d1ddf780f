import "../assert-node.mjs";
import { parseCLI, type Reporter, startVitest, type TestModule } from "vitest/node";

interface Counts {
	passed: number;
	failed: number;
}

// A whole file that could not be loaded, and an error outside of any test, are failures as well: each counts as one.
function counter(counts: Counts): Reporter {
	return {
		onTestRunEnd(modules, unhandledErrors) {
			const tests = modules.map(countsOf);
			counts.passed = tests.reduce((sum, { passed }) => sum + passed, 0);
			counts.failed = tests.reduce((sum, { failed }) => sum + failed, unhandledErrors.length);
		},
	};
}

function countsOf(module: TestModule): Counts {
	const states = [...module.children.allTests()].map((test) => test.result().state);
	const passed = states.filter((state) => state === "passed").length;
	const failed = states.filter((state) => state === "failed").length;
	return { passed, failed: failed === 0 && module.state() === "failed" ? 1 : failed };
}

const counts: Counts = { passed: 0, failed: 0 };
const { filter, options } = parseCLI(["vitest", "run", ...process.argv.slice(2)]);
const shown = options.reporters ?? ["default"];
const reporters = [...(Array.isArray(shown) ? shown : [shown]), counter(counts)];
await startVitest("test", filter, { ...options, reporters, run: true, watch: false });
if (counts.failed > 0 || counts.passed === 0) process.exitCode = 1;
console.log(`${counts.passed} passed, ${counts.failed} failed`);
