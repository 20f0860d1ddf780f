import { expect, it } from "vitest";
import { type JsonReport, kindOf, type Run, redTests, runText, verdictText } from "./repetition.ts";

const run = (kind: Run["kind"], ...red: string[]): Run => ({ kind, passed: 10 - red.length, red, seconds: 61.4 });

it("runs alternate between an idle and a loaded machine, the idle one first", () => {
	expect([1, 2, 3, 4].map(kindOf)).toEqual(["idle", "loaded", "idle", "loaded"]);
});

it("a red test is named by its file and its name, and a file that could not be loaded by its own", () => {
	const report: JsonReport = {
		numPassedTests: 1,
		testResults: [
			{
				name: "/repository/test/a.test.ts",
				status: "failed",
				assertionResults: [
					{ fullName: "one holds", status: "passed" },
					{ fullName: "two holds", status: "failed" },
				],
			},
			{ name: "/repository/test/b.test.ts", status: "failed", assertionResults: [] },
			{ name: "/repository/test/c.test.ts", status: "passed", assertionResults: [] },
		],
	};
	expect(redTests(report, "/repository")).toEqual(["test/a.test.ts > two holds", "test/b.test.ts"]);
});

it("a run is one line, and one for each red test", () => {
	expect(runText(run("idle"), 1, 4)).toBe("run 1 of 4, idle: 10 passed, 0 failed in 61 s");
	expect(runText(run("loaded", "a", "b"), 2, 4)).toBe("run 2 of 4, loaded: 8 passed, 2 failed in 61 s\n  a\n  b");
});

it("the verdict tells each red test with its runs of each kind, the most frequent first", () => {
	const runs = [run("idle", "b"), run("loaded"), run("idle", "a", "b"), run("loaded", "b")];
	expect(verdictText(runs)).toBe("4 runs, 3 red\n  red in 2 of 2 idle, 1 of 2 loaded: b\n  red in 1 of 2 idle, 0 of 2 loaded: a");
	expect(verdictText([run("idle")])).toBe("1 run, 0 red");
});
