import { afterAll, describe, expect, test } from "vitest";
import { tryAction } from "../../../rehearsal/actions/tryAction.ts";
import { Folder, runInProcess } from "../../commands/command.ts";
import { exported } from "./actions.ts";

const folder = new Folder();
afterAll(() => folder.remove());

const run = (...args: readonly string[]) => runInProcess(tryAction, args);
const example = "examples/actions/find-parcel.json";
const tried = (action: unknown, ...args: readonly string[]) => {
	const ended = run(folder.add("json", action), "--json", ...args);
	return { status: ended.status, ...JSON.parse(ended.out) };
};

describe("try:action", () => {
	test("shows the request, each path with its value, and the output", () => {
		const { status, out } = run(example, "--input", '{"number": "A 1"}', "--response", "examples/actions/find-parcel.answer.json");
		expect(status).toBe(0);
		expect(out).toContain("GET https://parcels.example/v1/parcels?number=A+1\n    Authorization: Bearer <credentials.token>\n");
		expect(out).toContain("translationMap.late: $.parcels[?(@.state in ['late', 'lost'])].number\n    → [\"A 1\"]\n");
		expect(out).toMatch(/As a flow can bind it:\n {4}town = "Ulm"\n {4}late = \["A 1"\]\n$/);
	});

	test("puts the credential's fields where they belong, and says what stands in for what is missing", () => {
		const { status, out } = run(example, "--input", '{"number": "1"}', "--credentials", '{"token": "abc"}', "--response", "{}");
		expect(status).toBe(0);
		expect(out).toContain("Authorization: Bearer abc\n");
		expect(out).toContain('translationMap.town: $.parcels[0].address.town\n    → nothing; the default ""\n');
	});

	test("tells every input that does not fit, and every template that fails, at once", () => {
		const action = exported({
			input: { properties: { number: { type: "string" }, size: { type: "integer" } }, additionalProperties: false },
			request: { requestTemplate: "${input.colour}" },
		});
		const { status, request } = tried(action, "--input", '{"size": "big", "x": 1}');
		expect(status).toBe(1);
		expect(request).not.toHaveProperty("request");
		expect(request.problems).toEqual([
			"$.number: required, got nothing",
			"$.x: not in the contract",
			"$.size: expected integer, got string",
		]);
		expect(request.steps.flatMap(({ problem }: { problem?: string }) => problem ?? [])).toEqual([
			expect.stringContaining("requestUrlTemplate: $esc.url(${input.number}) has no value"),
			expect.stringContaining("requestTemplate: ${input.colour} has no value"),
		]);
	});

	test.each([
		{
			name: "a body that is no JSON",
			request: { requestTemplate: '{"number": "${input.number}"}' },
			input: 'a"b',
			note: /The body is no JSON/,
		},
		{
			name: "a URL that is not encoded",
			request: { requestUrlTemplate: "/x/${input.number}" },
			input: "a b",
			note: /The URL holds a character/,
		},
	])("warns of $name", ({ request, input, note }) => {
		const { status, request: shown } = tried(exported({ request }), "--input", JSON.stringify({ number: input }));
		expect(status).toBe(0);
		expect(shown.notes).toEqual([expect.stringMatching(note)]);
	});

	test.each([
		{ name: "a status of a failure", change: {}, args: ["--response", "{}", "--status", "404"], problem: /the target answered 404/ },
		{ name: "an answer that is no JSON", change: {}, args: ["--response", '"'], problem: /the target's answer is not JSON/ },
		{
			name: "a success template that gives none",
			change: { response: { successTemplate: "{${town}}" } },
			args: ["--response", "{}"],
			problem: /the success template did not give JSON/,
		},
		{
			name: "an output of another type",
			change: { output: { properties: { town: { type: "integer" } } } },
			args: ["--response", '{"parcels": [{"town": "Ulm"}]}'],
			problem: /\$\.town: expected integer, got string/,
		},
		{
			name: "a path that cannot be followed",
			change: { response: { translationMap: { town: "$.parcels.max()" } } },
			args: ["--response", "{}"],
			problem: /translationMap\.town: functions other than/,
		},
	])("$name makes the action fail", ({ change, args, problem }) => {
		const { status, answer } = tried(exported(change), "--input", '{"number": "1"}', ...args);
		expect(status).toBe(1);
		expect(answer.problem).toMatch(problem);
	});

	test.each([
		{ name: "a file that is not there", args: () => ["none.json"], says: /none\.json: Expected a file that can be read/ },
		{
			name: "another document",
			args: () => [folder.add("json", { name: "x" })],
			says: /Expected a data action with name, contract and config, got contract: /,
		},
		{
			name: "an input that is no JSON",
			args: () => [example, "--input", "number=1"],
			says: /Expected JSON or the path of a file, got "number=1"/,
		},
		{ name: "an input that is no object", args: () => [example, "--input", "[1]"], says: /Expected --input to be an object, got an array/ },
		{ name: "a status that is none", args: () => [example, "--status", "99"], says: /a whole number from 100 to 599/ },
	])("$name ends with 2", ({ args, says }) => {
		const { status, err } = run(...args());
		expect(status).toBe(2);
		expect(err).toMatch(says);
	});
});

describe("Terraform's form", () => {
	const resource = (name: string, url: string) => `resource "genesyscloud_integration_action" "${name}" {
  name           = "${name}"
  category       = var.category
  contract_input = jsonencode({ "type" = "object", "required" = ["id"], "properties" = { "id" = { "type" = "string" } } })
  contract_output = jsonencode({ "type" = "object", "properties" = {} })
  config_request {
    request_type         = "GET"
    request_url_template = "${url}"
  }
  config_response {}
}
`;

	test("is read from a .tf file, an action by its name", () => {
		const file = folder.write("main.tf", `${resource("one", "/one/$${input.id}")}\n${resource("two", "$${input.id}/${var.x}")}`);
		const { status, out } = run(file, "--name", "two", "--input", '{"id": "5"}', "--json");
		expect(status).toBe(0);
		expect(JSON.parse(out)).toMatchObject({ name: "two", request: { request: { method: "GET", url: "5/<var.x>" } } });
		expect(run(file).err).toMatch(/main\.tf: Expected --name with one of its actions, one, two, got none/);
		expect(run(file, "--name", "three").err).toMatch(/got "three"/);
	});

	test("and from .tf.json", () => {
		const schema = JSON.stringify({ type: "object", properties: {} });
		const action = {
			name: "A",
			category: "C",
			contract_input: schema,
			contract_output: schema,
			config_request: [{ request_type: "GET", request_url_template: "/a" }],
		};
		const file = folder.write("main.tf.json", { resource: { genesyscloud_integration_action: { a: action } } });
		expect(run(file).out).toContain("GET /a\n");
	});

	test.each([
		{ name: "no such resource", text: "locals {\n  x = 1\n}\n", says: /Expected a resource "genesyscloud_integration_action", got none/ },
		{ name: "no Terraform", text: "resource {", says: /line 1: Expected a name, got the end of the file/ },
		{
			name: "a contract that is worked out",
			text: resource("a", "/a").replace(/jsonencode\(\{ "type" = "object", "req.*\)/, "local.schema"),
			says: /Expected contract_input to be JSON, got /,
		},
	])("$name is told", ({ text, says }) => {
		const { status, err } = run(folder.write("wrong.tf", text));
		expect(status).toBe(2);
		expect(err).toMatch(says);
	});
});
