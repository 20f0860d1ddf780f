import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { propertyText } from "../../../../functions/edges/webhook/rawText.ts";

describe("propertyText", () => {
	test.each([
		{ json: '{"raw":{"id":9223372036854775807}}', text: '{"id":9223372036854775807}' },
		{ json: '{ "a" : "}" , "raw" : [ 1e200, "]\\"}" ] , "b":{"raw":2}}', text: '[ 1e200, "]\\"}" ]' },
		{ json: '{"b":{"raw":2}}', text: undefined },
		{ json: '{"r\\u0061w":1.0}', text: "1.0" },
		{ json: '{"raw":1,"raw":2}', text: "2" },
		{ json: '{"x":"\\\\","raw":null}', text: "null" },
		{ json: "{}", text: undefined },
	])("of raw in $json is $text", ({ json, text }) => {
		expect(propertyText(json, "raw")).toBe(text);
	});

	test("is JSON of the very value that parsing finds", () => {
		const document = fc.dictionary(fc.oneof(fc.constant("raw"), fc.string()), fc.jsonValue(), {
			noNullPrototype: true,
		});
		fc.assert(
			fc.property(document, fc.constantFrom(undefined, 2, "\t"), (given, space) => {
				const text = propertyText(JSON.stringify(given, undefined, space), "raw");
				expect(text === undefined ? undefined : JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(given)).raw);
			}),
			{ numRuns: 500, seed: 20261124 },
		);
	});
});
