import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readActions } from "../../../rehearsal/dataActions/actionDocument.ts";
import { HclError, readHcl } from "../../../rehearsal/dataActions/hcl.ts";
import { lintActions } from "../../../rehearsal/dataActions/lint.ts";

const attributesOf = (text: string) => Object.fromEntries(readHcl(`a {\n${text}\n}`)[0]?.attributes ?? []);

describe("a Terraform file", () => {
	test("has blocks with labels, lines and blocks inside them", () => {
		const text =
			'# one\nresource "kind" "name" {\n  x = 1\n\n  inner {\n    y = [1, 2]\n  }\n}\n/* two */ locals {\n  z = true // three\n}\n';
		expect(readHcl(text).map(({ type, labels, line }) => ({ type, labels, line }))).toEqual([
			{ type: "resource", labels: ["kind", "name"], line: 2 },
			{ type: "locals", labels: [], line: 9 },
		]);
		const [resource] = readHcl(text);
		expect(resource?.blocks.map(({ type, attributes }) => [type, Object.fromEntries(attributes)])).toEqual([["inner", { y: [1, 2] }]]);
	});

	test.each([
		{ name: "texts", text: 'a = "x\\n\\"y\\" \\u00fc"', value: { a: 'x\n"y" ü' } },
		{ name: "an escaped expression", text: 'a = "/$${input.id}/%%{x}"', value: { a: "/$${input.id}/%%{x}" } },
		{ name: "an expression in a text", text: 'a = "${var.url}/x"', value: { a: "${var.url}/x" } },
		{ name: "a reference", text: "a = var.name", value: { a: "${var.name}" } },
		{ name: "a call over several lines", text: "a = merge(\n  local.x,\n  { b = 1 }\n)", value: { a: "${merge( local.x, { b = 1 } )}" } },
		{ name: "something worked out", text: 'a = var.x == "y" ? 1 : 2', value: { a: '${var.x == "y" ? 1 : 2}' } },
		{ name: "numbers and words", text: "a = -1.5e2\nb = null\nc = false", value: { a: -150, b: null, c: false } },
		{ name: "an object", text: 'a = { b = 1, "c" : [true], (var.k) = "x" }', value: { a: { b: 1, c: [true], "${var.k}": "x" } } },
		{ name: "an object by lines", text: "a = {\n  b = 1\n  c = 2 # two\n}", value: { a: { b: 1, c: 2 } } },
		{ name: "jsonencode", text: 'a = jsonencode({ "type" = "object", x = [var.y] })', value: { a: '{"type":"object","x":["${var.y}"]}' } },
		{ name: "a heredoc", text: 'a = <<EOF\n{"x": "$${input.x}",\n "y": "\\n"}\nEOF', value: { a: '{"x": "$${input.x}",\n "y": "\\n"}\n' } },
		{ name: "a heredoc without its margin", text: "a = <<-END\n    one\n      two\n  END", value: { a: "one\n  two\n" } },
	])("$name", ({ text, value }) => {
		expect(attributesOf(text)).toEqual(value);
	});

	test.each([
		{ text: "a {", says: "line 1: Expected a name, got the end of the file." },
		{ text: 'a = "x', says: "line 1: Expected a text that ends on its line" },
		{ text: "a = [1", says: 'Expected ",", got the end of the file' },
		{ text: "a = { b 1 }", says: "line 1: Expected = or :" },
		{ text: "a = ]", says: 'line 1: Expected a value, got "]".' },
		{ text: "5", says: 'line 1: Expected a name, got "5".' },
		{ text: `a = ${"[".repeat(200)}`, says: "Expected at most 100 levels" },
		{ text: 'a = "${x', says: "Expected }" },
	])("that is none says where: $text", ({ text, says }) => {
		expect(() => readHcl(text)).toThrow(expect.objectContaining({ name: "HclError", message: expect.stringContaining(says) }));
	});

	test("never hangs, and throws nothing else, whatever the text is", () => {
		const pieces = fc.constantFrom(
			"a",
			" = ",
			"{",
			"}",
			"[",
			"]",
			"(",
			")",
			'"',
			"${",
			"$${",
			"\n",
			",",
			"<<E\n",
			"E\n",
			"#",
			"/*",
			"*/",
			"1",
			"\\",
			":",
			"jsonencode(",
		);
		fc.assert(
			fc.property(fc.array(pieces, { maxLength: 40 }), (parts) => {
				try {
					readHcl(parts.join(""));
				} catch (error) {
					expect(error).toBeInstanceOf(HclError);
				}
			}),
			{ seed: 20261128, numRuns: 2000 },
		);
	});
});

describe("the data actions of a Terraform file", () => {
	const file = `resource "genesyscloud_integration_action" "find" {
  name            = var.name
  category        = "Parcels"
  contract_input  = jsonencode({ "type" = "object", "required" = ["id"], "properties" = { "id" = { "type" = "string" } } })
  contract_output = jsonencode({ "type" = "object", "properties" = { "town" = { "type" = "string" } } })
  config_request {
    request_type         = "GET"
    request_url_template = "https://parcels.example.com/$esc.url($\${input.id})"
    headers = {
      X-Api-Key = "$\${credentials.key}"
    }
  }
  config_response {
    translation_map          = { town = "$.town" }
    translation_map_defaults = { town = "\\"\\"" }
    success_template         = "{\\"town\\": $\${town}}"
  }
}
`;

	test("are read like those of its JSON", () => {
		expect(lintActions(file, "main.tf")).toEqual([]);
		const [action] = readActions(file).actions;
		expect(action?.config.request).toMatchObject({
			requestUrlTemplate: "https://parcels.example.com/$esc.url(${input.id})",
			headers: { "X-Api-Key": "${credentials.key}" },
		});
		expect(action?.config.response.successTemplate).toBe('{"town": ${town}}');
	});

	test("an expression that Terraform would take for its own is an error", () => {
		const wrong = lintActions(file.replace("($${input.id})", "(${input.id})"), "main.tf");
		expect(wrong.map(({ rule }) => rule)).toContain("terraform-escape");
	});
});
