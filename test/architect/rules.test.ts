import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, it } from "vitest";
import { rules } from "../../architect/rules.ts";
import { readTextFiles } from "../architecture/files.ts";

const root = resolve(import.meta.dirname, "../..");

it("every rule that is described is one that something in architect/ names, and is told in sentences", () => {
	const code = readTextFiles(root)
		.filter(({ path }) => path.startsWith("architect/") && path.endsWith(".ts") && path !== "architect/rules.ts")
		.map(({ text }) => text)
		.join("\n");
	expect(Object.keys(rules).filter((id) => !code.includes(`"${id}"`))).toEqual([]);
	for (const { expects, help } of Object.values(rules)) {
		expect(expects).toMatch(/^[A-Z].*\.$/);
		expect(help).toMatch(/^[A-Z].*\.$/);
	}
});

it("only the commands that exist are named in their help", () => {
	const tools = readFileSync(resolve(root, "commands/architectTools.ts"), "utf8");
	const named = Object.values(rules).flatMap(({ help }) => [...help.matchAll(/`(\w+) --[a-z]+`/g)].flatMap(([, tool]) => tool ?? []));
	expect(named).toEqual(["lint", "evaluate"]);
	expect(named.filter((tool) => !tools.includes(`["${tool}", `))).toEqual([]);
});
