import { readFileSync } from "node:fs";
import { afterAll, describe, expect, it } from "vitest";
import { lintFlows } from "../../commands/lintFlow.ts";
import { closing } from "../architect/flowText.ts";
import { flow, wait } from "./brokenFlows.ts";
import { Folder, runInProcess } from "./command.ts";

const folder = new Folder();
afterAll(() => folder.remove());

const lint = (...args: readonly string[]) => runInProcess(lintFlows, args);
const bare = flow(closing.replace('"done"', "no # why"));
const quoted = bare.replace("lit: no # why", 'lit: "no" # why');
const line = bare.split("\n").findIndex((each) => each.endsWith("# why")) + 1;
const difference = (file: string) => `${file}:${line}\n-                 lit: no # why\n+                 lit: "no" # why\n`;

describe("lint:flow --fix", () => {
	it("writes the file, shows the lines that changed, and tells what is left", () => {
		const file = folder.write("bare.yaml", bare);
		expect(lint(file).out).toContain(`${file}:${line}:22 warning unquoted-word: `);
		const out = `${difference(file)}0 errors, 0 warnings in 1 file, 1 place mended in 1 file\n`;
		expect(lint(file, "--fix")).toEqual({ status: 0, out, err: "" });
		expect(readFileSync(file, "utf8")).toBe(quoted);
		expect(lint(file, "--fix")).toEqual({ status: 0, out: "0 errors, 0 warnings in 1 file\n", err: "" });
	});

	it("keeps a byte order mark and the line ends of Windows", () => {
		const windows = (text: string) => `\uFEFF${text.replaceAll("\n", "\r\n")}`;
		const file = folder.write("windows.yaml", windows(bare));
		expect(lint(file, "--fix").status).toBe(0);
		expect(readFileSync(file, "utf8")).toBe(windows(quoted));
	});

	it("ends with 1 where errors are left", () => {
		const file = folder.write("error.yaml", flow(wait.replace('"Wait"', "on")));
		const { status, out } = lint(file, "--fix");
		expect(status).toBe(1);
		expect(out).toMatch(/ error unclosed-path: .*\n1 error, 0 warnings in 1 file, 1 place mended in 1 file\n$/s);
	});

	it("leaves a file alone that does not parse", () => {
		const text = `${bare}  x: "`;
		const file = folder.write("unparsed.yaml", text);
		expect(lint(file, "--fix").status).toBe(1);
		expect(readFileSync(file, "utf8")).toBe(text);
	});

	it("--json tells the changes before the findings", () => {
		const file = folder.write("json.yaml", bare);
		expect(JSON.parse(lint(file, "--fix", "--json").out)).toEqual({
			changes: [{ file, line, column: 22, rule: "unquoted-word", from: "no", to: '"no"' }],
			findings: [],
		});
	});
});

describe("lint:flow --fix --dry-run", () => {
	it("shows the same lines and writes nothing", () => {
		const file = folder.write("dry.yaml", bare);
		const { status, out } = lint(file, "--fix", "--dry-run");
		expect(status).toBe(0);
		expect(out.startsWith(difference(file))).toBe(true);
		expect(out).toMatch(/\n0 errors, 1 warning in 1 file, would mend 1 place in 1 file\n$/);
		expect(readFileSync(file, "utf8")).toBe(bare);
	});

	it("alone ends with 2", () => {
		const { status, out, err } = lint(folder.write("alone.yaml", bare), "--dry-run");
		expect({ status, out }).toEqual({ status: 2, out: "" });
		expect(err).toBe("error: expected --dry-run together with --fix, got it alone (--help shows what is allowed)\n");
	});
});
