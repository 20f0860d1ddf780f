import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { stepOf, workflows } from "./workflow.ts";

const folder = mkdtempSync(join(tmpdir(), "workflow-steps-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What each command answers, by the beginning of its arguments. The first that fits counts; all others succeed without a word. */
type Answers = Readonly<Record<string, { readonly prints?: string; readonly status?: number }>>;

/** Writes down how it was called, one argument a line, with what came on its standard input, and answers. */
const stub = `#!/bin/bash
{ printf 'call %s\\n' "$(basename "$0")"; printf 'arg %s\\n' "$@"; } >> "$CALLS"
[[ -p /dev/stdin ]] && cat > /dev/null
while IFS=$'\\t' read -r begin status prints; do
	if [[ "$(basename "$0") $*" == "$begin"* ]]; then printf '%b' "$prints"; exit "$status"; fi
done < "$ANSWERS"
exit 0
`;

let runs = 0;

/** Runs a step as GitHub runs it: its script in a file, by the workflow's shell, with what stands in its environment. */
function run(script: string, env: Readonly<Record<string, string>>, answers: Answers = {}, files: Readonly<Record<string, string>> = {}) {
	runs += 1;
	const place = join(folder, String(runs));
	mkdirSync(join(place, "bin"), { recursive: true });
	for (const name of ["npm", "pulumi", "gh", "git"]) {
		writeFileSync(join(place, "bin", name), stub);
		chmodSync(join(place, "bin", name), 0o755);
	}
	for (const [path, text] of Object.entries({ "build/artifact/x": "", ...files })) {
		mkdirSync(dirname(join(place, path)), { recursive: true });
		writeFileSync(join(place, path), text);
	}
	const lines = Object.entries(answers).map(
		([begin, { prints = "", status = 0 }]) => `${begin}\t${status}\t${prints.replaceAll("\n", "\\n")}\n`,
	);
	writeFileSync(join(place, "answers"), lines.join(""));
	writeFileSync(join(place, "calls"), "");
	writeFileSync(join(place, "script.sh"), script);
	const { status, stdout, stderr } = spawnSync("bash", ["-euo", "pipefail", "script.sh"], {
		cwd: place,
		encoding: "utf8",
		env: {
			PATH: `${join(place, "bin")}:/usr/bin:/bin`,
			CALLS: join(place, "calls"),
			ANSWERS: join(place, "answers"),
			GITHUB_OUTPUT: join(place, "output"),
			GITHUB_STEP_SUMMARY: join(place, "summary"),
			...env,
		},
	});
	const calls = readFileSync(join(place, "calls"), "utf8")
		.split("call ")
		.slice(1)
		.map((call) => call.trimEnd().split("\narg "));
	const read = (path: string): string | undefined => (existsSync(join(place, path)) ? readFileSync(join(place, path), "utf8") : undefined);
	return { status, stdout, stderr, calls, read };
}

const digest = `sha256:${"1".repeat(64)}`;
const commit = "0123456789abcdef0123456789abcdef01234567";

describe("a pull request", () => {
	const compare = stepOf("pull-request.yml", "impact", "Compare");
	const comment = stepOf("pull-request.yml", "impact", "Comment");
	const env = { GH_TOKEN: "t", REPOSITORY: "customer/runbooks", NUMBER: "7" };
	const markdown = { "build/impact.md": "<!-- genesyscloud-runbooks:impact -->\n## Who is paged\n" };

	test("is previewed into one file a stack, under the policies", () => {
		const { status, calls, read } = run(
			stepOf("pull-request.yml", "preview", "Preview").run,
			{ STACK: "dev" },
			{ "pulumi preview": { prints: '{"steps":[]}' } },
		);
		expect({ status, calls }).toEqual({
			status: 0,
			calls: [["pulumi", "preview", "--stack", "dev", "--json", "--non-interactive", "--policy-pack", "policy"]],
		});
		expect(read("build/previews/dev.json")).toBe('{"steps":[]}');
	});

	test("is compared with its base, whatever that is called", () => {
		const previews = { "build/previews/dev.json": "", "build/previews/prod.json": "" };
		const base = "main;$(gh evil) x";
		const { status, calls } = run(compare.run, { BASE_REF: base }, {}, previews);
		const files = ["build/previews/dev.json", "build/previews/prod.json"];
		expect(status).toBe(0);
		expect(calls).toEqual([
			["git", "diff", "--unified=0", `origin/${base}...HEAD`, "--", ".github/accepted-losses"],
			["npm", "run", "-s", "impact", "--", "--from", `origin/${base}`, "--preview", ...files, "--markdown", "build/impact.md"],
		]);
		expect(run(compare.run, { BASE_REF: "main" }, { "npm run -s impact": { status: 1 } }, previews).status).toBe(1);
	});

	test("may lose what a line that it adds accepts, and nothing that stood there before", () => {
		const prints =
			"--- a/.github/accepted-losses\n+++ b/.github/accepted-losses\n@@ -1 +1,3 @@\n-dev:stack\n+# wanted\n+dev:tier:telephony/secondary\n+dev:condition:edge offline\n";
		const { calls } = run(compare.run, { BASE_REF: "main" }, { "git diff": { prints } }, { "build/previews/dev.json": "" });
		expect(calls[1]?.slice(-3)).toEqual(["--accept", "dev:tier:telephony/secondary", "dev:condition:edge offline"]);
	});

	test("gets one comment", () => {
		const { status, calls } = run(comment.run, env, { "gh api --paginate": { prints: "11\tanother\n" } }, markdown);
		expect(status).toBe(0);
		expect(calls.map((call) => call.slice(0, 6))).toEqual([
			["gh", "api", "--paginate", "repos/customer/runbooks/issues/7/comments", "--jq", expect.stringContaining("github-actions[bot]")],
			["gh", "api", "--silent", "--method", "POST", "repos/customer/runbooks/issues/7/comments"],
		]);
		expect(calls[1]?.slice(6)).toEqual(["--field", "body=@build/impact.md"]);
	});

	test("has its comment updated, the first of several, and never twice", () => {
		const there = "11\tanother\n12\t<!-- genesyscloud-runbooks:impact -->\n13\t<!-- genesyscloud-runbooks:impact -->\n";
		const { calls } = run(comment.run, env, { "gh api --paginate": { prints: there } }, markdown);
		expect(calls.slice(1)).toEqual([
			["gh", "api", "--silent", "--method", "PATCH", "repos/customer/runbooks/issues/comments/12", "--field", "body=@build/impact.md"],
		]);
	});

	test("gets no second comment when the first cannot be looked for", () => {
		const { status, calls } = run(comment.run, env, { "gh api --paginate": { status: 1 } }, markdown);
		expect({ status, calls: calls.length }).toEqual({ status: 1, calls: 1 });
	});

	test("gets its comment also when cover is lost", () => expect(comment.if).toContain("!cancelled()"));
});

describe("a deployment", () => {
	const env = { STACK: "prod", DIGEST: digest };
	const promote = stepOf("deploy.yml", "prod", "Verify").run;

	test("is built once, and its digest handed on", () => {
		const { status, read } = run(stepOf("deploy.yml", "build", "Build").run, {}, { "npm run -s artifact": { prints: `${digest}\n` } });
		expect(status).toBe(0);
		expect(read("output")).toBe(`digest=${digest}\n`);
		const failed = run(stepOf("deploy.yml", "build", "Build").run, {}, { "npm run -s artifact": { status: 2 } });
		expect({ status: failed.status, output: failed.read("output") }).toEqual({ status: 2, output: undefined });
	});

	test("goes to prod by the digest that dev runs", () => {
		const { status, calls } = run(promote, env, { "pulumi stack output artifactDigest": { prints: digest } });
		expect(status).toBe(0);
		expect(calls).toEqual([
			["npm", "ci"],
			["pulumi", "stack", "output", "artifactDigest", "--stack", "dev"],
			["npm", "run", "-s", "artifact", "--", "verify", "build/artifact", "--digest", digest],
		]);
	});

	test.each([
		["a later one", `sha256:${"2".repeat(64)}`],
		["none", "none"],
		["nothing", ""],
	])("does not go to prod while dev runs %s", (_, deployed) => {
		const { status, stderr, calls } = run(promote, env, { "pulumi stack output artifactDigest": { prints: deployed } });
		expect(status).toBe(1);
		expect(stderr).toContain(`got ${digest}`);
		expect(calls.some((call) => call.includes("verify"))).toBe(false);
	});

	test.each(["dev", "prod"])("of %s is made under the policies, out of the artifact", (job) => {
		const { status, calls } = run(stepOf("deploy.yml", job, "Deploy").run, env);
		expect(stepOf("deploy.yml", job, "Deploy")["working-directory"]).toBe("build/artifact");
		expect({ status, last: calls.at(-1) }).toEqual({
			status: 0,
			last: ["pulumi", "up", "--stack", "prod", "--yes", "--non-interactive", "--policy-pack", "policy"],
		});
	});

	test.each(["dev", "prod"])("of %s is looked at, and red where the secrets cannot be read", (job) => {
		const { run: look } = stepOf("deploy.yml", job, "Look");
		expect(
			run(look, env)
				.calls.map(([command, first]) => [command, first])
				.toSorted(),
		).toEqual([
			["npm", "run"],
			["pulumi", "config"],
		]);
		expect(run(look, env, { "pulumi config": { status: 255 } }).status).toBe(255);
		expect(run(look, env, { "npm run": { status: 1 } }).status).toBe(1);
	});
});

describe("the nightly comparison", () => {
	const checkOut = stepOf("drift.yml", "drift", "Check out what the stack runs").run;
	const compare = stepOf("drift.yml", "drift", "Compare").run;

	test("takes the commit that the stack runs, and nothing that is none", () => {
		expect(run(checkOut, { STACK: "dev" }, { "pulumi stack": { prints: commit } }).calls[1]).toEqual([
			"git",
			"checkout",
			"--quiet",
			"--detach",
			commit,
		]);
		const { status, calls } = run(checkOut, { STACK: "dev" }, { "pulumi stack": { prints: "none" } });
		expect({ status, calls: calls.length }).toEqual({ status: 1, calls: 1 });
	});

	test("builds it again, to the same digest, and expects no changes", () => {
		const { status, calls } = run(compare, { STACK: "dev" }, { "pulumi stack output": { prints: digest } });
		expect(status).toBe(0);
		expect(calls[2]).toEqual(["npm", "run", "-s", "artifact", "--", "verify", "build/artifact", "--digest", digest]);
		expect(calls.at(-1)).toEqual([
			"pulumi",
			"preview",
			"--stack",
			"dev",
			"--refresh",
			"--expect-no-changes",
			"--non-interactive",
			"--policy-pack",
			"policy",
		]);
	});

	test.each(["npm run -s artifact -- verify", "npm ci", "pulumi preview"])("is red when this fails: %s", (begin) => {
		expect(run(compare, { STACK: "dev" }, { [begin]: { status: 1 } }).status).toBe(1);
	});
});

test("every script of a workflow stops where its first command fails", () => {
	const all = workflows.flatMap(({ jobs }) => Object.values(jobs).flatMap(({ steps }) => steps.flatMap((step) => step.run ?? [])));
	const failing = Object.fromEntries(["npm", "pulumi", "gh", "git"].map((name) => [name, { status: 3 }]));
	const env = { STACK: "dev", DIGEST: digest, BASE_REF: "main", REPOSITORY: "c/r", NUMBER: "1" };
	expect(all.length).toBeGreaterThan(15);
	expect(all.filter((script) => run(script, env, failing, { "build/impact.md": "x\n" }).status !== 3)).toEqual([]);
});
