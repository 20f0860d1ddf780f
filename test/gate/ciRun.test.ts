import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterEach, expect, it } from "vitest";

const script = resolve(import.meta.dirname, "../../.ci/run");
const made: string[] = [];

afterEach(() => {
	for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** The steps that run a suite, each with the call of npm that does it. */
const calls = {
	test: "npm test",
	browser: "npm run -s test:browser",
	aws: "npm run -s test:aws",
	redis: "npm run -s test:redis",
	engine: "npm run -s test:engine",
} as const;
type Step = keyof typeof calls;
type Answer = { readonly says: string; readonly status?: number };

/** What npm does when it is told so; what is not named ends well. */
type Said = Readonly<Record<Step, Answer>>;

const green: Said = {
	test: { says: "12 passed, 0 failed" },
	browser: { says: "3 passed, 0 failed" },
	aws: { says: "2 passed, 0 failed" },
	redis: { says: "4 passed, 0 failed" },
	engine: { says: "5 passed, 0 failed" },
};

/** One step that is not green, and what the gate then says of it and of all. */
const others: readonly {
	readonly name: string;
	readonly step: Step;
	readonly answer: Answer;
	readonly is: string;
	readonly last: string;
}[] = [
	{
		name: "no Chromium",
		step: "browser",
		answer: { says: "skipped: no Chromium on the PATH" },
		is: "skipped",
		last: "23 passed, 0 failed",
	},
	{ name: "no Python", step: "aws", answer: { says: "skipped: no Python on the PATH" }, is: "skipped", last: "24 passed, 0 failed" },
	{ name: "no Redis", step: "redis", answer: { says: "skipped: no server on the PATH" }, is: "skipped", last: "22 passed, 0 failed" },
	{ name: "no engine", step: "engine", answer: { says: "skipped: no pulumi on the PATH" }, is: "skipped", last: "21 passed, 0 failed" },
	{
		name: "a page is wrong",
		step: "browser",
		answer: { says: "2 passed, 1 failed", status: 1 },
		is: "FAILED",
		last: "25 passed, 1 failed",
	},
	{
		name: "moto refuses something",
		step: "aws",
		answer: { says: "1 passed, 1 failed", status: 1 },
		is: "FAILED",
		last: "25 passed, 1 failed",
	},
	{
		name: "a promise is broken",
		step: "redis",
		answer: { says: "3 passed, 1 failed", status: 1 },
		is: "FAILED",
		last: "25 passed, 1 failed",
	},
	{
		name: "the engine's tests broke",
		step: "engine",
		answer: { says: "Error: no file", status: 1 },
		is: "FAILED",
		last: "21 passed, 1 failed",
	},
	{
		name: "the browser's tests broke",
		step: "browser",
		answer: { says: "Error: no file", status: 1 },
		is: "FAILED",
		last: "23 passed, 1 failed",
	},
	{ name: "the tests broke", step: "test", answer: { says: "Killed", status: 137 }, is: "FAILED", last: "14 passed, 1 failed" },
];

const verdictOf = (stdout: string, step: Step): string | undefined =>
	new RegExp(`^==> ${step}: (passed|skipped|FAILED) `, "m").exec(stdout)?.[1];

it("the gate's last line counts all that ran", () => {
	const { stdout, code } = gate(green);
	expect(stdout.trimEnd().split("\n").at(-1)).toBe("26 passed, 0 failed");
	expect(code).toBe(0);
});

it.each(others)("the gate's last line counts what ran, and only that: $name", ({ step, answer, is, last }) => {
	const { stdout, code } = gate({ ...green, [step]: answer });
	expect(stdout.trimEnd().split("\n").at(-1)).toBe(last);
	for (const each of Object.keys(calls) as Step[]) expect([each, verdictOf(stdout, each)]).toEqual([each, each === step ? is : "passed"]);
	expect(code).toBe(is === "FAILED" ? 1 : 0);
});

/** Runs the gate with an npm of ours, as somebody who may install nothing. */
function gate(said: Said): { readonly stdout: string; readonly code: number | null } {
	const programs = mkdtempSync(join(tmpdir(), "runbooks-gate-"));
	made.push(programs);
	const cases = Object.entries(said).map(([step, { says, status = 0 }]) => `"${calls[step as Step]}") echo "${says}"; exit ${status} ;;`);
	program(programs, "npm", `case "npm $*" in ${cases.join(" ")} esac`);
	program(programs, "id", "echo 1000");
	symlinkSync(process.execPath, join(programs, "node"));
	const env = { ...process.env, PATH: [programs, process.env.PATH].join(delimiter) };
	const { stdout, status } = spawnSync("bash", [script], { encoding: "utf8", env });
	return { stdout, code: status };
}

function program(folder: string, name: string, body: string): void {
	writeFileSync(join(folder, name), `#!/usr/bin/env bash\n${body}\n`, { mode: 0o755 });
}
