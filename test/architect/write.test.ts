import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readFlow } from "../../architect/read.ts";
import { writeFlow } from "../../architect/write.ts";
import { compileResponse } from "../../response/compile.ts";
import { twoTiers } from "../response/plans.ts";
import { anyWorkflow, withoutPlaces } from "./workflows.ts";

describe("writeFlow", () => {
	test("writes what is read back as the same workflow, whatever stands in it", () => {
		fc.assert(
			fc.property(anyWorkflow, (workflow) => {
				const read = readFlow(writeFlow(workflow), "flow.yaml");
				expect("findings" in read ? read.findings : withoutPlaces(read.workflow)).toEqual(withoutPlaces(workflow));
			}),
			{ seed: 20261124, numRuns: 300 },
		);
	});

	test("uses no inline map or list in a compiled workflow", () => {
		const text = writeFlow(compileResponse(twoTiers));
		const bare = text.split("\n").map((line) => line.replace(/"(?:[^"\\]|\\.)*"/g, ""));
		expect(bare.filter((line) => /[{}[\]]/.test(line))).toEqual([]);
	});

	test("quotes every text, and the paths yes and no", () => {
		const text = writeFlow(compileResponse(twoTiers));
		const values = text
			.split("\n")
			.flatMap((line) => /^\s*(?:- )?(?:lit|exp|var|variable|name|refId|startUpRef): (.*)$/.exec(line)?.[1] ?? []);
		expect(values.filter((value) => !/^(?:"(?:[^"\\]|\\.)*"|-?\d+|true|false)$/.test(value))).toEqual([]);
		expect(text).toContain('"yes":');
		expect(text).not.toMatch(/^\s*(?:yes|no):/m);
	});

	test("gives equal text for equal workflows", () => {
		expect(writeFlow(compileResponse(structuredClone(twoTiers)))).toBe(writeFlow(compileResponse(twoTiers)));
	});
});
