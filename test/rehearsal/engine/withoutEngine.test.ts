import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, test } from "vitest";

const root = resolve(import.meta.dirname, "../../..");

test.each([
	["rehearsal/upLocal.ts", "not run: no pulumi on the PATH; install Pulumi 3.259 or later", 1],
	["test/engine/run.ts", "skipped: no pulumi on the PATH; install Pulumi 3.259 or later", 0],
])("without an engine %s says so in one line, with how to get it", (script, line, code) => {
	const env = { ...process.env, PATH: "/nowhere" };
	const { stdout, stderr, status } = spawnSync(process.execPath, ["--import", "./assert-node.mjs", script], {
		cwd: root,
		env,
		encoding: "utf8",
	});
	const said = `${stdout}${stderr}`.trimEnd();
	expect([said.startsWith(line), said.split("\n").length, status]).toEqual([true, 1, code]);
});
