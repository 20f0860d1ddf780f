import { execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { play } from "../rehearsal/play.ts";
import { readScenario } from "../rehearsal/readScenario.ts";
import { terminalReport } from "../rehearsal/report.ts";
import { readStackFile } from "../rehearsal/stackFile.ts";

const root = new URL("../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");

describe("the README", () => {
	test("shows exactly what the command prints", async () => {
		const scenario = readScenario("trunk-outage");
		const { report } = await play({ scenario, file: readStackFile("dev"), seed: 1 });
		const shown = /<!-- rehearsal -->\n```text\n([\s\S]*?)\n```\n<!-- \/rehearsal -->/.exec(readme)?.[1];
		expect(shown).toBe(terminalReport(report, scenario.why));
	});

	test("names only scripts that exist, and files that exist", () => {
		const scripts = Object.keys(JSON.parse(readFileSync(new URL("package.json", root), "utf8")).scripts);
		const named = [...readme.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, script]) => script);
		expect(named.filter((script) => script !== undefined && !scripts.includes(script))).toEqual([]);
		const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].flatMap(([, target]) => target ?? []);
		const examples = [...readme.matchAll(/--(?:variables|input|world) (\S+)|lint:flow -- (\S+)/g)].flatMap(
			([, option, file]) => option ?? file ?? [],
		);
		expect(examples.length).toBeGreaterThanOrEqual(4);
		for (const target of [...links, ...examples]) expect(() => readFileSync(new URL(target, root)), target).not.toThrow();
	});
});

describe("the README's runbook of your own", () => {
	const section = /\n## Write your own runbook\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? "";
	const files = [...section.matchAll(/\n\*\*`([^`]+)`\*\*\n\n```\w+\n([\s\S]*?)```/g)].map(([, path = "", text = ""]) => ({ path, text }));
	const patch = /\n```diff\n([\s\S]*?)```/.exec(section)?.[1] ?? "";
	const copy = mkdtempSync(join(tmpdir(), "own-runbook-"));
	afterAll(() => rmSync(copy, { recursive: true }));

	test("followed literally, is rehearsed and passes", () => {
		expect(files.map(({ path }) => path)).toEqual([
			"runbooks/trunkPartlyDown.ts",
			"functions/pipeline/detect/partlyDown.ts",
			"rehearsal/scenarios/trunk-partly-down.yaml",
		]);
		const left = ["node_modules", ".git", "build", "reports", ".stryker-tmp"];
		cpSync(fileURLToPath(root), copy, { recursive: true, filter: (from) => !left.includes(basename(from)) });
		symlinkSync(fileURLToPath(new URL("node_modules", root)), join(copy, "node_modules"));
		for (const { path, text } of files) writeFileSync(join(copy, path), text, { flag: "wx" });
		execFileSync("git", ["apply", "-"], { cwd: copy, input: patch, env: { ...process.env, GIT_CEILING_DIRECTORIES: tmpdir() } });
		const printed = execFileSync(process.execPath, ["rehearsal/rehearse.ts", "trunk-partly-down"], { cwd: copy, encoding: "utf8" });
		const promised = [...section.matchAll(/`(PASSED[^`]+|incident-opened [^`]+|page-proven|incident-resolved [^`]+)`|\n(PASSED.*)\n/g)];
		expect(promised).toHaveLength(4);
		// The report aligns its words in columns.
		for (const [, quoted, block] of promised) expect(printed.replaceAll(/ +/g, " ")).toContain(quoted ?? block);
	});
});
