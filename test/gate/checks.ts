import { Child } from "./child.ts";

/** What came of an npm script that ran beside the tests. */
export interface Check {
	readonly name: string;
	readonly passed: boolean;
	readonly seconds: number;
	/** All that it said, to be shown at once: two that speak at a time cannot be read. */
	readonly output: string;
}

export interface RunningCheck {
	readonly ended: Promise<Check>;
	readonly end: () => void;
}

/** Starts an npm script of package.json. */
export function startCheck(name: string): RunningCheck {
	const begun = performance.now();
	const child = new Child("npm", ["run", "-s", name]);
	const ended = child.ended.then(
		(status): Check => ({ name, passed: status === 0, output: child.output, seconds: (performance.now() - begun) / 1000 }),
	);
	return { ended, end: () => child.end() };
}

/** What is told of a check: one line, and below it what it said if it failed. */
export function logged({ name, passed, seconds, output }: Check): string {
	const line = `==> ${name}: ${passed ? "passed in" : "FAILED after"} ${Math.round(seconds)} s`;
	return passed || output.trim() === "" ? line : `${line}\n${output.trimEnd()}`;
}
