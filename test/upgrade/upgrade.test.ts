import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { lossesOf, toldIn, untold } from "./compare.ts";
import { declaredIn } from "./declaring.ts";
import { type Row, readReleased, rowOf } from "./released.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));
const changelog = readFileSync(new URL("../../CHANGELOG.md", import.meta.url), "utf8");
const released = readReleased();
const now = new Map<string, readonly Row[]>();

/** The old settings, the new program: what a customer has who upgrades. */
beforeAll(async () => {
	for (const { stack, settings } of released.stacks) now.set(stack, (await declaredIn(root, stack, settings)).map(rowOf));
});

const rowsOf = (stack: string): readonly Row[] => now.get(stack) ?? [];

describe.each(released.stacks)("an upgrade of $stack from the last release", ({ stack, resources }) => {
	test("takes its settings as they are", () => {
		expect(resources.length).toBeGreaterThan(80);
		expect(rowsOf(stack).length).toBeGreaterThan(80);
	});

	test("takes nothing away and makes nothing anew but what the changelog tells", () => {
		expect(untold(lossesOf(resources, rowsOf(stack)), toldIn(changelog))).toEqual([]);
	});

	test.each([
		["a renamed table", "aws:dynamodb/table:Table", { name: "00000000" }, "is replaced by name"],
		[
			"another contract",
			"genesyscloud:index/integrationAction:IntegrationAction",
			{ contractInput: "00000000" },
			"is replaced by contractInput",
		],
		["a new permission", "aws:lambda/permission:Permission", { sourceArn: "00000000" }, "is replaced by sourceArn"],
		[
			"a changed client of an integration",
			"genesyscloud:index/oauthClient:OauthClient",
			{ description: "00000000" },
			"is replaced by description",
		],
	])("would be stopped by %s", (_, type, fixed, said) => {
		const planted = rowsOf(stack).map((row) => (row.type === type ? { ...row, fixed: { ...row.fixed, ...fixed } } : row));
		expect(untold(lossesOf(rowsOf(stack), planted), []).join("\n")).toContain(said);
	});

	test("would be stopped by a resource that is gone, by its name", () => {
		const [first, ...others] = rowsOf(stack);
		expect(untold(lossesOf(rowsOf(stack), others), [])).toEqual([
			expect.stringContaining(`${first?.name} vanishes: expected a [CHANGE] entry`),
		]);
	});
});

describe("a loss", () => {
	const row = (name: string, fixed: Row["fixed"] = {}): Row => ({ type: "aws:sqs/queue:Queue", name, inputs: "1", fixed });
	const entry = (text: string): string =>
		`# Changelog\n\n## Unreleased\n\n${text}\n\n## 0.1.0\n\n- [CHANGE] queue: \`Queue old\` is gone.\n`;

	test("is none for what is new, and for other inputs", () => {
		expect(lossesOf([row("a")], [{ ...row("a"), inputs: "2" }, row("b")])).toEqual([]);
	});

	test("is told by a [CHANGE] entry of the top section that names it, and by nothing else", () => {
		const losses = lossesOf([row("old"), row("older", { name: "1" })], [row("older", { name: "2" })]);
		expect(losses).toEqual([
			{ type: "aws:sqs/queue:Queue", name: "old", kind: "vanishes", properties: [] },
			{ type: "aws:sqs/queue:Queue", name: "older", kind: "replaced", properties: ["name"] },
		]);
		expect(untold(losses, toldIn(entry("- [CHANGE] queue: `Queue old*` is made anew.")))).toEqual([]);
		expect(untold(losses, toldIn(entry("- [CHANGE] queue: `Queue old` is gone.")))).toHaveLength(1);
		expect(untold(losses, toldIn(entry("- [FEATURE] queue: `Queue old*` is made anew.")))).toHaveLength(2);
		expect(untold(losses, toldIn(entry("")))).toHaveLength(2);
	});

	test("cannot be judged for a type of which nobody knows what replaces it", () => {
		expect(() => rowOf({ type: "aws:s3/bucket:Bucket", name: "b", inputs: {} })).toThrow("what replaces a aws:s3/bucket:Bucket");
	});
});
