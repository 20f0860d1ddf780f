import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Finding } from "../../architect/model.ts";
import { lintFlows } from "../../commands/lintFlow.ts";
import { closing, markedLine } from "../architect/flowText.ts";
import { broken, flow, set, wait } from "./brokenFlows.ts";
import { type Ended, Folder, runCommand, runInProcess } from "./command.ts";

const folder = new Folder();

afterAll(() => folder.remove());

const lint = (args: readonly string[]) => runInProcess(lintFlows, args);

const findingsOf = ({ out }: Ended): readonly Finding[] => JSON.parse(out).findings;

const examples = readdirSync("examples/flows")
	.filter((name) => name.endsWith(".yaml"))
	.toSorted();

describe("lint:flow", () => {
	it("lists what becomes of each action", () => {
		const { status, out } = lint(["--actions"]);
		expect(status).toBe(0);
		expect(out).toMatch(/^Run, and checked in full by the linter:\n {4}callData, callTask, /);
		expect(out).toMatch(/\n {4}dataTableLookup, .*setConversationData\n/);
	});

	it("has no error against the examples", () => {
		const ended = runCommand("lintFlow", [...examples.map((name) => join("examples/flows", name)), "--json"]);
		expect({ status: ended.status, err: ended.err }).toEqual({ status: 0, err: "" });
		expect(examples.length).toBeGreaterThanOrEqual(5);
		expect(findingsOf(ended).filter(({ severity }) => severity === "error")).toEqual([]);
	});

	describe("tells the line, the rule and a remedy of", () => {
		const files = broken.map(({ text }, index) => folder.write(`broken-${index}.yaml`, text));
		const ended = lint([...files, "--json"]);
		const all = findingsOf(ended);

		it("all of them at once, and ends with 1", () => {
			expect(ended.status).toBe(1);
			expect(ended.err).not.toContain("    at ");
			expect(Object.keys(JSON.parse(ended.out))).toEqual(["findings"]);
			for (const finding of all) {
				expect(finding).toEqual({
					file: expect.any(String),
					line: expect.any(Number),
					column: expect.any(Number),
					rule: expect.stringMatching(/^[a-z][a-z-]+$/),
					severity: expect.stringMatching(/^(?:error|warning)$/),
					message: expect.stringMatching(/^(?:Expected|In) .+/s),
					remedy: expect.stringMatching(/\w+.*\.$/s),
				});
			}
		});

		it.each(broken.map((each, index) => ({ ...each, file: files[index] })))("$name", ({ file, text, rule, line, severity = "error" }) => {
			const own = all.filter((finding) => finding.file === file).map((finding) => `${finding.line} ${finding.rule} ${finding.severity}`);
			expect(own).toContain(`${line ?? markedLine(text)} ${rule} ${severity}`);
			if (severity === "warning") expect(own.filter((each) => each.endsWith("error"))).toEqual([]);
		});
	});

	it("reads a file with a byte order mark and with the line ends of Windows, at its places", () => {
		const text = flow(`- waitt: # here\n    name: x\n${closing}`);
		const [plain, windows] = [folder.write("plain.yaml", text), folder.write("windows.yaml", `\uFEFF${text.replaceAll("\n", "\r\n")}`)];
		const places = findingsOf(lint([plain, windows, "--json"])).map(({ line, column, rule }) => [line, column, rule]);
		expect(places).toEqual(Array(2).fill([markedLine(text), 13, "unknown-action"]));
	});

	it("takes substitutions with a byte order mark", () => {
		const file = folder.write("marked.yaml", flow(closing.replace("done", "{{reason}}")));
		const { status, err } = lint([file, "--substitutions", folder.write("marked.json", '\uFEFF{"reason": "done"}')]);
		expect({ status, err }).toEqual({ status: 0, err: "" });
	});

	it("says on a terminal what is wrong, where, and what to do", () => {
		const file = folder.write("mistyped.yaml", flow(`${set("string", "Flow.text", "lit: 5")}\n${closing}`));
		expect(lint([file])).toEqual({
			status: 1,
			out: `${file}:40:23 error type: Expected the value for Flow.text of "Set" to be of type string, got a literal of another type.\n    Convert it (ToString, ToInt, …), or change the type.\n1 error, 0 warnings in 1 file\n`,
			err: "",
		});
	});

	it("never lets a text of the file move the cursor", () => {
		const { out } = lint([folder.write("escape.yaml", '"\\e[2J\\e[31mworkflow": x\n')]);
		expect(out).not.toContain("\u001b");
	});

	describe("with substitutions", () => {
		const text = flow(closing, { head: 'startUpRef: "/workflow/states/state[A]"\ndivision: "{{division}}"\ndescription: "{{text}}"' });
		const one = folder.write("one.yaml", text);
		const other = folder.write("other.yaml", text.replace("{{text}}", "{{more}}"));
		const judge = (values: unknown, ...files: string[]) => {
			const ended = lint([...files, "--substitutions", folder.write("substitutions.json", values), "--json"]);
			return { status: ended.status, found: findingsOf(ended).map(({ file, line, rule }) => `${basename(file)}:${line} ${rule}`) };
		};

		it.each([
			{ name: "every placeholder and every value used", values: { division: "Home", text: "x" }, status: 0, found: [] },
			{ name: "a placeholder left", values: { division: "Home" }, status: 1, found: ["one.yaml:5 placeholder-unknown"] },
			{
				name: "a value that is not used",
				values: { division: "Home", text: "x", other: "y" },
				status: 0,
				found: ["one.yaml:1 substitution-unused"],
			},
			{ name: "an unsafe value", values: { division: 'a"b', text: "x" }, status: 1, found: ["one.yaml:4 substitution-unsafe"] },
		])("judges $name", ({ values, status, found }) => {
			expect(judge(values, one)).toEqual({ status, found });
		});

		it("takes one file for several workflows: a value must be used by one of them", () => {
			expect(judge({ division: "Home", text: "x", more: "y" }, one, other)).toEqual({ status: 0, found: [] });
			expect(judge({ division: "Home", text: "x", more: "y", none: "z" }, one, other).found).toEqual(["one.yaml:1 substitution-unused"]);
		});
	});

	describe("ends with 2 and one line", () => {
		const good = folder.write("good.yaml", flow(closing));
		it.each<[string, readonly string[], RegExp]>([
			["no file", [], /^error: missing required argument 'file'.*\n$/],
			["an unknown option", [good, "--nope"], /^error: unknown option '--nope'.*\n$/],
			[
				"a file that is not there",
				[join(folder.path, "none.yaml")],
				/none\.yaml: Expected a file that can be read, got nothing of this name\.\n$/,
			],
			[
				"a file in another encoding",
				[folder.write("utf16.yaml", new Uint8Array([0xff, 0xfe, 0x77, 0]))],
				/Expected text in UTF-8, got another encoding/,
			],
			["a folder", [folder.path], /Expected a file that can be read, got a folder\.\n$/],
			[
				"substitutions that are no JSON",
				[good, "--substitutions", folder.write("bad.json", "{")],
				/bad\.json: Expected JSON, got [^\n]*\n$/,
			],
			["substitutions that are a list", [good, "--substitutions", folder.write("list.json", [])], /to be an object, got an array\.\n$/],
			["a substitution that is a number", [good, "--substitutions", folder.write("n.json", { a: 1 })], /"a" to be a text, got 1\.\n$/],
		])("for %s", (_, args, message) => {
			const { status, out, err } = lint(args);
			expect({ status, out }).toEqual({ status: 2, out: "" });
			expect(err).toMatch(message);
			expect(err.trimEnd()).not.toContain("\n");
		});

		it("and still tells what is wrong with the files that it could read", () => {
			const ended = lint([join(folder.path, "none.yaml"), folder.write("flawed.yaml", flow(wait)), "--json"]);
			expect(ended.status).toBe(2);
			expect(findingsOf(ended).map(({ rule }) => rule)).toEqual(["unclosed-path"]);
		});
	});

	it("reads more than two megabytes: thousands of states that lead on to each other", () => {
		const state = (index: number, next: string) =>
			`    - state:\n        name: "S${index}"\n        refId: "S${index}"\n        actions:\n          - updateData:\n              name: "${"Say so ".repeat(80)}"\n              statements:\n                - string:\n                    variable: Flow.text\n                    value:\n                      exp: "Append(Flow.text, \\"x\\")"\n${next}`;
		const go = (to: number) =>
			`          - changeState:\n              name: Go\n              targetStateRef: "/workflow/states/state[S${to}]"\n`;
		const count = 2400;
		const states = Array.from({ length: count }, (_, index) =>
			state(index, index + 1 < count ? go(index + 1) : `${closing.replace(/^/gm, "          ")}\n`),
		);
		const head = flow(closing, { head: 'startUpRef: "/workflow/states/state[S0]"' }).split("    - state:")[0] ?? "";
		const text = head + states.reverse().join("");
		expect(text.length).toBeGreaterThan(2_100_000);
		const { status, out, err } = lint([folder.write("long.yaml", text)]);
		expect({ status, out }).toEqual({ status: 0, out: "0 errors, 0 warnings in 1 file\n" });
		expect(err).toMatch(/^Reading .*long\.yaml, \d\.\d million characters …\n$/);
	});

	it("--help tells the usage and ends with 0", () => {
		const { status, out } = runCommand("lintFlow", ["--help"]);
		expect(status).toBe(0);
		expect(out).toContain("--substitutions <file>");
	});

	it("stands in the README's examples: every workflow has an input and a world", () => {
		for (const name of examples) {
			for (const kind of ["input", "world"]) {
				expect(() => JSON.parse(readFileSync(join("examples/flows", name.replace(".yaml", `.${kind}.json`)), "utf8"))).not.toThrow();
			}
		}
	});
});
