import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const root = resolve(import.meta.dirname, "../..");
const manifest = JSON.parse(readFileSync(join(root, "architect/package.json"), "utf8"));
const flow = "callback-queue";
/** As on a machine of its own: without what the npm that runs these tests says of its project. */
const environment = {
	...Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name))),
	PATH: `${dirname(process.execPath)}${delimiter}${process.env.PATH}`,
	npm_config_offline: "true",
};

let folder = "";
let project = "";

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "architect-package-"));
	project = join(folder, "project");
	mkdirSync(project);
	npm(root, "pack", "--workspace", "architect", "--ignore-scripts=false", "--pack-destination", folder);
	// Their scripts would build them from sources that are not there.
	const dependencies = Object.keys(manifest.dependencies).map((name) => `./node_modules/${name}`);
	npm(root, "pack", ...dependencies, "--ignore-scripts", "--pack-destination", folder);
	writeFileSync(join(project, "package.json"), '{ "type": "module", "private": true }');
	npm(project, "install", ...tarballs());
	for (const ending of ["yaml", "input.json", "world.json"])
		copyFileSync(join(root, "examples/flows", `${flow}.${ending}`), join(project, `${flow}.${ending}`));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tarballs = () => readdirSync(folder).flatMap((name) => (name.endsWith(".tgz") ? join(folder, name) : []));

/** What it printed. */
function npm(cwd: string, ...args: readonly string[]): string {
	const cli = process.env.npm_execpath;
	const [command, first] = cli === undefined ? ["npm", []] : [process.execPath, [cli]];
	const ended = spawnSync(command, [...first, ...args, "--no-audit", "--no-fund"], { cwd, env: environment, encoding: "utf8" });
	if (ended.status !== 0) throw new Error(`Expected npm ${args[0]} to succeed, got ${ended.status}: ${ended.stdout}${ended.stderr}`);
	return ended.stdout;
}

function run(...args: readonly string[]) {
	const bin = join(project, "node_modules/genesys-architect-tools", manifest.bin["genesys-architect"]);
	const { status, stdout, stderr } = spawnSync(process.execPath, [bin, ...args], { cwd: project, encoding: "utf8" });
	return { status, out: stdout, err: stderr };
}

/** What the compiler says of these files together; it checks the declarations of the package as well. */
function compile(files: Readonly<Record<string, string>>): string {
	for (const [name, text] of Object.entries(files)) writeFileSync(join(project, name), text);
	const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2024", "--lib", "es2024"];
	const tsc = join(root, "node_modules/typescript/bin/tsc");
	return spawnSync(process.execPath, [tsc, ...options, ...Object.keys(files)], { cwd: project, encoding: "utf8" }).stdout;
}

describe("the package of the Architect tools, installed in an empty folder", () => {
	it("holds JavaScript, declarations, a README and the licence, and nothing else", () => {
		const installed = join(project, "node_modules/genesys-architect-tools");
		expect(readdirSync(installed).toSorted()).toEqual(["LICENSE", "README.md", "build", "package.json"]);
		const built = readdirSync(join(installed, "build"), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
		expect(built.map(({ name }) => name).filter((name) => !/\.(?:js|d\.ts)$/.test(name))).toEqual([]);
		expect(readFileSync(join(installed, "LICENSE"), "utf8")).toBe(readFileSync(join(root, "LICENSE"), "utf8"));
	});

	it("brings the versions of the repository, exactly, and nothing else", () => {
		const { dependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
		expect(manifest.dependencies).toEqual({ commander: dependencies.commander, yaml: dependencies.yaml });
		expect(readdirSync(join(project, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
			"commander",
			"genesys-architect-tools",
			"yaml",
		]);
	});

	it("puts the command where npx finds it", () => {
		expect(readdirSync(join(project, "node_modules/.bin"))).toContain("genesys-architect");
		expect(run("--version")).toEqual({ status: 0, out: `${manifest.version}\n`, err: "" });
	});

	it("lints", () => {
		const { status, out, err } = run("lint", `${flow}.yaml`);
		expect({ status, err }).toEqual({ status: 0, err: "" });
		expect(out).toMatch(/\n0 errors, \d+ warnings in 1 file\n$/);
	});

	it("simulates", () => {
		const { status, out, err } = run("simulate", `${flow}.yaml`, "--input", `${flow}.input.json`, "--world", `${flow}.world.json`);
		expect({ status, err }).toEqual({ status: 0, err: "" });
		expect(out).toContain('exit reason "Raised"');
	});

	it("evaluates", () => {
		expect(run("evaluate", 'Append("a", ToString(1 + 2))')).toEqual({ status: 0, out: 'string "a3"\n', err: "" });
	});

	it.each([
		{ name: "no command", args: [], says: "Usage: genesys-architect [options] [command]" },
		{ name: "another command", args: ["lnt"], says: "error: unknown command 'lnt' (Did you mean lint?)" },
		{ name: "a command without its file", args: ["lint"], says: "error: missing required argument 'file'" },
	])("ends with 2 for $name", ({ args, says }) => {
		const { status, out, err } = run(...args);
		expect({ status, out }).toEqual({ status: 2, out: "" });
		expect(err).toContain(says);
	});

	it("has declarations that a program compiles against", () => {
		const program = `import { type Finding, lintFlow, readFlow, simulate, type Workflow } from "genesys-architect-tools";
const findings: readonly Finding[] = lintFlow("workflow:", { file: "a.yaml" });
export const lines: readonly number[] = findings.map(({ line }) => line);
const read = readFlow("workflow:", "a.yaml");
if ("workflow" in read) {
	const workflow: Workflow = read.workflow;
	simulate(workflow, {}, { now: 0 });
}
`;
		const wrong = 'import { lintFlow } from "genesys-architect-tools";\nexport const wrong: string = lintFlow("", { file: "" });\n';
		expect(compile({ "consumer.ts": program, "wrong.ts": wrong })).toMatch(/^wrong\.ts\(2,14\): error TS2322: [^\n]*\n$/);
	});

	it("gives a program the same findings", () => {
		const text = 'import { lintFlow } from "genesys-architect-tools";\nconsole.log(lintFlow("x", { file: "a.yaml" })[0].rule);\n';
		writeFileSync(join(project, "program.js"), text);
		const { stdout, stderr } = spawnSync(process.execPath, ["program.js"], { cwd: project, encoding: "utf8" });
		expect({ stdout, stderr }).toEqual({ stdout: "not-a-workflow\n", stderr: "" });
	});
});
