import { counted } from "../../architect/names.ts";

/** What the machine does beside the tests. */
export type Kind = "idle" | "loaded";

/** One run of the suite. */
export interface Run {
	readonly kind: Kind;
	readonly passed: number;
	/** The names of the tests that failed. */
	readonly red: readonly string[];
	readonly seconds: number;
}

/** Runs alternate, so that each kind sees the same weather. */
export const kindOf = (run: number): Kind => (run % 2 === 1 ? "idle" : "loaded");

/** The part of vitest's JSON report that is read. */
export interface JsonReport {
	readonly numPassedTests: number;
	readonly testResults: readonly {
		readonly name: string;
		readonly status: string;
		readonly assertionResults: readonly { readonly fullName: string; readonly status: string }[];
	}[];
}

/** The tests that failed, by file and name; a file that could not be loaded by its own. `root` is left out of the names. */
export function redTests({ testResults }: JsonReport, root: string): readonly string[] {
	return testResults.flatMap(({ name, status, assertionResults }) => {
		const file = name.startsWith(root) ? name.slice(root.length).replace(/^[\\/]/, "") : name;
		const failed = assertionResults.filter((test) => test.status === "failed").map((test) => `${file} > ${test.fullName}`);
		return failed.length === 0 && status === "failed" ? [file] : failed;
	});
}

/** What stands for a run that failed although no test did. */
export const outsideOfTests = "outside of any test";

/** One line about a run, and one for each red test. */
export function runText(run: Run, number: number, runs: number): string {
	const { kind, passed, red, seconds } = run;
	const line = `run ${number} of ${runs}, ${kind}: ${passed} passed, ${red.length} failed in ${Math.round(seconds)} s`;
	return [line, ...red.map((name) => `  ${name}`)].join("\n");
}

/** Which tests were red, in how many runs of which kind; the most frequent first. */
export function verdictText(runs: readonly Run[]): string {
	const names = [...new Set(runs.flatMap(({ red }) => red))];
	if (names.length === 0) return `${counted(runs.length, "run")}, 0 red`;
	const redIn = (name: string, kind?: Kind): number =>
		runs.filter((run) => (kind === undefined || run.kind === kind) && run.red.includes(name)).length;
	const lines = names
		.toSorted((one, other) => redIn(other) - redIn(one) || (one < other ? -1 : 1))
		.map((name) => {
			const parts = (["idle", "loaded"] as const).map(
				(kind) => `${redIn(name, kind)} of ${runs.filter((run) => run.kind === kind).length} ${kind}`,
			);
			return `  red in ${parts.join(", ")}: ${name}`;
		});
	return [`${counted(runs.length, "run")}, ${runs.filter(({ red }) => red.length > 0).length} red`, ...lines].join("\n");
}
