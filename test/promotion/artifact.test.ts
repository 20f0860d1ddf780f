import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Copy } from "../readmeExample.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const nothing = { section: "", files: [], lines: [] };
const clones = [new Copy(nothing), new Copy(nothing)] as const;
afterAll(() => {
	for (const clone of clones) clone.remove();
});

const fixed = {
	GIT_AUTHOR_NAME: "Ada",
	GIT_AUTHOR_EMAIL: "ada@customer.example",
	GIT_COMMITTER_NAME: "Ada",
	GIT_COMMITTER_EMAIL: "ada@customer.example",
	GIT_AUTHOR_DATE: "2026-01-05T09:00:00Z",
	GIT_COMMITTER_DATE: "2026-01-05T09:00:00Z",
	GIT_CONFIG_GLOBAL: "/dev/null",
	GIT_CONFIG_SYSTEM: "/dev/null",
};

function git(folder: string, ...args: readonly string[]): void {
	execFileSync("git", args, { cwd: folder, env: { ...process.env, ...fixed }, stdio: ["ignore", "pipe", "pipe"] });
}

function artifact(clone: Copy, ...args: readonly string[]) {
	const run = spawnSync(process.execPath, ["promotion/artifact.ts", ...args], {
		cwd: clone.folder,
		encoding: "utf8",
		stdio: ["ignore", "pipe", "pipe"],
	});
	return { status: run.status, printed: run.stdout.trim(), said: run.stderr.trim() };
}

const [first, second] = clones;
const built = join(first.folder, "build/artifact");
let digest: string;

beforeAll(() => {
	for (const { folder } of clones) {
		git(folder, "init", "--quiet", "--initial-branch=main");
		git(folder, "add", "--all");
		git(folder, "commit", "--quiet", "--message=all", "--no-gpg-sign");
	}
	const { status, printed, said } = artifact(first, "--out", "build/artifact");
	expect({ status, said }).toEqual({ status: 0, said: "… bundling functions, compiling workflows" });
	digest = printed;
});

describe("an artifact", () => {
	test("of one commit has one digest, in every clone", () => {
		expect(digest).toMatch(/^sha256:[0-9a-f]{64}$/);
		const other = artifact(second, "--out", "elsewhere/artifact");
		expect(other.printed).toBe(digest);
		rmSync(join(second.folder, "elsewhere"), { recursive: true });
	});

	test("holds program, settings, lock file, policies, bundles and workflows, and no tests", () => {
		const { files, commit } = JSON.parse(readFileSync(join(built, "artifact.json"), "utf8"));
		const paths: readonly string[] = files.map(({ path }: { path: string }) => path);
		expect(commit).toMatch(/^[0-9a-f]{40}$/);
		for (const path of [
			"index.ts",
			"package-lock.json",
			"Pulumi.yaml",
			"Pulumi.prod.yaml",
			"policy/PulumiPolicy.yaml",
			"build/functions/poller.mjs",
			"build/flows/runbooks-dev/response-telephony.yaml",
			"build/flows/runbooks-prod/response-telephony.yaml",
		])
			expect(paths).toContain(path);
		expect(paths.filter((path) => /^(?:test|docs|\.|node_modules)/.test(path))).toEqual([]);
		expect(readdirSync(built)).not.toContain("test");
	});

	test("is let pass by its digest, and by no other", () => {
		expect(artifact(first, "verify", built)).toEqual({ status: 0, printed: digest, said: "" });
		expect(artifact(first, "verify", built, "--digest", digest)).toEqual({ status: 0, printed: digest, said: "" });
		const other = `sha256:${"0".repeat(64)}`;
		const refused = artifact(first, "verify", built, "--digest", other);
		expect(refused).toMatchObject({ status: 1, printed: "" });
		expect(refused.said).toContain(`Expected the artifact ${other}, got ${digest}`);
	});

	test("replaces an artifact, and nothing else", () => {
		mkdirSync(join(second.folder, "mine"));
		writeFileSync(join(second.folder, "mine/letter.txt"), "dear");
		expect(artifact(second, "--out", "mine")).toMatchObject({ status: 2, printed: "" });
		expect(existsSync(join(second.folder, "mine/letter.txt"))).toBe(true);
	});

	test("is not built of what no commit has", () => {
		second.write("functions/more.ts", "export {};\n");
		expect(artifact(second, "--out", "build/other")).toMatchObject({
			status: 2,
			said: expect.stringContaining("functions/more.ts: commit or stash"),
		});
		rmSync(join(second.folder, "functions/more.ts"));
	});

	test.each([[["verify"]], [["verify", "nowhere"]], [["--digest", "x"]], [["verify", "nowhere", "--digest", "x"]], [["deploy"]], [[]]])(
		"needs right input: %j",
		(args) => {
			expect(artifact(second, ...args)).toMatchObject({ status: 2, printed: "" });
		},
	);
});

const declares = `
const { declare } = await import("./rehearsal/world/declare.ts");
const { readStackFile } = await import("./rehearsal/scenario/stackFile.ts");
const resources = await declare(readStackFile("prod"));
console.log(resources.length);
`;

describe("a program that runs out of an artifact", () => {
	const run = () =>
		spawnSync(process.execPath, ["--input-type=module", "--eval", declares], {
			cwd: built,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
		});

	test("declares what was built, and nothing at all once a source is another one", () => {
		symlinkSync(join(root, "node_modules"), join(built, "node_modules"));
		const right = run();
		expect(right.stderr).toBe("");
		expect(Number(right.stdout)).toBeGreaterThan(80);
		const source = join(built, "functions/poller.ts");
		writeFileSync(source, `${readFileSync(source, "utf8")}\nconsole.log("tampered");\n`);
		const wrong = run();
		expect(wrong.status).not.toBe(0);
		expect(wrong.stderr).toContain(`Expected what was built with the artifact ${digest}, got something else in build/functions/poller.mjs`);
		rmSync(join(built, "node_modules"));
	});

	test("is refused by verify then, with the file", () => {
		expect(artifact(first, "verify", built, "--digest", digest)).toMatchObject({
			status: 1,
			printed: expect.stringContaining("functions/poller.ts: expected sha256"),
		});
	});
});
