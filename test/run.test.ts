import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "..");
const started: string[] = [];

afterEach(() => {
	for (const folder of started.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const passing = 'import { it } from "vitest"; it("a", () => {}); it("b", () => {});';
const failing = 'import { it } from "vitest"; it("a", () => {}); it("b", () => { throw new Error("no"); });';
const unloadable = 'import "./missing.ts"; import { it } from "vitest"; it("never seen", () => {});';
const unhandled = 'import { it } from "vitest"; it("a", () => { Promise.reject(new Error("nobody waits")); });';

it.each([
	{ name: "only passes", files: { "a.test.ts": passing }, line: "2 passed, 0 failed", status: 0 },
	{ name: "no tests at all", files: {}, line: "0 passed, 0 failed", status: 1 },
	{
		name: "a failed test, a file that cannot be loaded and an error outside of a test",
		files: { "a.test.ts": passing, "b.test.ts": failing, "c.test.ts": unloadable, "d.test.ts": unhandled },
		line: "4 passed, 3 failed",
		status: 1,
	},
])("ends with the counts and tells them by its status: $name", ({ files, line, status }) => {
	const result = run(files, []);
	expect(result.stdout.trimEnd().split("\n").at(-1)).toBe(line);
	expect(result.status).toBe(status);
});

it("takes filters and options as vitest does, and ends with the counts whatever reporter was asked for", () => {
	const result = run({ "a.test.ts": passing, "b.test.ts": failing }, ["a.test", "--reporter=json"]);
	expect(result.stdout).toContain('"numTotalTests":2');
	expect(result.stdout.trimEnd().split("\n").at(-1)).toBe("2 passed, 0 failed");
});

function run(files: Readonly<Record<string, string>>, filters: readonly string[]) {
	const world = mkdtempSync(join(tmpdir(), "runbooks-run-"));
	started.push(world);
	mkdirSync(join(world, "test"));
	symlinkSync(join(root, "node_modules"), join(world, "node_modules"), "junction");
	for (const [name, text] of Object.entries(files)) writeFileSync(join(world, "test", name), text);
	// The outer run's marks would make the inner one believe that it is a worker.
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_OPTIONS)/.test(name)));
	return spawnSync(process.execPath, [join(root, "test/run.ts"), ...filters], { cwd: world, encoding: "utf8", env });
}
