import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { violationsIn } from "./rules.ts";
import { parseWorkflow, workflows } from "./workflow.ts";

const scripts = Object.keys(JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")).scripts);

describe.each(workflows.map((workflow) => [workflow.file, workflow] as const))("%s", (_, workflow) => {
	test("keeps every rule", () => expect(violationsIn(workflow)).toEqual([]));

	test("runs only scripts that exist", () => {
		const named = [...workflow.text.matchAll(/npm run -s ([\w:]+)/g)].flatMap(([, script]) => script ?? []);
		expect(named.length).toBeGreaterThan(0);
		expect(named.filter((script) => !scripts.includes(script))).toEqual([]);
	});
});

test("the workflows are those that the docs name", () => {
	expect(workflows.map(({ file }) => file)).toEqual(["deploy.yml", "drift.yml", "pull-request.yml"]);
	const page = readFileSync(new URL("../../docs/promotion.md", import.meta.url), "utf8");
	const named = new Set(
		workflows.flatMap(({ text }) => [...text.matchAll(/\b(?:vars|secrets)\.(\w+)/g)].flatMap(([, name]) => name ?? [])),
	);
	expect([...named].filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
});

test("every job installs the same Pulumi, at least the one that the README asks for", () => {
	const versions = new Set(
		workflows.flatMap(({ text }) => [...text.matchAll(/pulumi-version: (\S+)/g)].map(([, version = ""]) => version)),
	);
	expect(versions.size).toBe(1);
	const [[, minor = 0] = []] = [...versions].map((version) => version.split(".").map(Number));
	expect(minor).toBeGreaterThanOrEqual(259);
});

test("prod is deployed after dev, and behind an approval", () => {
	const deploy = workflows.find(({ file }) => file === "deploy.yml");
	expect(deploy?.jobs.prod).toMatchObject({ needs: ["build", "dev"], environment: "prod", concurrency: { group: "stack-prod" } });
	expect(deploy?.jobs.dev).toMatchObject({ needs: "build", environment: "dev", concurrency: { group: "stack-dev" } });
});

const read = (file: string): string => workflows.find((each) => each.file === file)?.text ?? "";
const deploy = read("deploy.yml");
const pull = read("pull-request.yml");

const breakages: readonly (readonly [string, string, string | RegExp, string])[] = [
	["no trigger that gives strangers' code our rights", pull, "pull_request:", "pull_request_target:"],
	["no permission but those of each job", pull, "permissions: {}", "permissions: { contents: read }"],
	["a shell that stops at the first failure", deploy, "bash -euo pipefail {0}", "bash {0}"],
	["actions by their commit, with the version beside it", deploy, /@[0-9a-f]{40} # v7\.0\.1/, "@v7"],
	["actions by their commit, with the version beside it", deploy, " # v7.0.1", ""],
	["nothing that a stranger words", pull, "github.event.pull_request.base.ref", "github.event.pull_request.title"],
	["nothing that a stranger words", pull, "github.event.pull_request.base.ref", "github.head_ref"],
	["one deployment of a stack at a time", deploy, / {4}concurrency:\n.*\n.*\n/, ""],
	["permissions of its own", pull, / {4}permissions:\n {6}contents: read\n {4}steps/, "    steps"],
	["at most 60 minutes", pull, "timeout-minutes: 60", "timeout-minutes: 90"],
	["at most 60 minutes", pull, "    timeout-minutes: 60\n", ""],
	["id-token only where a role is taken", pull, "      pull-requests: write", "      id-token: write"],
	["a role by OpenID Connect", pull, "      id-token: write\n", ""],
	["secrets and roles of an environment", pull, "    environment: preview\n", ""],
	["no right to write to the repository", deploy, "contents: read", "contents: write"],
	["a deployment that is let end", deploy, "cancel-in-progress: false", "cancel-in-progress: true"],
	["only what is verified is deployed", deploy, 'npm run -s artifact -- verify build/artifact --digest "$DIGEST"', "true"],
	["no expression inside a script", deploy, '--stack "$STACK" --yes', "--stack ${{ env.STACK }} --yes"],
	["no token left in the clone", deploy, "persist-credentials: false", "persist-credentials: true"],
	["secrets only in the environment of a script", deploy, "name: artifact\n", "name: ${{ secrets.X }}\n"],
];

test.each(breakages)("a breakage is found by: %s", (rule, text, from, to) => {
	const broken = text.replace(from, to);
	expect(broken).not.toBe(text);
	const found = violationsIn(parseWorkflow("broken.yml", broken)).map((violation) => violation.replace(/ \(.*\)$/, ""));
	expect([...new Set(found)]).toContain(rule);
});
