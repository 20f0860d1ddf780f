import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readPreviews } from "../../../rehearsal/impact/cloud/preview.ts";
import { commentOf, longestComment } from "../../../rehearsal/impact/comment/comment.ts";
import { diagramOf } from "../../../rehearsal/impact/comment/diagram.ts";
import { code } from "../../../rehearsal/impact/comment/escape.ts";
import type { Impact, StackImpact } from "../../../rehearsal/impact/impact.ts";
import { say } from "../../../rehearsal/impact/said.ts";
import { impactText } from "../../../rehearsal/impact/text.ts";

const hostile = "a|b`c`@octocat #1 <img src=x onerror=y> [x](http://evil.example) *b* www.evil.example\n## new\u202E";
const nothing: ReadonlySet<string> = new Set();

const stackImpact = (change: Partial<StackImpact> = {}): StackImpact => ({
	stack: "dev",
	losses: [],
	policies: [],
	rerouted: [],
	looked: { failures: 1, parts: 1 },
	watched: { added: [], removed: [] },
	silences: [],
	shown: [],
	broken: [],
	plays: { played: 1, sameSettings: 0, doNotFit: [] },
	cloud: { source: "program", changes: [] },
	pictures: [],
	...change,
});

const impact = (stacks: readonly StackImpact[]): Impact => ({
	from: "a",
	to: "b",
	stacks,
	added: [],
	removed: [],
	losses: stacks.flatMap(({ losses }) => losses),
});

const difference = (index: number, target = `sms ${index}`) =>
	({
		kind: "newly-paged",
		people: `p/${index}`,
		target,
		atSeconds: 1,
		scenario: "s",
		incident: "i",
		occurrence: 1,
		condition: "trunk-down",
		entity: "e",
	}) as const;

describe("names that somebody else chose", () => {
	test("are code of one line, in which nothing begins and nothing ends", () => {
		const shown = code(hostile);
		// What is left beside the entities could be read as markup by nobody.
		expect(shown.replace(/^<code>(.*)<\/code>$/, "$1").replaceAll(/&#\d+;/g, "e")).not.toMatch(/[<>&|`@#*[\]_~\\\n\u202E]|:\/|www\./);
		expect(code("x".repeat(500))).toHaveLength("<code></code>".length + 200);
	});

	test("stay in their cells, lists and headings", () => {
		const one = stackImpact({
			stack: hostile,
			losses: [{ id: hostile, reason: say`lost ${hostile}` }],
			silences: [{ what: "added", name: hostile }],
			shown: [difference(1, hostile)],
			broken: [{ scenario: hostile, expectation: hostile }],
			cloud: {
				source: "preview",
				changes: [{ action: "replace", type: hostile, name: hostile, properties: [hostile], replacedBy: [hostile] }],
			},
		});
		const comment = commentOf({ ...impact([one]), from: hostile, to: hostile }, nothing);
		expect(comment).not.toMatch(/@octocat|<img|\]\(http|^## new|www\.evil/m);
		const rows = comment.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| ---"));
		expect(rows.map((line) => line.split("|").length)).toEqual([6, 6, 6, 6]);
		expect(impactText({ ...impact([one]), from: hostile }, nothing)).not.toContain("\u202E");
	});

	test("end no label and no fence of a diagram", () => {
		const state = { name: 'x"]; click s0 ```', mark: "changed", calls: ["<b>"], leadsTo: [], changed: [] } as const;
		const diagram = diagramOf({ policy: "p", isNew: false, states: [state], removed: [] });
		expect(diagram.split("```")).toHaveLength(3);
		expect(diagram).toContain('s0["x#34;#93;#59; click s0 #96;#96;#96; (changed)<br>#60;b#62;"]:::changed');
	});
});

describe("a comment that is too long", () => {
	const many = Array.from({ length: 3000 }, (_, index) => difference(index));

	test("is shortened, and names how much is left out", () => {
		const comment = commentOf(impact([stackImpact({ shown: many })]), nothing);
		expect(comment.length).toBeLessThanOrEqual(longestComment);
		expect(comment).toMatch(/And \d+ more, which `npm run impact` prints\./);
		expect(comment).toContain("sms 1<");
	});

	test("says at least that cover is lost, however much there is", () => {
		const losses = Array.from({ length: 3000 }, (_, index) => ({ id: `dev:policy:${index}`, reason: say`lost` }));
		const comment = commentOf(impact([stackImpact({ losses })]), nothing);
		expect(comment.length).toBeLessThanOrEqual(longestComment);
		expect(comment).toContain("Loss of cover");
	});
});

describe("a preview of the engine", () => {
	const folder = mkdtempSync(join(tmpdir(), "impact-"));
	afterAll(() => rmSync(folder, { recursive: true }));
	const file = (name: string, content: unknown): string => {
		const path = join(folder, name);
		writeFileSync(path, typeof content === "string" ? content : JSON.stringify(content));
		return path;
	};
	const urn = (type: string, name: string, stack = "dev"): string =>
		`urn:pulumi:${stack}::genesyscloud-runbooks::a:index:A$${type}::${name}`;
	const queue = urn("aws:sqs/queue:Queue", "dispatch");

	test("gives each resource once, what is taken away first; components and what stays are left out", () => {
		const steps = [
			{ op: "same", urn: urn("pulumi:pulumi:Stack", "dev") },
			{ op: "create", urn: urn("genesyscloud-runbooks:index:Detector", "d") },
			{ op: "create", urn: urn("aws:sns/topic:Topic", "alarms"), newState: { inputs: { secret: "hunter2" } } },
			{ op: "update", urn: urn("aws:lambda/function:Function", "f"), detailedDiff: { "tags.Team": {}, "tags.Other": {}, code: {} } },
			{ op: "create-replacement", urn: queue, replaceReasons: ["name"], detailedDiff: { name: {} } },
			{ op: "replace", urn: queue, diffReasons: ["name"] },
			{ op: "delete-replaced", urn: queue },
			{ op: "delete", urn: urn("aws:iam/role:Role", "r") },
		];
		const changes = readPreviews([file("dev.json", { steps })]).get("dev");
		expect(changes).toEqual({
			source: "preview",
			changes: [
				{ action: "delete", type: "aws:iam/role:Role", name: "r", properties: [] },
				{ action: "replace", type: "aws:sqs/queue:Queue", name: "dispatch", properties: ["name"], replacedBy: ["name"] },
				{ action: "create", type: "aws:sns/topic:Topic", name: "alarms", properties: [] },
				{ action: "update", type: "aws:lambda/function:Function", name: "f", properties: ["code", "tags"] },
			],
		});
		expect(JSON.stringify(changes)).not.toContain("hunter2");
	});

	test.each([
		{
			name: "no JSON",
			files: [() => file("a.json", "Previewing update")],
			says: /Expected the output of pulumi preview --json, got .*a\.json/,
		},
		{ name: "no file", files: [() => join(folder, "none.json")], says: /which holds no steps/ },
		{ name: "no steps", files: [() => file("b.json", { steps: [] })], says: /a preview of one stack, got .* with none/ },
		{
			name: "two of one stack",
			files: [() => file("c.json", { steps: [{ op: "same", urn: queue }] }), () => file("d.json", { steps: [{ op: "same", urn: queue }] })],
			says: /one preview of each stack, got .*d\.json as a second one of dev/,
		},
	])("is refused where there is $name", ({ files, says }) => {
		expect(() => readPreviews(files.map((make) => make()))).toThrow(says);
	});
});
