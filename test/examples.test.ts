import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import * as z from "zod";
import manifest from "../architect/package.json" with { type: "json" };

const root = fileURLToPath(new URL("../", import.meta.url));
const steps = z
	.object({
		jobs: z.object({ lint: z.object({ steps: z.array(z.looseObject({ run: z.string().optional(), if: z.string().optional() })) }) }),
	})
	.parse(parse(readFileSync(join(root, "examples/ci/architect-lint.yml"), "utf8"))).jobs.lint.steps;
const script = steps.find(({ run }) => run !== undefined)?.run ?? "";

const folder = mkdtempSync(join(tmpdir(), "architect-lint-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A repository with these flows, and an npx that takes the package from here. */
function repository(name: string, flows: Readonly<Record<string, string>>): string {
	const place = join(folder, name);
	mkdirSync(join(place, "flows"), { recursive: true });
	mkdirSync(join(place, "bin"));
	const npx = join(place, "bin", "npx");
	writeFileSync(npx, `#!/bin/sh\nshift 2\nexec "${process.execPath}" "${join(root, "commands/genesysArchitect.ts")}" "$@"\n`);
	chmodSync(npx, 0o755);
	for (const [flow, from] of Object.entries(flows)) copyFileSync(join(root, from), join(place, "flows", flow));
	return place;
}

function run(place: string) {
	const { status, stderr } = spawnSync("sh", ["-e", "-c", script], {
		cwd: place,
		encoding: "utf8",
		env: { ...process.env, PATH: `${join(place, "bin")}${delimiter}${process.env.PATH ?? ""}` },
	});
	return { status, stderr, sarif: JSON.parse(readFileSync(join(place, "flows.sarif"), "utf8")) };
}

describe("the workflow for a repository of flows", () => {
	test("names the package as it is", () => {
		expect(script).toContain(`npx --yes ${manifest.name}@${manifest.version} lint`);
	});

	test("lints the flows, and leaves findings for code scanning", () => {
		const { status, stderr, sarif } = run(repository("right", { "queue.yaml": "examples/flows/callback-queue.yaml" }));
		expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
		expect(sarif.runs[0].results.filter(({ level }: { level: string }) => level === "error")).toEqual([]);
	});

	test("fails at an error, with the findings written", () => {
		const place = repository("wrong", { "queue.yaml": "examples/flows/callback-queue.yaml" });
		const flow = join(place, "flows/queue.yaml");
		writeFileSync(flow, readFileSync(flow, "utf8").replace(/- updateData:/, "- upateData:"));
		const { status, sarif } = run(place);
		expect(status).toBe(1);
		expect(sarif.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("flows/queue.yaml");
		expect(steps.at(-1)?.if).toBe("always()");
	});
});
