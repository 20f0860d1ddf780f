import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { settingsReference } from "../../../components/settings/reference.ts";
import { referenceSections } from "../../../components/settings/referenceRows.ts";
import { settingsSchema } from "../../../components/settings/schema.ts";
import { section, whole } from "../../../functions/schemas/builders.ts";

describe("the reference of settings", () => {
	const rows = referenceSections(settingsSchema).flatMap((each) => each.rows);

	test("is what `npm run docs` writes", () => {
		expect(readFileSync(new URL("../../../docs/reference.md", import.meta.url), "utf8")).toBe(settingsReference());
	});

	test("names every key of the schema", () => {
		const keys = new Set(rows.flatMap(({ path }) => path.split(/\[\]|\./)));
		expect(keysIn(z.toJSONSchema(settingsSchema, { io: "input" })).filter((key) => !keys.has(key))).toEqual([]);
	});

	test("says of each what it means, what is allowed, and what its default is", () => {
		const silent = rows.filter(({ meaning, allowed, fallback }) =>
			[meaning, allowed, fallback].some((cell) => cell === "" || cell.endsWith(": ")),
		);
		expect(silent).toEqual([]);
	});

	test("says of each whole number what it counts", () => {
		const whole = rows.filter(({ type }) => type.includes("whole number"));
		expect(whole.length).toBeGreaterThan(20);
		expect(whole.filter(({ unit }) => unit === "")).toEqual([]);
	});
});

describe("a row of the reference", () => {
	const schema = z.strictObject({
		waits: section({
			seconds: whole(1, 9, "seconds").default(3).describe("How long."),
			each: z
				.array(whole(1, 9, "minutes"), { error: "a list of waits" })
				.exactOptional()
				.describe("One by one."),
		}).describe("Waits."),
		share: z.number({ error: "a share" }).gt(0).max(1).describe("How much."),
		words: z
			.record(z.string({ error: "a word" }), z.enum(["up", "down"]), { error: "words" })
			.default({})
			.describe("Theirs."),
		way: z
			.discriminatedUnion("kind", [section({ kind: z.literal("a"), to: z.string({ error: "a text" }).describe("Whom.") })], {
				error: "a way",
			})
			.describe("How."),
	});
	const rows = referenceSections(schema).flatMap((each) => each.rows);
	const row = (path: string) => rows.find((each) => each.path === path);

	test.each([
		["waits.seconds", "whole number", "1 to 9", "seconds", "`3`", "How long."],
		["waits.each", "list of whole numbers", "a list of waits; each 1 to 9", "minutes", "none", "One by one."],
		["share", "number", "above 0, at most 1", "", "required", "How much."],
		["words.<name>", "text", "`up`, `down`; each name a word", "", "none", "Theirs."],
		["way", "section", "a way", "", "required", "How."],
		["way.kind", "text", "`a`", "", "required", "Decides what else the section holds."],
		["way.to", "text", "a text", "", "required", "With kind `a`: Whom."],
	])("%s", (path, type, allowed, unit, fallback, meaning) => {
		expect(row(path)).toEqual({ path, type, allowed, unit, fallback, meaning });
	});

	test("stands under the heading of its section", () => {
		expect(referenceSections(schema).map(({ path, meaning }) => [path, meaning])).toEqual([
			["waits", "Waits."],
			["share", ""],
			["words", ""],
			["way", ""],
		]);
	});
});

/** Every property name anywhere in a JSON Schema. */
function keysIn(node: unknown): readonly string[] {
	if (typeof node !== "object" || node === null) return [];
	const own = "properties" in node && typeof node.properties === "object" && node.properties !== null ? Object.keys(node.properties) : [];
	return [...own, ...Object.entries(node).flatMap(([name, child]) => (name === "default" ? [] : keysIn(child)))];
}
