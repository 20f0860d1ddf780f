import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { breakages, clean, component, file, guards, lines } from "./architecture/breakages.ts";
import { readTextFiles, type Violation } from "./architecture/files.ts";
import { reachViolations } from "./architecture/reach.ts";
import { typeViolations } from "./architecture/types.ts";
import { pureFolders } from "./architecture/walls.ts";

const root = resolve(import.meta.dirname, "..");

describe("this repository", () => {
	const files = readTextFiles(root);

	it("is seen by the guards: the pure folders, the manifest and these tests are among the files", () => {
		const paths = files.map(({ path }) => path);
		const known = [
			"architect/model.ts",
			"conditions/index.ts",
			"functions/pipeline/run.ts",
			"package.json",
			"package-lock.json",
			"test/run.ts",
		];
		expect(known.filter((path) => !paths.includes(path))).toEqual([]);
		expect(paths.filter((path) => /^(?:node_modules|build)\//.test(path))).toEqual([]);
	});

	it.each(Object.entries(guards))("keeps the rule: %s", (_name, guard) => {
		expect(guard(files).map(logged)).toEqual([]);
	});

	it.each(pureFolders)("bundles $folder without anything from outside", async ({ folder, beside, packages }) => {
		const entries = files.map(({ path }) => path).filter((path) => path.startsWith(`${folder}/`) && path.endsWith(".ts"));
		expect(await reachViolations(root, [`${folder}/`, ...beside], entries, packages)).toEqual([]);
	});
});

describe("the guards, tried on a deliberate breakage", () => {
	it.each(Object.entries(guards))("%s: nothing to say of a clean repository", (_name, guard) => {
		expect(guard(clean).map(logged)).toEqual([]);
	});

	it.each(breakages)("$breakage → $caughtBy", ({ path, text, caughtBy, line }) => {
		const broken = [...clean.filter((file) => file.path !== path), file(path, text)];
		const found = Object.entries(guards).flatMap(([name, guard]) => guard(broken).map((violation) => ({ name, ...violation })));
		expect(new Set(found.map(({ name }) => name))).toEqual(new Set(caughtBy));
		expect(new Set(found.map((violation) => violation.path))).toEqual(new Set([path]));
		if (line !== undefined) expect(new Set(found.map((violation) => violation.line))).toEqual(new Set([line]));
	});

	it("has a breakage for every guard", () => {
		expect(new Set(breakages.flatMap(({ caughtBy }) => caughtBy))).toEqual(new Set(Object.keys(guards)));
	});

	it.each([
		["a file of 300 lines", file("sdks/a.ts", lines(300))],
		["a test of 300 lines", file("test/a.test.ts", lines(300))],
		["a handler of 40 lines", file("functions/ledger.ts", lines(40))],
		["a component with its outputs", file("components/a.ts", component("this.registerOutputs({});"))],
		["the workspace in the lock file", file("package-lock.json", '{\n"resolved": "architect",\n"link": true\n}')],
		["a suppression with a reason", file("index.ts", `// biome-${"ignore"} lint/style/noX: the vendor's field is called so`)],
		[
			"an address that looks like a path",
			file("docs/a.md", "GET https://api.example.com/users/home/x and ./work/a and `/api/v2/users/me`"),
		],
	])("lets pass: %s", (_name, allowed) => {
		const files = [...clean.filter(({ path }) => path !== allowed.path), allowed];
		expect(Object.values(guards).flatMap((guard) => guard(files).map(logged))).toEqual([]);
	});
});

describe("the bundle guard, tried on a deliberate breakage", () => {
	const folder = "functions/pipeline";
	let world = "";

	beforeAll(() => {
		world = realpathSync(mkdtempSync(join(tmpdir(), "runbooks-walls-")));
		plant("functions/edges/aws/sqs.ts", 'import { SQSClient } from "@aws-sdk/client-sqs";\nexport const queue = new SQSClient();');
		plant("functions/pipeline/incident.ts", 'import type { SQSClient } from "@aws-sdk/client-sqs";\nexport const nouns: SQSClient[] = [];');
		plant("functions/pipeline/clean.ts", 'export * from "./incident.ts";');
		plant("functions/pipeline/neighbour.ts", 'export { queue } from "../edges/aws/sqs.ts";');
		plant("functions/pipeline/transitive.ts", 'export { queue } from "./neighbour.ts";');
		plant("functions/pipeline/node.ts", 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;');
	});

	afterAll(() => rmSync(world, { recursive: true, force: true }));

	it.each([
		{ entry: "clean.ts", caught: [] },
		{ entry: "neighbour.ts", caught: ["@aws-sdk/client-sqs", "functions/edges/aws/sqs.ts"] },
		{ entry: "transitive.ts", caught: ["@aws-sdk/client-sqs", "functions/edges/aws/sqs.ts"] },
		{ entry: "node.ts", caught: ["node:fs"] },
	])("$entry → $caught", async ({ entry, caught }) => {
		expect(await reachViolations(world, [`${folder}/`], [`${folder}/${entry}`], [])).toEqual(caught);
	});

	it("lets pass a package that the folder may import, and only that one", async () => {
		plant("functions/pipeline/packages.ts", 'export { parse } from "yaml";\nexport { z } from "zod";');
		expect(await reachViolations(world, [`${folder}/`], [`${folder}/packages.ts`], ["yaml"])).toEqual(["zod"]);
	});

	function plant(path: string, text: string): void {
		mkdirSync(dirname(join(world, path)), { recursive: true });
		writeFileSync(join(world, path), text);
	}
});

// What stands in the folders is compiled by `npm run types`.
describe("the compiler guard, tried on a deliberate breakage", () => {
	const planted = [
		file("process.ts", "export const stage = process.env.STAGE;"),
		file("fetch.ts", 'export const got = fetch("https://example.com");'),
		file("timer.ts", "setTimeout(() => {}, 1);"),
		file("console.ts", 'console.log("a");'),
		file("node.ts", 'import { readFileSync } from "node:fs";\nexport const read = readFileSync;'),
		file("random.ts", "export const id = crypto.randomUUID();"),
		// Known to pass, which is why the purity guard exists as well.
		file("clock.ts", "export const now = Date.now();"),
	];

	it.each(pureFolders)("$folder: all but the clock is caught", ({ folder }) => {
		const files = planted.map(({ path, text }) => file(`${folder}/planted-${path}`, text));
		const caught = new Set(typeViolations(root, folder, files).map(({ path }) => path));
		const expected = files.map(({ path }) => path).filter((path) => !path.endsWith("clock.ts"));
		expect([...caught].filter((path) => path.includes("/planted-")).toSorted()).toEqual(expected.toSorted());
	});
});

function logged({ path, line, message }: Violation): string {
	return `${line === undefined ? path : `${path}:${line}`}: ${message}`;
}
