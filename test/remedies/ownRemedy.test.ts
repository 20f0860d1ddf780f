import { spawnSync } from "node:child_process";
import { afterAll, expect, test } from "vitest";
import { Copy, readExample } from "../readmeExample.ts";

const example = readExample("Write your own remedy");
const copy = new Copy(example);
afterAll(() => copy.remove());

test("a remedy is one file and one line: followed literally, the page's story is rehearsed, and passes", () => {
	const story = "rehearsal/scenarios/carrier-fails-over.yaml";
	expect(example.files.map(({ path }) => path)).toEqual(["remedies/carrierFailover.ts", story]);
	const linesOf = (path: string): number => (example.files.find((file) => file.path === path)?.text.split("\n").length ?? 0) - 1;
	const own = "remedies/carrierFailover.ts";
	expect(copy.touched()).toEqual({ [story]: linesOf(story), [own]: linesOf(own), "remedies/index.ts": 1 });
	const [, promised = ""] = /# (PASSED: \d+ of \d+ expectations met)/.exec(example.section) ?? [];
	expect(promised).not.toBe("");
	expect(copy.run("rehearsal/rehearse.ts", "carrier-fails-over")).toContain(promised);
});

test("its settings are documented, refused where they are wrong, and need its secret", () => {
	copy.run("components/settings/writeReference.ts");
	expect(copy.read("docs/reference.md")).toContain("With kind `carrier-failover`: Which way calls take meanwhile.");
	const [, scenario = { path: "", text: "" }] = example.files;
	copy.write("wrong.yaml", scenario.text.replace("route: backup", "route: 7"));
	const { status, stderr } = spawnSync(process.execPath, ["rehearsal/rehearse.ts", "wrong.yaml"], { cwd: copy.folder, encoding: "utf8" });
	expect(status).toBe(2);
	expect(stderr).toContain("expected the name of a route (1 to 40 lower-case letters, digits and dashes), got 7");
	const logged = `
		import { requiredSecrets } from "./components/settings/secrets.ts";
		console.log(requiredSecrets([], [{ mode: "auto", remedy: { kind: "carrier-failover" } }]).map(({ key }) => key).join(" "));
	`;
	expect(copy.run("--input-type=module-typescript", "--eval", logged)).toContain("remedy-webhook-signingSecret");
});

test("it compiles beside the others", () => {
	expect(copy.compile(["remedies", "functions/pipeline", "functions/schemas", "components/remediator.ts"])).toBe("");
	expect(copy.run("node_modules/@biomejs/biome/bin/biome", "lint", "remedies")).toContain("No fixes applied");
});
