import { relative } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, describe, expect, it } from "vitest";
import manifest from "../../architect/package.json" with { type: "json" };
import { rules } from "../../architect/rules.ts";
import { lintFlows } from "../../commands/lintFlow.ts";
import { closing } from "../architect/flowText.ts";
import { broken, flow, wait } from "./brokenFlows.ts";
import { Folder, runInProcess } from "./command.ts";
import { sarifSchema } from "./sarifSchema.ts";

interface Result {
	readonly ruleId: string;
	readonly ruleIndex: number;
	readonly level: string;
	readonly message: { readonly text: string };
	readonly locations: readonly {
		readonly physicalLocation: {
			readonly artifactLocation: { readonly uri: string };
			readonly region: { readonly startLine: number; readonly startColumn: number };
		};
	}[];
}

const folder = new Folder();
afterAll(() => folder.remove());

const lint = (...args: readonly string[]) => runInProcess(lintFlows, args);
const isSarif = new Ajv2020({ strict: true, allErrors: true }).compile(sarifSchema);

const runOf = (out: string) => {
	const log = JSON.parse(out);
	expect(isSarif(log) ? [] : isSarif.errors).toEqual([]);
	const [run, ...others] = log.runs;
	expect(others).toEqual([]);
	const results: readonly Result[] = run.results;
	return { driver: run.tool.driver, results };
};

describe("lint:flow --format sarif", () => {
	// Where reading a nest of thousands gives up depends on the stack that is left.
	const files = broken.filter(({ rule }) => rule !== "nesting").map(({ text }, index) => folder.write(`broken ${index}.yaml`, text));

	it("holds the findings of --json: rule, level, place and words", () => {
		const { status, out } = lint(...files, "--format", "sarif");
		expect(status).toBe(1);
		const { findings } = JSON.parse(lint(...files, "--json").out);
		const { results } = runOf(out);
		expect(results.length).toBeGreaterThan(broken.length / 2);
		const told = results.map(({ ruleId, level, message, locations: [location] }) => ({
			file: location?.physicalLocation.artifactLocation.uri,
			line: location?.physicalLocation.region.startLine,
			column: location?.physicalLocation.region.startColumn,
			rule: ruleId,
			severity: level,
			message: message.text,
		}));
		const expected = findings.map(({ file, message, remedy, ...rest }: Record<string, string>) => ({
			...rest,
			file: pathToFileURL(file ?? "").href,
			message: `${message} ${remedy}`,
		}));
		expect(told).toEqual(expected);
	});

	it("describes every rule once, and points from each result to its own", () => {
		const { driver, results } = runOf(lint(...files, "--format", "sarif").out);
		expect({ name: driver.name, version: driver.version }).toEqual({ name: "genesys-architect-tools", version: manifest.version });
		expect(driver.rules.map(({ id }: { readonly id: string }) => id)).toEqual(Object.keys(rules));
		for (const { ruleId, ruleIndex } of results) expect(driver.rules[ruleIndex].id).toBe(ruleId);
	});

	it("names files relative to the working folder, with forward slashes", () => {
		const file = "examples/flows/callback-queue.yaml";
		for (const path of [file, `./${file}`, relative(process.cwd(), file)]) {
			const { results } = runOf(lint(path, "--format", "sarif").out);
			expect(new Set(results.map(({ locations: [location] }) => location?.physicalLocation.artifactLocation.uri))).toEqual(new Set([file]));
		}
	});

	it("is a log without results for a flow without findings", () => {
		const { status, out } = lint(folder.write("good.yaml", flow(closing)), "--format", "sarif");
		expect({ status, results: runOf(out).results }).toEqual({ status: 0, results: [] });
	});
});

describe("lint:flow --format", () => {
	const file = folder.write("flawed.yaml", flow(wait));

	it("json is --json", () => {
		expect(lint(file, "--format", "json")).toEqual(lint(file, "--json"));
	});

	it.each([
		{ name: "another format", args: ["--format", "xml"], says: /Allowed choices are text, json, sarif\./ },
		{ name: "two formats", args: ["--json", "--format", "sarif"], says: /cannot be used with option/ },
	])("ends with 2 for $name", ({ args, says }) => {
		const { status, out, err } = lint(file, ...args);
		expect({ status, out }).toEqual({ status: 2, out: "" });
		expect(err).toMatch(says);
	});
});
