import { type CliOptions, parseCLI, type Reporter, startVitest, type TestModule } from "vitest/node";

export interface Counts {
	readonly passed: number;
	readonly failed: number;
}

/** `--reporter` is not in vitest's type of its own options, and would go before `reporters`. */
interface Parsed {
	readonly filter: string[];
	readonly options: CliOptions & { readonly reporter?: readonly string[] };
}

/** Runs the suite, or the part that vitest's own arguments choose, and counts. */
export async function runSuite(args: readonly string[]): Promise<Counts> {
	let counts: Counts = { passed: 0, failed: 0 };
	const counter: Reporter = {
		onTestRunEnd(modules, unhandledErrors) {
			counts = countsOf(modules, unhandledErrors.length);
		},
	};
	const { filter, options }: Parsed = parseCLI(["vitest", "run", ...args]);
	const { reporter: shown = ["default"], ...others } = options;
	await startVitest("test", filter, { ...others, reporters: [...shown, counter], run: true, watch: false });
	return counts;
}

/** Tests that never ran did not pass. */
export const isGreen = ({ passed, failed }: Counts): boolean => failed === 0 && passed > 0;

/** The last line of a run: `.ci/run` looks for it. */
export const closingLine = ({ passed, failed }: Counts): string => `${passed} passed, ${failed} failed`;

/** A whole file that could not be loaded, and an error outside of any test, are failures as well: each counts as one. */
function countsOf(modules: readonly TestModule[], unhandledErrors: number): Counts {
	const tests = modules.map(countsOfModule);
	return {
		passed: tests.reduce((sum, { passed }) => sum + passed, 0),
		failed: tests.reduce((sum, { failed }) => sum + failed, unhandledErrors),
	};
}

function countsOfModule(module: TestModule): Counts {
	const states = [...module.children.allTests()].map((test) => test.result().state);
	const passed = states.filter((state) => state === "passed").length;
	const failed = states.filter((state) => state === "failed").length;
	return { passed, failed: failed === 0 && module.state() === "failed" ? 1 : failed };
}
