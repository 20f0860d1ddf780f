import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { fitted } from "../commands/terminal.ts";
import { play } from "../rehearsal/play.ts";
import { furtherOf, terminalReport } from "../rehearsal/report/report.ts";
import { readScenario } from "../rehearsal/scenario/read.ts";
import { readStackFile } from "../rehearsal/scenario/stackFile.ts";
import { Copy, readExample } from "./readmeExample.ts";

const root = new URL("../", import.meta.url);
const readme = readFileSync(new URL("README.md", root), "utf8");

describe("the README", () => {
	test("shows exactly what the command prints", async () => {
		const scenario = readScenario("trunk-outage");
		const { report } = await play({ scenario, file: readStackFile("dev"), seed: 1 });
		const shown = /<!-- rehearsal -->\n```text\n([\s\S]*?)\n```\n<!-- \/rehearsal -->/.exec(readme)?.[1];
		expect(shown).toBe(fitted(terminalReport(report, scenario.why), furtherOf, 80));
	});

	test("names only scripts that exist, and files that exist", () => {
		const scripts = Object.keys(JSON.parse(readFileSync(new URL("package.json", root), "utf8")).scripts);
		const named = [...readme.matchAll(/npm run (?:-s )?([a-z:]+)/g)].map(([, script]) => script);
		expect(named.filter((script) => script !== undefined && !scripts.includes(script))).toEqual([]);
		const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].flatMap(([, target]) => target ?? []);
		const examples = [
			...readme.matchAll(/--(?:variables|input|input-file|response|world) (\S+)|(?:lint:flow|lint:action|try:action) -- (\S+)/g),
		].flatMap(([, option, file]) => option ?? file ?? []);
		expect(examples.length).toBeGreaterThanOrEqual(4);
		for (const target of [...links, ...examples]) expect(() => readFileSync(new URL(target, root)), target).not.toThrow();
	});
});

describe("the runbook of your own in docs/extending.md", () => {
	const example = readExample("Write your own runbook");
	const { section, files } = example;
	const copy = new Copy(example);
	afterAll(() => copy.remove());

	test("is one file and one line, with a scenario: followed literally, it is rehearsed and passes", () => {
		expect(files.map(({ path }) => path)).toEqual(["conditions/trunkPartlyDown.ts", "rehearsal/scenarios/trunk-partly-down.yaml"]);
		expect(example.lines).toEqual([{ path: "conditions/index.ts", line: expect.stringMatching(/^[^\n]+\n$/) }]);
		const { run } = copy;
		const printed = run("rehearsal/rehearse.ts", "trunk-partly-down");
		const promised = [...section.matchAll(/`(PASSED[^`]+|incident-opened [^`]+|page-proven|incident-resolved [^`]+)`|\n(PASSED.*)\n/g)];
		expect(promised).toHaveLength(4);
		// The report aligns its words in columns.
		for (const [, quoted, block] of promised) expect(printed.replaceAll(/ +/g, " ")).toContain(quoted ?? block);
		expect(run("commands/writeTable.ts")).toBe("");
		expect(copy.read("README.md")).toMatch(/\n\| `trunk-partly-down` \| medium \| /);
		expect(copy.compile(["conditions", "functions/pipeline", "functions/schemas", "components/settings"])).toBe("");
		expect(run("node_modules/@biomejs/biome/bin/biome", "lint", "conditions")).toContain("No fixes applied");
	});

	const edit = (path: string, from: string, to: string): void => {
		const text = copy.read(path);
		expect(text.split(from)).toHaveLength(2);
		copy.write(
			path,
			text.replace(from, () => to),
		);
	};
	const rehearse = (name: string) => spawnSync(process.execPath, ["rehearsal/rehearse.ts", name], { cwd: copy.folder, encoding: "utf8" });

	test("fails with the mistake that the page proposes", () => {
		const [, right = "", wrong = "", line = "", says = ""] =
			/write `(!==)` for `(===)` in `([^`]+)`, and it prints `([^`]+)`/.exec(section) ?? [];
		const [file = { path: "" }] = files;
		edit(file.path, line, line.replace(wrong, right));
		const { stdout, status } = rehearse("trunk-partly-down");
		edit(file.path, line.replace(wrong, right), line);
		expect({ status, fails: stdout.includes(says) && says.startsWith("FAILED") }).toEqual({ status: 1, fails: true });
	});

	test("switched on in a stack, breaks the promise that the page names, and the page's lines mend it", () => {
		const blocks = [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
		const enables = blocks.find((block) => block.startsWith("    trunk-partly-down:")) ?? "";
		const mends = blocks.find((block) => block.startsWith("settings:")) ?? "";
		const [, story = ""] = /One of them fails, as it should: `([^`]+)`/.exec(section) ?? [];
		edit("Pulumi.dev.yaml", "  genesyscloud-runbooks:runbooks:\n", `  genesyscloud-runbooks:runbooks:\n${enables}`);
		expect(rehearse(story).status).toBe(1);
		edit(`rehearsal/scenarios/${story}.yaml`, "\nhappens:", `\n${mends}happens:`);
		expect(rehearse(story).status).toBe(0);
	});
});
