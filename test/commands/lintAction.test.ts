import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { lintDataActions } from "../../commands/lintAction.ts";
import { exported } from "../rehearsal/dataActions/actionParts.ts";
import { Folder, runCommand, runInProcess } from "./command.ts";

const folder = new Folder();

afterAll(() => folder.remove());

const lint = (...args: readonly string[]) => runInProcess(lintDataActions, args);

const examples = readdirSync("examples/actions")
	.filter((name) => !/\.(?:input|response)\.json$/.test(name))
	.map((name) => join("examples/actions", name));

describe("lint:action", () => {
	it("has nothing against the examples", () => {
		expect(examples).not.toEqual([]);
		expect(runCommand("lintAction", examples)).toEqual({ status: 0, out: "0 errors, 0 warnings in 1 file\n", err: "" });
	});

	it("says on a terminal what is wrong, where, and what to do", () => {
		const file = folder.add("json", exported({ request: { requestTemplate: '{\n"days": ${input.dayz}}' }, timeoutSeconds: 90 }));
		expect(lint(file)).toEqual({
			status: 1,
			out: `${file} config.timeoutSeconds error limit: Expected whole seconds from 1 to 60, got 90.\n    Leave it out for 60, or write a number in between.\n${file} config.request.requestTemplate:2:9 warning unknown-input: Expected an input that the contract has (number, days), got \${input.dayz}.\n    Write \${input.days}.\n1 error, 1 warning in 1 file\n`,
			err: "",
		});
	});

	it("prints findings for a machine; warnings alone end with 0", () => {
		const file = folder.add("json", exported({ request: { requestUrlTemplate: "http://parcels.example.com" } }));
		const { status, out } = lint(file, "--json");
		expect({ status, findings: JSON.parse(out) }).toEqual({
			status: 0,
			findings: {
				findings: [
					{
						file,
						path: "config.request.requestUrlTemplate",
						rule: "plain-http",
						severity: "warning",
						message: "Expected https, got http://parcels.example.com.",
						remedy: "Write https: what is sent can be read on the way.",
					},
				],
			},
		});
	});

	it.each<[string, readonly string[], RegExp]>([
		["no file", [], /^error: missing required argument 'file'.*\n$/],
		["an unknown option", ["x.json", "--nope"], /^error: unknown option '--nope'.*\n$/],
		[
			"a file that is not there",
			[join(folder.path, "none.json")],
			/none\.json: Expected a file that can be read, got nothing of this name\.\n$/,
		],
		[
			"Terraform's language",
			[folder.write("main.tf", 'resource "a" "b" {\n}\n')],
			/main\.tf: Expected a resource "genesyscloud_integration_action", got none\.\n$/,
		],
		["other JSON", [folder.write("other.json", {})], /other\.json: Expected a data action [^\n]*, got other JSON\.\n$/],
	])("ends with 2 and one line for %s", (_, args, message) => {
		const { status, out, err } = lint(...args);
		expect({ status, out }).toEqual({ status: 2, out: "" });
		expect(err).toMatch(message);
		expect(err.trimEnd()).not.toContain("\n");
	});

	it("still tells what is wrong with the files that it could read", () => {
		const flawed = folder.add("json", exported({ request: { requestType: "FETCH" } }));
		const { status, out } = lint(join(folder.path, "none.json"), flawed, "--json");
		expect({ status, rules: JSON.parse(out).findings.map(({ rule }: { rule: string }) => rule) }).toEqual({ status: 2, rules: ["method"] });
	});
});
