import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { play } from "../rehearsal/play.ts";
import { terminalReport } from "../rehearsal/report.ts";
import { readScenario } from "../rehearsal/scenario.ts";
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
		for (const target of links) expect(() => readFileSync(new URL(target, root)), target).not.toThrow();
	});
});
