import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lintFlow } from "../../architect/lint.ts";
import { readFlow } from "../../architect/read.ts";
import { FlowRefused, InputError, simulate } from "../../architect/simulate.ts";
import { writeFlow } from "../../architect/write.ts";
import { closing, flowText } from "./flowText.ts";
import { mutated } from "./mutations.ts";
import { anyWorkflow } from "./workflows.ts";

/** Runs a flow with timeouts for all calls; refusals are answers, anything else thrown is a fault. */
function runs(text: string): void {
	const read = readFlow(text, "flow.yaml");
	if ("findings" in read) return;
	try {
		const steps = simulate(read.workflow, {}, { now: 0 });
		let now = 0;
		let step = steps.next();
		while (!step.done) {
			now += step.value.kind === "wait" ? step.value.seconds * 1000 : 1000;
			step = steps.next({ now, ...(step.value.kind === "callData" ? { result: { kind: "timeout" } } : {}) });
		}
	} catch (error) {
		if (!(error instanceof FlowRefused || error instanceof InputError)) throw error;
	}
}

describe("whatever stands in a file", () => {
	it("reading, linting and running it throws nothing but a refusal, and each finding has a place", () => {
		fc.assert(
			fc.property(mutated, fc.boolean(), (text, ours) => {
				const lines = text.split("\n").length;
				for (const finding of lintFlow(text, { file: "flow.yaml", ours })) {
					expect(finding.line).toBeLessThanOrEqual(lines);
					expect(Math.min(finding.line, finding.column)).toBeGreaterThanOrEqual(1);
				}
				runs(text);
			}),
			{ seed: 20261124, numRuns: 300 },
		);
	});

	it("a workflow without errors is one that runs", () => {
		const clean = (text: string) =>
			lintFlow(text, { file: "flow.yaml", substitutions: {} }).every(({ severity }) => severity === "warning");
		const judge = (text: string) => {
			const read = readFlow(text, "flow.yaml");
			if (!clean(text) || "findings" in read) return;
			expect(() => simulate(read.workflow, {}, { now: 0 })).not.toThrow();
		};
		fc.assert(fc.property(fc.oneof(mutated, anyWorkflow.map(writeFlow)), judge), { seed: 20261124, numRuns: 300 });
	});
});

describe("nesting", () => {
	const nested = (levels: number) => {
		const decision = '- decision:\n    condition:\n      exp: "true"\n    outputs:\n      "yes":\n        actions:';
		const indented = (text: string, level: number) => text.replace(/^/gm, " ".repeat(10 * level));
		const outer = Array.from({ length: levels }, (_, level) => indented(decision, level));
		return flowText({ actions: [...outer, indented(closing, levels), closing].join("\n") });
	};

	it("of ninety actions is read, linted and run", () => {
		expect(lintFlow(nested(90), { file: "flow.yaml" })).toEqual([]);
		expect(() => runs(nested(90))).not.toThrow();
	});

	it.each([110, 400])("of %i actions is one finding with its line", (levels) => {
		const found = lintFlow(nested(levels), { file: "flow.yaml" });
		expect(found.map(({ rule }) => rule)).toEqual(["nesting"]);
		expect(found[0]?.line).toBeGreaterThan(100);
	});

	it("of thousands of tasks that call each other is a finding", () => {
		const task = (index: number, next: string) =>
			`- task:\n    name: "T"\n    refId: "T${index}"\n    actions:\n${next}      - endTask:\n          name: "E"`;
		const call = (index: number) => `      - callTask:\n          name: "C"\n          targetTaskRef: "/workflow/tasks/task[T${index}]"\n`;
		const tasks = Array.from({ length: 4000 }, (_, index) => task(index, index < 3999 ? call(index + 1) : "")).join("\n");
		const text = flowText({ actions: `${call(0).replace(/^ {6}/gm, "").trimEnd()}\n${closing}`, tasks });
		expect(lintFlow(text, { file: "flow.yaml" }).map(({ rule }) => rule)).toContain("nesting");
	});
});

describe("a file with more against it than anybody reads", () => {
	it("tells a thousand findings, and how many there are", () => {
		const text = flowText({ actions: Array.from({ length: 1500 }, () => `- wait:\n    duration:\n      exp: "Flow.none"`).join("\n") });
		const found = lintFlow(text, { file: "flow.yaml" });
		expect(found.length).toBe(1001);
		expect(found.at(-1)).toMatchObject({ rule: "too-many", severity: "error" });
	});
});
