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

/** What npm does when it is told so; what is not named ends well. */
type Said = Readonly<
	Record<
		"npm test" | "npm run -s test:browser" | "npm run -s test:aws" | "npm run -s test:redis",
		{ readonly says: string; readonly status?: number }
	>
>;

const green: Said = {
	"npm test": { says: "12 passed, 0 failed" },
	"npm run -s test:browser": { says: "3 passed, 0 failed" },
	"npm run -s test:aws": { says: "2 passed, 0 failed" },
	"npm run -s test:redis": { says: "4 passed, 0 failed" },
};

it.each([
	{ name: "all passed", said: green, last: "21 passed, 0 failed", browser: "passed", aws: "passed", redis: "passed", status: 0 },
	{
		name: "no Chromium",
		said: { ...green, "npm run -s test:browser": { says: "skipped: no Chromium on the PATH" } },
		last: "18 passed, 0 failed",
		browser: "skipped",
		aws: "passed",
		redis: "passed",
		status: 0,
	},
	{
		name: "no Python",
		said: { ...green, "npm run -s test:aws": { says: "skipped: no Python 3.10 or later on the PATH" } },
		last: "19 passed, 0 failed",
		browser: "passed",
		aws: "skipped",
		redis: "passed",
		status: 0,
	},
	{
		name: "no Redis",
		said: { ...green, "npm run -s test:redis": { says: "skipped: no server on the PATH" } },
		last: "17 passed, 0 failed",
		browser: "passed",
		aws: "passed",
		redis: "skipped",
		status: 0,
	},
	{
		name: "the ledger in Redis breaks a promise",
		said: { ...green, "npm run -s test:redis": { says: "3 passed, 1 failed", status: 1 } },
		last: "20 passed, 1 failed",
		browser: "passed",
		aws: "passed",
		redis: "FAILED",
		status: 1,
	},
	{
		name: "moto refuses something",
		said: { ...green, "npm run -s test:aws": { says: "1 passed, 1 failed", status: 1 } },
		last: "20 passed, 1 failed",
		browser: "passed",
		aws: "FAILED",
		redis: "passed",
		status: 1,
	},
	{
		name: "a page is wrong",
		said: { ...green, "npm run -s test:browser": { says: "2 passed, 1 failed", status: 1 } },
		last: "20 passed, 1 failed",
		browser: "FAILED",
		aws: "passed",
		redis: "passed",
		status: 1,
	},
	{
		name: "the browser's tests broke",
		said: { ...green, "npm run -s test:browser": { says: "Error: no such file", status: 1 } },
		last: "18 passed, 1 failed",
		browser: "FAILED",
		aws: "passed",
		redis: "passed",
		status: 1,
	},
	{
		name: "the tests broke",
		said: { ...green, "npm test": { says: "Killed", status: 137 } },
		last: "9 passed, 1 failed",
		browser: "passed",
		aws: "passed",
		redis: "passed",
		status: 1,
	},
])("the gate's last line counts what ran, and only that: $name", ({ said, last, browser, aws, redis, status }) => {
	const { stdout, code } = gate(said);
	expect(stdout.trimEnd().split("\n").at(-1)).toBe(last);
	for (const [name, verdict] of Object.entries({ browser, aws, redis }))
		expect([name, new RegExp(`^==> ${name}: (passed|skipped|FAILED) `, "m").exec(stdout)?.[1]]).toEqual([name, verdict]);
	expect(code).toBe(status);
});

/** Runs the gate with an npm of ours, as somebody who may install nothing. */
function gate(said: Said): { readonly stdout: string; readonly code: number | null } {
	const programs = mkdtempSync(join(tmpdir(), "runbooks-gate-"));
	made.push(programs);
	const cases = Object.entries(said).map(([call, { says, status = 0 }]) => `"${call}") echo "${says}"; exit ${status} ;;`);
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
