import { describe, expect, test } from "vitest";
import { lintFlow } from "../../architect/lint.ts";
import { readFlow } from "../../architect/read.ts";
import { simulate } from "../../architect/simulate.ts";
import { writeFlow } from "../../architect/write.ts";
import { closing, flowText, markedLine, variableText } from "./flowText.ts";

const variables = [
	variableText("string", "Flow.text", '""'),
	variableText("string", "Flow.other"),
	variableText("integer", "Flow.index"),
	variableText("boolean", "Flow.flag"),
].join("\n");
const flow = (actions: string, more: Parameters<typeof flowText>[0] = {}) => flowText({ variables, ...more, actions });

function found(text: string, substitutions?: Readonly<Record<string, string>>): string[] {
	const options = { file: "flow.yaml", ...(substitutions === undefined ? {} : { substitutions }) };
	return lintFlow(text, options).map(({ line, rule, severity }) => `${line} ${rule} ${severity}`);
}

const rulesOf = (findings: readonly string[]): (string | undefined)[] => findings.map((each) => each.split(" ")[1]);

function refused(text: string): string[] {
	const read = readFlow(text, "flow.yaml");
	return "findings" in read ? read.findings.map(({ line, rule, severity }) => `${line} ${rule} ${severity}`) : [];
}

/** Two lists of actions below `outputs`; an undefined one is left out. */
function outputs(paths: Readonly<Record<string, string>>): string {
	const written = Object.entries(paths).map(
		([name, actions]) => `      ${name}:\n        actions:\n${actions.replace(/^/gm, "          ")}`,
	);
	return `    outputs:\n${written.join("\n")}`;
}

const lookUp = '- dataTableLookup:\n    name: "Look up"\n    lookupValue:\n      exp: "Flow.text"\n    dataTable:\n      "Hours":\n';

describe("an action of the platform that is not modelled", () => {
	const table = `${lookUp}        foundOutputs:\n          Open:\n            var: Flow.other`;

	test("is a warning, and the rest of the flow is looked through", () => {
		const text = flow(
			`${table.replace("Lookup:", "Lookup: # here")}\n- wait:\n    name: "W"\n    duration:\n      exp: "Flow.none"\n${closing}`,
		);
		const line = markedLine(text);
		expect(found(text)).toEqual([
			`${line} unknown-action warning`,
			`${line + 12} variable-undeclared error`,
			`${line + 12} wait-bound warning`,
		]);
		expect(refused(text)).toEqual([`${line} unknown-action error`]);
	});

	test.each([
		{ name: "an expression", text: table.replace('exp: "Flow.text"', 'exp: "Flow.none" # here'), rule: "variable-undeclared error" },
		{
			name: "the syntax of an expression",
			text: table.replace('exp: "Flow.text"', 'exp: "Flow.text +" # here'),
			rule: "expression-syntax error",
		},
		{
			name: "a variable that it writes",
			text: table.replace("Lookup:", "Lookup: # here").replace("var: Flow.other", "var: Flow.none"),
			rule: "variable-undeclared error",
		},
		{
			name: "an action on one of its paths",
			text: `${table}\n${outputs({ found: "- loopExit: # here\n    name: x" })}`,
			rule: "loop-only error",
		},
		{
			name: "what follows paths that all end",
			text: `${table}\n${outputs({ found: closing, notFound: closing, failure: closing })}\n- wait: # here\n    name: x\n    duration:\n      lit:\n        seconds: 1`,
			rule: "unreachable error",
		},
	])("has $name checked", ({ text, rule }) => {
		const whole = flow(`${text}\n${closing}`);
		expect(found(whole)).toContain(`${markedLine(whole)} ${rule}`);
	});

	test("goes on where a path that it has is not written", () => {
		const ended = (paths: Readonly<Record<string, string>>) => rulesOf(found(flow(`${table}\n${outputs(paths)}`)));
		expect(ended({ found: closing, notFound: closing, failure: closing })).toEqual(["unknown-action"]);
		expect(ended({ found: closing, notFound: closing })).toEqual(["unclosed-path", "unknown-action"]);
	});

	test("has a path named that it does not have", () => {
		const wrong = flow(`${table.replace("Lookup:", "Lookup: # here")}\n${outputs({ notfound: closing })}\n${closing}`);
		expect(found(wrong)).toContain(`${markedLine(wrong)} output-unknown warning`);
		const calls = wrong.replace("workflow:", "inboundCall:");
		expect(found(calls)).toContain(`${markedLine(calls)} output-unknown warning`);
		expect(rulesOf(found(flow(`${table}\n${outputs({ notFound: closing })}\n${closing}`)))).not.toContain("output-unknown");
	});

	test("may leave what it writes NOT_SET", () => {
		const use =
			'- updateData:\n    name: "Set"\n    statements:\n      - string:\n          variable: Flow.text\n          value:\n            exp: "Lower(Flow.text)" # here';
		const over = flow(`${table.replace("var: Flow.other", "var: Flow.text")}\n${use}\n${closing}`);
		expect(found(over)).toContain(`${markedLine(over)} not-set warning`);
		const beside = flow(`${table}\n${use}\n${closing}`);
		expect(found(beside)).not.toContain(`${markedLine(beside)} not-set warning`);
	});

	test("writes a value without a bound", () => {
		const loop = '- loop:\n    name: "Loop"\n    currentIndex:\n      var: Flow.index\n    loopCount:\n      exp: "Flow.times" # here';
		const times = `${variables}\n${variableText("integer", "Flow.times", "3")}`;
		const bounded = flow(`${table}\n${loop}\n${closing}`, { variables: times });
		expect(found(bounded).filter((each) => each.includes("loop-bound"))).toEqual([]);
		const unbounded = flow(`${table.replace("var: Flow.other", "var: Flow.times")}\n${loop}\n${closing}`, { variables: times });
		expect(found(unbounded)).toContain(`${markedLine(unbounded)} loop-bound error`);
	});

	test("reads the variables of a list of attributes", () => {
		const get =
			'- getConversationData:\n    name: "Get"\n    attributes:\n      - attribute:\n          name:\n            lit: colour\n          variable: Flow.none';
		expect(rulesOf(found(flow(`${get}\n${closing}`)))).toEqual(["unknown-action", "variable-undeclared"]);
		expect(rulesOf(found(flow(`${get.replace("Flow.none", "Flow.text")}\n${closing}`)))).toEqual(["unknown-action"]);
	});
});

describe("a type of variable whose values nothing here can carry", () => {
	const contact = "- externalContactVariable: # here\n    name: Flow.contact\n    initialValue:\n      noValue: true";
	const decide = '- decision:\n    name: "If"\n    condition:\n      exp: "Flow.Contact.email == \\"x\\""';

	test("is a warning, and what uses it is left alone", () => {
		const text = flow(`${decide}\n${closing}`, { variables: `${contact}\n${variables}` });
		expect(found(text)).toEqual([`${markedLine(text)} variable-type warning`]);
		expect(refused(text)).toEqual([`${markedLine(text)} variable-type error`]);
	});

	test("can be written by an action and by a statement", () => {
		const get = '- getExternalContact:\n    name: "Get"\n    externalResult:\n      var: Flow.contact';
		const set =
			'- updateData:\n    name: "Set"\n    statements:\n      - externalContact:\n          variable: Flow.contact\n          value:\n            noValue: true';
		expect(found(flow(`${get}\n${set}\n${closing}`, { variables: contact })).map((each) => each.split(" ").slice(1).join(" "))).toEqual([
			"variable-type warning",
			"unknown-action warning",
			"variable-type warning",
		]);
	});

	test("belongs to the state that declares it", () => {
		const own = contact.replace("Flow.contact", "State.contact");
		const get = '- getExternalContact:\n    name: "Get"\n    externalResult:\n      var: State.contact';
		expect(found(flow(`${get}\n${closing}`, { own })).filter((each) => each.endsWith("error"))).toEqual([]);
		const task = `- task:\n    name: "T"\n    refId: "T"\n    actions:\n${get.replace(/^/gm, "      ")}\n      - endTask:\n          name: "E"`;
		expect(found(flow(closing, { own, tasks: task })).filter((each) => each.endsWith("error"))).toHaveLength(1);
	});
});

describe("an error handling that goes to a state", () => {
	test("is a warning", () => {
		const head =
			'startUpRef: "/workflow/states/state[A]"\nsettingsErrorHandling:\n  errorHandling:\n    state: # here\n      targetStateRef: x';
		const text = flow(closing, { head });
		expect(found(text)).toEqual([`${markedLine(text)} error-handling warning`]);
		expect(refused(text)).not.toEqual([]);
	});
});

describe("a placeholder without quotes", () => {
	const wait = (seconds: string) => `- wait: # here\n    name: "W"\n    duration:\n      lit:\n        seconds: ${seconds}`;
	const loop = (count: string) => `- loop:\n    name: "L"\n    currentIndex:\n      var: Flow.index\n    loopCount:\n      ${count} # here`;
	const call = "- callData:\n    name: x\n    category:\n      {{a}}: # here\n        dataAction:\n          x:\n            none: true";

	test.each([
		{ name: "a key", actions: call, rules: ["outputs-unhandled", "placeholder-unquoted"] },
		{ name: "a literal of another type", actions: loop("lit: {{times}}"), rules: ["loop-bound", "placeholder-unquoted"] },
		{ name: "an expression", actions: loop("exp: {{times}} + 1"), rules: ["loop-bound", "placeholder-unquoted"] },
		{ name: "an amount of time", actions: wait("{{seconds}}"), rules: ["placeholder-unquoted", "wait-bound"] },
	])("is a warning as $name, and the flow is looked through", ({ actions, rules }) => {
		const findings = lintFlow(flow(`${actions}\n${closing}`), { file: "flow.yaml" });
		expect(findings.map(({ rule }) => rule).toSorted()).toEqual(rules);
		expect(findings.map(({ severity }) => severity)).toEqual(rules.map(() => "warning"));
	});

	test("is told once, by its name and its place", () => {
		const [first, ...more] = lintFlow(flow(`- endWorkflow:\n    name: {{last name}}`), { file: "flow.yaml" });
		expect([first?.line, first?.column, first?.rule]).toEqual([35, 21, "placeholder-unquoted"]);
		expect(first?.message).toContain("{{last name}}");
		expect(more).toEqual([]);
	});

	test("is read as its value where that is given", () => {
		const text = flow(`${loop("lit: {{times}}")}\n${closing}`);
		expect(found(text, { times: "3" })).toEqual([]);
		expect(found(text, { times: "0x" })).toEqual([`${markedLine(text)} type error`, `${markedLine(text)} loop-bound error`].toSorted());
	});

	test("that has no value among those given is an error once", () => {
		const text = flow(`${loop("lit: {{times}}")}\n${closing}`);
		expect(found(text, {}).filter((each) => each.includes("placeholder"))).toEqual([`${markedLine(text)} placeholder-unknown error`]);
	});

	test("keeps a flow from being run", () => {
		expect(refused(flow(`- endWorkflow:\n    name: {{x}} # here`))).toEqual(["35 placeholder-unquoted error"]);
	});

	test("in two keys that are equal is a duplicate key by its name", () => {
		const text = flow(`- updateData:\n    {{a}}: 1\n    {{a}}: 2`);
		const twice = lintFlow(text, { file: "flow.yaml" }).filter(({ rule }) => rule === "duplicate-key");
		expect(twice.map(({ message }) => message)).toEqual(['Expected each key once in a map, got "{{a}}" again.']);
	});
});

describe("a literal of JSON", () => {
	const json = (literal: string) => flowText({ variables: variableText("json", "Flow.body", literal) });

	test("is written as text", () => {
		expect(found(json(`'{"a": [1, null]}'`))).toEqual([]);
		expect(found(json("'null'"))).toEqual([]);
		expect(rulesOf(found(json("'{a: 1}'")))).toEqual(["type"]);
	});
});

describe("a loop that keeps its index nowhere", () => {
	const leave = '- loopExit:\n    name: "Out"';
	const text = flow(
		`- loop:\n    name: "L"\n    currentIndex:\n      noValue: true\n    loopCount:\n      lit: 3\n    outputs:\n      loop:\n        actions:\n${leave.replace(/^/gm, "          ")}\n${closing}`,
	);

	test("is read, written and run like any other", () => {
		expect(found(text)).toEqual([]);
		const read = readFlow(text, "flow.yaml");
		if (!("workflow" in read)) throw new Error("Expected a workflow that can be read.");
		const { done, value } = simulate(read.workflow, {}, { now: 0 }).next();
		expect([done, value]).toEqual([true, expect.objectContaining({ outcome: "completed", actions: 3 })]);
		expect(found(writeFlow(read.workflow))).toEqual([]);
		expect(writeFlow(read.workflow)).toMatch(/currentIndex:\s+noValue: true/);
	});
});

describe("a bare yes or no", () => {
	test("is a warning as a key, and nothing inside a text", () => {
		const decide = `- decision:\n    name: "If"\n    condition:\n      exp: "true"\n    outputs:\n      no: # here\n        actions: []\n${closing}`;
		const text = flow(decide, { head: 'startUpRef: "/workflow/states/state[A]"\ndescription: |-\n  Answers:\n  yes: go on\n  no: end' });
		expect(found(text)).toEqual([`${markedLine(text)} unquoted-branch warning`]);
		expect(refused(text)).toEqual([]);
		expect(rulesOf(refused(text.replace("- endWorkflow:", "- end:")))).toEqual(["unknown-action"]);
	});
});
