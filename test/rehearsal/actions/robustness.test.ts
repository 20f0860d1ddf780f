import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { DocumentError } from "../../../architect/expressions/variables.ts";
import { readActionFile } from "../../../rehearsal/actions/actionFile.ts";
import { lintActionDocument } from "../../../rehearsal/actions/actionFindings.ts";
import { tryAnswer, tryRequest } from "../../../rehearsal/actions/trial.ts";
import { answerText, requestText } from "../../../rehearsal/actions/trialText.ts";
import { TranslationError, translate } from "../../../rehearsal/genesyscloud/translation.ts";
import { renderTemplate, TemplateError } from "../../../rehearsal/genesyscloud/velocity.ts";
import { Folder } from "../../commands/command.ts";
import { exported } from "./actions.ts";

const folder = new Folder();
afterAll(() => folder.remove());

const templateParts = fc.constantFrom(
	"${",
	"$!{",
	"$",
	"}",
	"input.x",
	"input.list",
	"#if(",
	"#end",
	"#else",
	"#set($a = ",
	"#foreach($i in ",
	")",
	"(",
	"[",
	"]",
	'"',
	"'",
	"==",
	"&&",
	"+",
	" ",
	"1",
	"a",
	"$a",
	"$i",
	"$esc.jsonEncode(",
	"$math.add(",
	".size()",
	".get(0)",
	'.contains("a")',
	"\\",
	"{",
	",",
	"##",
	"#*",
	"*#",
	"\n",
	"$input.x",
	".x",
);
const pathParts = fc.constantFrom(
	"$",
	".",
	"..",
	"a",
	"b",
	"*",
	"[",
	"]",
	"0",
	"-1",
	":",
	",",
	"'a'",
	'"b"',
	"?(",
	"(",
	")",
	"@",
	"@.a",
	"==",
	"!=",
	"<",
	"&&",
	"||",
	"!",
	" in ",
	" nin ",
	"=~",
	"/a.*/",
	"['x']",
	"null",
	"1",
	".length()",
	".size()",
	"^",
	"~",
);
const answer = { a: [{ a: 1, b: "x" }, { a: null }, "text", null], b: { a: { b: [1, 2] } } };
const joined = (parts: fc.Arbitrary<string>) => fc.array(parts, { maxLength: 14 }).map((all) => all.join(""));

/** What is wrong is an error by its name, and nothing else. */
function named(error: unknown, kind: new (...args: never[]) => Error): void {
	expect(error).toBeInstanceOf(kind);
}

describe("whatever stands in a template or a path", () => {
	test("it renders, or fails by name", () => {
		fc.assert(
			fc.property(joined(templateParts), (template) => {
				try {
					expect(typeof renderTemplate("t", template, { input: { x: 'é"$', list: "[1]" } })).toBe("string");
				} catch (error) {
					named(error, TemplateError);
				}
			}),
			{ seed: 20261128, numRuns: 3000 },
		);
	});

	test("it finds something or nothing, or fails by name", () => {
		fc.assert(
			fc.property(joined(pathParts), (path) => {
				try {
					translate({ value: path }, {}, answer);
				} catch (error) {
					named(error, TranslationError);
				}
			}),
			{ seed: 20261128, numRuns: 3000 },
		);
	});
});

const odd = fc.oneof(
	fc.jsonValue({ maxDepth: 2 }),
	fc.constantFrom<unknown>(
		"${input.x}",
		"#if($input.x)",
		'{"a": ${a}}',
		"$.a[",
		"",
		{ type: "object", properties: { x: { type: "string" }, y: 5 }, required: 5 },
		{ type: ["string", "null"], items: [], enum: 5, properties: null, required: ["z", 1] },
	),
);

function waysIn(json: unknown, way: readonly string[] = []): (readonly string[])[] {
	if (typeof json !== "object" || json === null) return [way];
	return [way, ...Object.entries(json).flatMap(([key, each]) => waysIn(each, [...way, key]))];
}

const put = (json: unknown, [key, ...rest]: readonly string[], value: unknown): unknown =>
	key === undefined ? value : { ...Object(json), [key]: put(Reflect.get(Object(json), key), rest, value) };

test("whatever an action holds, it is refused by name, or linted and tried", () => {
	const changes = fc.array(fc.tuple(fc.constantFrom(...waysIn(exported())), odd), { maxLength: 3 });
	fc.assert(
		fc.property(changes, fc.dictionary(fc.constantFrom("number", "x"), odd), fc.json(), (given, inputs, text) => {
			const document = given.reduce<unknown>((json, [way, value]) => put(json, way, value), exported());
			try {
				for (const { action } of readActionFile(folder.write("odd.json", JSON.stringify(document) ?? ""))) {
					for (const { message } of lintActionDocument(action)) expect(message).toMatch(/^Expected .+\.$/s);
					expect(requestText(tryRequest(action, inputs, {}))).not.toBe("");
					expect(answerText(200, tryAnswer(action, { status: 200, text }))).not.toBe("");
				}
			} catch (error) {
				named(error, DocumentError);
			}
		}),
		{ seed: 20261128, numRuns: 1500 },
	);
});
