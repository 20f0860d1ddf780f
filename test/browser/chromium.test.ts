import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findChromium } from "./chromium.ts";

let folder = "";
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "runbooks-path-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("a Chromium is found by its name wherever the search path leads", () => {
	mkdirSync(join(folder, "chromium"));
	mkdirSync(join(folder, "bin"));
	const installed = join(folder, "bin", "google-chrome");
	writeFileSync(installed, "", { mode: 0o755 });
	expect(findChromium([folder, join(folder, "bin")].join(delimiter))).toBe(installed);
});

it("a folder of that name is none, nor is a search path without any", () => {
	mkdirSync(join(folder, "chromium"));
	expect(findChromium(folder)).toBeUndefined();
	expect(findChromium("")).toBeUndefined();
});

it("the command says in one line that it was skipped and how to get a Chromium, and that is no failure", () => {
	const root = resolve(import.meta.dirname, "../..");
	const { stdout, status } = spawnSync(process.execPath, [join(root, "test/browser/run.ts")], {
		cwd: root,
		encoding: "utf8",
		env: { PATH: folder },
	});
	expect(stdout).toBe(
		'skipped: no Chromium on the PATH (chromium, chromium-browser, google-chrome); on Debian "apt-get install chromium" installs it\n',
	);
	expect(status).toBe(0);
});
