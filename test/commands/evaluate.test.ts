import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { evaluateExpression } from "../../commands/evaluate.ts";
import { Folder, runCommand, runInProcess } from "./command.ts";

const folder = new Folder();
afterAll(() => folder.remove());

const run = (args: readonly string[]) => runInProcess(evaluateExpression, args);
const runOn = (input: string) => runCommand("evaluate", [], input);

describe("one expression", () => {
	it.each([
		["1 + 2", "integer 3\n"],
		['Append("a", "\\n")', 'string "a\\n"\n'],
		["ToInt(NOT_SET)", "integer NOT_SET\n"],
		["-3", "integer -3\n"],
	])("%s prints its type and value", (expression, out) => {
		expect(run(["--", expression])).toEqual({ status: 0, out, err: "" });
	});

	it("is answered in JSON on demand", () => {
		expect(run(["MakeList(1, NOT_SET)", "--json"])).toEqual({ status: 0, out: '{"type":"integerCollection","value":[1,null]}\n', err: "" });
		const { status, out, err } = run(["Length(NOT_SET)", "--json"]);
		expect({ status, err }).toEqual({ status: 1, err: "" });
		expect(JSON.parse(out)).toEqual({
			error: { kind: "not-set", message: "Expected argument 1 of Length to be set, got NOT_SET.", position: 8 },
		});
	});

	it("with an error points at its place", () => {
		expect(run(["1 + Length(NOT_SET)"])).toEqual({
			status: 1,
			out: "",
			err: "not-set at 12: Expected argument 1 of Length to be set, got NOT_SET.\n  1 + Length(NOT_SET)\n             ^\n",
		});
	});

	it("with an error far inside shows what stands around it", () => {
		const { err } = run([`${"1 + ".repeat(40)}\n1 / 0${" + 1".repeat(40)}`]);
		const [, shown = "", caret = ""] = err.split("\n");
		expect(shown.trim()).toMatch(/^….*…$/);
		expect(shown.length).toBeLessThan(110);
		expect(shown[caret.indexOf("^")]).toBe("/");
	});

	it("reads variables, entities, the time and the seed", () => {
		const variables = folder.write(
			"variables.json",
			'{"Flow.at": {"type": "dateTime", "value": "2026-01-31T06:30:00Z"}, "Flow.none": null, "Flow.n": 2}',
		);
		const entities = folder.write("entities.json", '{"queues": [{"id": "1", "name": "Marketing"}]}');
		const value = (expression: string) => {
			const args = ["--variables", variables, "--entities", entities, "--now", "2026-01-31T06:31:00Z", "--seed", "7", "--json"];
			return JSON.parse(run([...args, expression]).out).value;
		};
		expect(value("DateTimeDiff(GetCurrentDateTimeUtc(), Flow.at)")).toBe("PT1M");
		expect(value("If(IsSet(flow.NONE), 0, Flow.n)")).toBe(2);
		expect(value('FindQueue("marketing")')).toEqual({ id: "1", name: "Marketing" });
		expect(value("RandomInt(1, 1000000)")).toBe(value("RandomInt(1, 1000000)"));
	});
});

describe("lines of standard input", () => {
	it("are answered one for one, the empty ones too", () => {
		const { status, out, err } = runOn('1 + 1\n\n"é"\r\nFoo()');
		expect({ status, err }).toEqual({ status: 1, err: "" });
		expect(
			out
				.trimEnd()
				.split("\n")
				.map((line) => JSON.parse(line)),
		).toEqual([
			{ type: "integer", value: 2 },
			{ error: { kind: "syntax", message: expect.any(String), position: 1 } },
			{ type: "string", value: "é" },
			{ error: { kind: "unknown-function", message: expect.any(String), position: 1 } },
		]);
	});

	it("all right end with 0, none too", () => {
		expect(runOn("1\n2\n")).toEqual({ status: 0, out: '{"type":"integer","value":1}\n{"type":"integer","value":2}\n', err: "" });
		expect(runOn("")).toEqual({ status: 0, out: "", err: "" });
	});
});

describe("wrong usage ends with 2 and one line", () => {
	it.each<[string, () => readonly string[], RegExp]>([
		["an unknown option", () => ["--nope"], /^error: unknown option '--nope' \(Did you mean --now\?\) \(--help shows what is allowed\)\n$/],
		["two expressions", () => ["1", "2"], /^error: too many arguments.*\n$/],
		["a seed that is no number", () => ["1", "--seed", "x"], /^error: .*Expected a whole number of at most 15 digits\..*\n$/],
		["a time that is none", () => ["1", "--now", "noon"], /^error: .*Expected a date-time such as 2026-01-31T06:30:00Z\..*\n$/],
		[
			"a file that is not there",
			() => ["1", "--variables", join(folder.path, "none.json")],
			/none\.json: Expected a file that can be read, got nothing of this name\.\n$/,
		],
		["a file that is no JSON", () => ["1", "--variables", folder.write("bad.json", "{")], /bad\.json: Expected JSON, got [^\n]*\n$/],
		[
			"a wrong variable",
			() => ["1", "--variables", folder.write("names.json", '{"x": 1}')],
			/names\.json: Expected a variable's name with its scope[^\n]*\n$/,
		],
		["wrong entities", () => ["1", "--entities", folder.write("kinds.json", '{"x": 1}')], /kinds\.json: Expected one of users, [^\n]*\n$/],
	])("%s", (_, args, message) => {
		const { status, out, err } = run(args());
		expect({ status, out }).toEqual({ status: 2, out: "" });
		expect(err).toMatch(message);
		expect(err.trimEnd()).not.toContain("\n");
	});

	it("--help tells the usage and ends with 0", () => {
		const { status, out } = runCommand("evaluate", ["--help"]);
		expect(status).toBe(0);
		expect(out).toContain("--variables <file>");
	});
});
