import { type ChildProcess, spawn } from "node:child_process";

/** An npm script that runs beside the tests, and what came of it. */
export interface Check {
	readonly name: string;
	readonly passed: boolean;
	readonly seconds: number;
	/** All that it said, to be shown at once: two that speak at a time cannot be read. */
	readonly output: string;
}

export interface RunningCheck {
	readonly ended: Promise<Check>;
	readonly stop: () => void;
}

/** Starts an npm script of package.json. */
export function startCheck(name: string): RunningCheck {
	const begun = performance.now();
	const child = spawn("npm", ["run", "-s", name], { stdio: ["ignore", "pipe", "pipe"], shell: process.platform === "win32" });
	const ended = outcomeOf(child).then(
		({ passed, output }): Check => ({ name, passed, output, seconds: (performance.now() - begun) / 1000 }),
	);
	return { ended, stop: () => child.kill() };
}

function outcomeOf(child: ChildProcess): Promise<Pick<Check, "passed" | "output">> {
	const said: string[] = [];
	for (const stream of [child.stdout, child.stderr]) {
		stream?.setEncoding("utf8");
		stream?.on("data", (text: string) => said.push(text));
	}
	return new Promise((resolve) => {
		child.on("error", (error) => resolve({ passed: false, output: error.message }));
		child.on("close", (code) => resolve({ passed: code === 0, output: said.join("") }));
	});
}

/** What is told of a check: one line, and below it what it said if it failed. */
export function told({ name, passed, seconds, output }: Check): string {
	const line = `==> ${name}: ${passed ? "passed" : "FAILED"} in ${Math.round(seconds)} s`;
	return passed || output.trim() === "" ? line : `${line}\n${output.trimEnd()}`;
}
