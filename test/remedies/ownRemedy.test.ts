import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { followed } from "../followed.ts";

const { section, files, list, line, copy } = followed("Write your own remedy");
const run = (...command: readonly string[]) => execFileSync(process.execPath, [...command], { cwd: copy, encoding: "utf8" });

test("a remedy is one file and one line: followed literally, the page's story is rehearsed, and passes", () => {
	expect(files.map(({ path }) => path)).toEqual(["remedies/carrierFailover.ts", "rehearsal/scenarios/carrier-fails-over.yaml"]);
	expect(list).toBe("remedies/index.ts");
	expect(line).toMatch(/^[^\n]+\n$/);
	const [, promised = ""] = /# (PASSED: \d+ of \d+ expectations met)/.exec(section) ?? [];
	expect(promised).not.toBe("");
	expect(run("rehearsal/rehearse.ts", "carrier-fails-over")).toContain(promised);
});

test("its settings are documented, refused where they are wrong, and need its secret", () => {
	run("components/settings/writeReference.ts");
	expect(readFileSync(join(copy, "docs/reference.md"), "utf8")).toContain("With kind `carrier-failover`: Which way calls take meanwhile.");
	const [, scenario = { path: "", text: "" }] = files;
	writeFileSync(join(copy, "wrong.yaml"), scenario.text.replace("route: backup", "route: 7"));
	const { status, stderr } = spawnSync(process.execPath, ["rehearsal/rehearse.ts", "wrong.yaml"], { cwd: copy, encoding: "utf8" });
	expect(status).toBe(2);
	expect(stderr).toContain("expected the name of a route (1 to 40 lower-case letters, digits and dashes), got 7");
	const told = `
		import { requiredSecrets } from "./components/settings/secrets.ts";
		console.log(requiredSecrets([], [{ mode: "auto", remedy: { kind: "carrier-failover" } }]).map(({ key }) => key).join(" "));
	`;
	expect(run("--input-type=module-typescript", "--eval", told)).toContain("remedy-webhook-signingSecret");
});

test("it compiles beside the others", () => {
	const checked = {
		extends: "./tsconfig.json",
		include: ["remedies", "functions/pipeline", "functions/schemas", "components/remediator.ts"],
	};
	writeFileSync(join(copy, "checked.json"), JSON.stringify(checked));
	expect(run("node_modules/typescript/bin/tsc", "--noEmit", "-p", "checked.json")).toBe("");
	expect(run("node_modules/@biomejs/biome/bin/biome", "lint", "remedies")).toContain("No fixes applied");
});
