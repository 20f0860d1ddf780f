import { describe, expect, it } from "vitest";
import { lintFlow } from "../../architect/lint.ts";
import { readFlow } from "../../architect/read.ts";
import { simulate } from "../../architect/simulate.ts";
import { writeFlow } from "../../architect/write.ts";
import { closing, flowText, variableText } from "./flowText.ts";
import { withoutPlaces } from "./workflows.ts";

const end = (reason: string) => `- endWorkflow:\n    name: "End"\n    exitReason:\n      lit: "${reason}"`;
const endTask = (path: string) => `- endTask:\n    name: "Back"\n    outputPath:\n      name: "${path}"`;
const pad = (text: string, by: number) => text.replace(/^(?=.)/gm, " ".repeat(by));
const callTask = (outputs = "") => `- callTask:\n    name: "Call"\n    targetTaskRef: "/workflow/tasks/task[T]"\n${pad(outputs, 4)}`;
const outputs = (paths: Readonly<Record<string, string>>, otherwise?: string) =>
	[
		"outputs:",
		...(otherwise === undefined ? [] : [`  default:\n    actions:\n${pad(otherwise, 6)}`]),
		...(Object.keys(paths).length === 0 ? [] : ["  paths:"]),
		...Object.entries(paths).map(([name, actions]) => `    - path:\n        name: "${name}"\n        actions:\n${pad(actions, 10)}`),
	].join("\n");
const task = (actions: string) => `- task:\n    name: "Task"\n    refId: "T"\n    actions:\n${pad(actions, 6)}`;
const decide = (exp: string, yes: string) =>
	`- decision:\n    name: "If"\n    condition:\n      exp: "${exp}"\n    outputs:\n      "yes":\n        actions:\n${pad(yes, 10)}`;
const flag = variableText("boolean", "Flow.flag", "false", true);
const twoEnds = task(`${decide("Flow.flag", endTask("late"))}\n${endTask("default")}`);
const flow = (actions: string, tasks = twoEnds) => flowText({ variables: flag, actions, tasks });

function readOf(text: string) {
	const read = readFlow(text, "flow.yaml");
	if ("findings" in read) throw new Error(JSON.stringify(read.findings));
	return read.workflow;
}
function reasonOf(text: string, isFlagged: boolean): string | undefined {
	const step = simulate(readOf(text), { "Flow.flag": isFlagged }, { now: 0 }).next();
	return step.done === true ? step.value.exitReason : undefined;
}
const rulesOf = (text: string, ours = false) =>
	lintFlow(text, { file: "flow.yaml", ours }).map(({ rule, severity }) => `${rule} ${severity}`);

describe("a task that ends on paths", () => {
	const both = flow(callTask(outputs({ late: end("late") }, end("default"))));

	it("is read, and written as it was read", () => {
		const workflow = readOf(both);
		expect(withoutPlaces(workflow.states[0]?.actions)).toMatchObject([
			{
				kind: "callTask",
				target: "T",
				default: [{ kind: "endWorkflow" }],
				paths: [{ name: "late", actions: [{ exitReason: { lit: "late" } }] }],
			},
		]);
		expect(withoutPlaces(readOf(writeFlow(workflow)))).toEqual(withoutPlaces(workflow));
	});

	it("leads to the path of the caller that it names", () => {
		expect(reasonOf(both, true)).toBe("late");
		expect(reasonOf(both, false)).toBe("default");
	});

	it("goes on with the next action where the caller has no such path, or no actions in it", () => {
		const open = flow(`${callTask(outputs({}, end("default")))}\n${end("next")}`);
		expect([reasonOf(open, true), reasonOf(open, false)]).toEqual(["next", "default"]);
		const bare = flow(`${callTask()}\n${end("next")}`);
		expect([reasonOf(bare, true), reasonOf(bare, false)]).toEqual(["next", "next"]);
	});

	it.each([
		{ name: "all paths handled and closed", text: both, found: [] },
		{ name: "a path not handled", text: flow(`${callTask(outputs({}, end("d")))}\n${closing}`), found: ["outputs-unhandled warning"] },
		{
			name: "a path on which the task never ends",
			text: flow(callTask(outputs({ late: end("l"), never: end("n") }, end("d")))),
			found: ["output-path warning"],
		},
		{
			name: "the default path left out by a task that never ends on it",
			text: flow(callTask(outputs({ late: end("l") })), task(endTask("late"))),
			found: [],
		},
		{
			name: "an action after all paths have closed",
			text: flow(`${callTask(outputs({ late: end("l") }, end("d")))}\n${closing}`),
			found: ["unreachable error"],
		},
		{ name: "a path that falls off the end", text: flow(callTask(outputs({ late: end("l") }))), found: ["unclosed-path error"] },
	])("is linted: $name", ({ text, found }) => {
		expect(rulesOf(text)).toEqual(found);
		expect(rulesOf(text, true)).toEqual(found.map((each) => each.replace("warning", "error")));
	});
});

describe("endState", () => {
	it("ends the run without an exit reason, in a state only", () => {
		const text = flowText({ actions: '- endState:\n    name: "Over"' });
		expect(rulesOf(text)).toEqual([]);
		const step = simulate(readOf(text), {}, { now: 0 }).next();
		expect(step).toMatchObject({ done: true, value: { outcome: "completed", actions: 1 } });
		expect(step.value).not.toHaveProperty("exitReason");
		const misplaced = flow(`${callTask()}\n${closing}`, task('- endState:\n    name: "Over"'));
		expect(rulesOf(misplaced)).toEqual(["state-only error"]);
		expect(() => simulate(readOf(misplaced), {}, { now: 0 })).toThrow("Expected endState in a state, got it inside a task.");
	});
});

describe("the platform's own variables", () => {
	it("are known to a run", () => {
		const text = flowText({ actions: '- endWorkflow:\n    name: "End"\n    exitReason:\n      exp: "ToString(Flow.StartDateTimeUtc)"' });
		expect(simulate(readOf(text), {}, { now: Date.UTC(2026, 0, 31) }).next().value).toMatchObject({ exitReason: "2026-01-31T00:00:00Z" });
	});
});

describe("variables of further types", () => {
	it.each([
		["currency", '"5.00|USD"'],
		["phoneNumber", '"+13178723000"'],
		["dateTime", '"2026-01-31T06:30:00Z"'],
	])("%s takes a text of its form as its first value, and no other", (type, literal) => {
		const text = (initial: string) => flowText({ variables: variableText(type, "Flow.x", initial) });
		expect(rulesOf(text(literal))).toEqual([]);
		expect(simulate(readOf(text(literal)), {}, { now: 0 }).next().done).toBe(true);
		expect(rulesOf(text('"no such thing"'))).toEqual(["type error"]);
	});

	it.each(["queue", "user", "skill", "language", "group", "wrapupCode", "decimalCollection", "phoneNumberCollection"])(
		"%s is read",
		(type) => {
			expect(readOf(flowText({ variables: variableText(type, "Flow.x") })).variables[0]?.type).toBe(type);
		},
	);

	it.each(["externalContact", "schedule", "date"])("%s is refused by name and line", (type) => {
		const read = readFlow(flowText({ variables: variableText(type, "Flow.x") }), "flow.yaml");
		expect("findings" in read && read.findings.map(({ line, rule, message }) => `${line} ${rule} ${message}`)).toEqual([
			expect.stringMatching(new RegExp(`^5 variable-type .*got "${type}Variable"; allowed: \\w+Variable, `)),
		]);
	});
});
