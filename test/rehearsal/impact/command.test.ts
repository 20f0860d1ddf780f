import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { settingsOf, sideOf } from "../../../rehearsal/impact/sides.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const example = (name: string): string => join("examples", "impact", `${name}.yaml`);
const folder = mkdtempSync(join(tmpdir(), "impact-"));
afterAll(() => rmSync(folder, { recursive: true }));

function impact(...args: readonly string[]) {
	const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "./assert-node.mjs", "rehearsal/impact.ts", ...args], {
		cwd: root,
		encoding: "utf8",
		env: { ...process.env, COLUMNS: "80" },
	});
	return { status, out: stdout, err: stderr.replaceAll("\n  ", " ") };
}

const removed = ["--from", example("before"), "--to", example("route-removed"), "--stack", "dev", "--scenario", "queue-overflow"];

describe("npm run impact", () => {
	test("fails on a loss of cover, and writes the comment; what is printed has at most 80 columns", () => {
		const comment = join(folder, "comment.md");
		const { status, out, err } = impact(...removed, "--markdown", comment);
		expect({ status, err }).toEqual({ status: 1, err: "… stack dev: 0 of 2 rehearsals\n" });
		expect(out.trimEnd().split("\n").at(-1)).toBe("Loss of cover: dev:policy:workforce");
		expect(out.split("\n").filter((line) => line.length > 80)).toEqual([]);
		const golden = readFileSync(new URL("golden/route-removed.md", import.meta.url), "utf8");
		expect(readFileSync(comment, "utf8").replaceAll("examples/impact/", "")).toBe(golden);
	});

	test("passes once each loss is accepted by its id", () => {
		const { status, out } = impact(...removed, "--json", "--accept", "dev:policy:workforce");
		expect(status).toBe(0);
		expect(JSON.parse(out)).toMatchObject({ verdict: "covered", losses: [{ id: "dev:policy:workforce", accepted: true }] });
	});

	test.each([
		{
			name: "an id that no loss has",
			args: [...removed, "--accept", "dev:policy:work"],
			says: /the id of a loss of cover, got dev:policy:work; allowed: dev:policy:workforce/,
		},
		{ name: "no old side", args: [], says: /required option '--from <ref or file>'/ },
		{
			name: "a ref that is none",
			args: ["--from", "no-such-ref"],
			says: /Expected a git ref or the path of a stack file .*got "no-such-ref"; of a shallow clone/,
		},
		{ name: "what looks like an option of git", args: ["--from=--output=x"], says: /Expected a git ref .*got "--output=x"/ },
		{ name: "a file that is not there", args: ["--from", "none.yaml"], says: /got none\.yaml, which does not exist/ },
		{ name: "a file of a stack that nothing names", args: ["--from", example("before")], says: /Expected --stack beside a file/ },
		{ name: "a scenario that is none", args: [...removed, "--scenario", "none"], says: /Expected a scenario, got "none"/ },
	])("is refused with status 2 for $name", ({ args, says }) => {
		const { status, err } = impact(...args);
		expect(err).toMatch(says);
		expect(status).toBe(2);
	});
});

describe("the sides of a comparison", () => {
	const repository = join(folder, "repository");
	const git = (...args: readonly string[]): void => {
		const identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "-c", "commit.gpgsign=false"];
		const { status, stderr } = spawnSync("git", [...identity, ...args], { cwd: repository, encoding: "utf8" });
		if (status !== 0) throw new Error(`git ${args.join(" ")}: ${stderr}`);
	};

	beforeAll(() => {
		mkdirSync(repository);
		git("init", "-q");
		cpSync(join(root, example("before")), join(repository, "Pulumi.dev.yaml"));
		writeFileSync(join(repository, "Pulumi.old.yaml"), "config:\n  genesyscloud-runbooks:nothing: known\n");
		git("add", ".");
		git("commit", "-q", "-m", "first");
		cpSync(join(root, example("later")), join(repository, "Pulumi.dev.yaml"));
		git("rm", "-q", "Pulumi.old.yaml");
		git("add", ".");
		git("commit", "-q", "-m", "second");
	});

	test("a git ref is read as it was, whatever stands in the folder", () => {
		const seconds = (ref: string) =>
			settingsOf(sideOf(ref, undefined, repository), "dev")?.settings.runtime.policies.telephony?.acknowledgeSeconds;
		expect([seconds("HEAD~1"), seconds("HEAD")]).toEqual([300, 600]);
		expect([...sideOf("HEAD~1", undefined, repository).texts.keys()]).toEqual(["dev", "old"]);
		expect([...sideOf("HEAD~1", "dev", repository).texts.keys()]).toEqual(["dev"]);
		expect(settingsOf(sideOf("HEAD", undefined, repository), "old")).toBeUndefined();
	});

	test("settings of an older form are refused with the ref and every problem", () => {
		expect(() => settingsOf(sideOf("HEAD~1", undefined, repository), "old")).toThrow(/^HEAD~1: [\s\S]*nothing[\s\S]*choose a later one$/);
	});

	test("the working tree has the stacks of the repository", () => {
		expect([...sideOf(undefined, undefined).texts.keys()]).toEqual(["dev", "prod"]);
	});
});
