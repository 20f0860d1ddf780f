import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DocumentError } from "../../../architect/expressions/variables.ts";
import { readActions } from "../../../rehearsal/dataActions/actionDocument.ts";
import { lintActions } from "../../../rehearsal/dataActions/lint.ts";
import { tryAction } from "../../../rehearsal/dataActions/trial.ts";
import { trialText } from "../../../rehearsal/dataActions/trialText.ts";
import { exported, terraform } from "./actionParts.ts";

/** What a document holds in odd places. */
const odd = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom<unknown>(
		"${input.x}",
		"$!{rawResult}",
		"#if($input.x)",
		'{"a": ${a}}',
		"$.a[?(@.b =~ /c/)]",
		"$.a[",
		"",
		"$${input.x}",
		"${var.x}",
		{ type: "object", properties: { x: { type: "string" }, y: 5 }, required: 5 },
		{ type: ["string", "null"], items: [], enum: 5, properties: null, required: ["z", 1] },
		{ a: "$.a", x: "${x}" },
	),
);

/** Each way to a leaf or a branch of a document. */
function waysIn(json: unknown, way: readonly string[] = []): (readonly string[])[] {
	if (typeof json !== "object" || json === null) return [way];
	return [way, ...Object.entries(json).flatMap(([key, each]) => waysIn(each, [...way, key]))];
}

function put(json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
	if (key === undefined) return value;
	if (Array.isArray(json)) return json.map((each: unknown, index) => (String(index) === key ? put(each, rest, value) : each));
	return { ...Object(json), [key]: put(Reflect.get(Object(json), key), rest, value) };
}

/** Documents with something else in up to three places. */
const documents = fc
	.constantFrom(exported(), terraform())
	.chain((document) =>
		fc
			.array(fc.tuple(fc.constantFrom(...waysIn(document)), odd), { maxLength: 3 })
			.map((changes) => changes.reduce<unknown>((json, [way, value]) => put(json, way, value), document)),
	);

function readOr(text: string) {
	try {
		return readActions(text).actions;
	} catch (error) {
		expect(error).toBeInstanceOf(DocumentError);
		return [];
	}
}

describe("whatever a document holds", () => {
	it("it has findings in the form of findings, or is refused by name", { timeout: 60_000 }, () => {
		fc.assert(
			fc.property(documents, (document) => {
				const text = JSON.stringify(document);
				if (readOr(text).length === 0) return;
				for (const { path, message, remedy } of lintActions(text, "action.json")) {
					expect(path).not.toBe("");
					expect(message).toMatch(/^Expected .+\.$/s);
					expect(remedy).toMatch(/\.$/);
				}
			}),
			{ numRuns: 3000 },
		);
	});

	it("it can be tried: what goes wrong is told by its part", { timeout: 60_000 }, () => {
		fc.assert(
			fc.property(documents, fc.dictionary(fc.constantFrom("x", "number", "days"), odd), fc.json(), (document, inputs, answer) => {
				for (const action of readOr(JSON.stringify(document))) {
					const trial = tryAction(action, { inputs, credentials: {}, answer: { status: 200, text: answer } });
					expect(trialText(trial)).toContain(trial.failures.length === 0 ? "would succeed" : "would fail");
				}
			}),
			{ numRuns: 3000 },
		);
	});
});
