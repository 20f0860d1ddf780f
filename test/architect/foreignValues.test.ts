import { describe, expect, test } from "vitest";
import { lintFlow } from "../../architect/lint.ts";
import { readFlow } from "../../architect/read.ts";
import { simulate } from "../../architect/simulate.ts";
import { writeFlow } from "../../architect/write.ts";
import { call, go, here, loop, pad, set, wait } from "./flowParts.ts";
import { closing, flowText, markedLine, variableText } from "./flowText.ts";

/** A variable whose initial value is YAML of several lines, or of one. */
const declared = (type: string, name: string, value: string, isOutput = true): string =>
	`- ${type}Variable:\n    name: "${name}"\n    initialValue:\n${pad(value, 6)}\n    isInput: false\n    isOutput: ${isOutput}`;

const parcel = variableText("json", "Flow.parcel", undefined, true);
const filled = (type: string, exp: string): string =>
	flowText({
		variables: [parcel, variableText(type, "Flow.value").replace("isOutput: false", "isOutput: true")].join("\n"),
		actions: `${set(type, "Flow.value", `exp: "${exp}"`)}\n${closing}`,
	});

function found(text: string, options: Parameters<typeof lintFlow>[1] = { file: "flow.yaml" }): string[] {
	return lintFlow(text, options).map(({ line, rule, severity }) => `${line} ${rule} ${severity}`);
}

function outputsOf(text: string, inputs: Readonly<Record<string, unknown>> = {}, entities = {}): Readonly<Record<string, unknown>> {
	const read = readFlow(text, "flow.yaml");
	if ("findings" in read) throw new Error(JSON.stringify(read.findings));
	const step = simulate(read.workflow, inputs, { now: 0, entities }).next();
	if (!step.done) throw new Error("Expected a run that asks nothing, got one that does.");
	return step.value.outputs;
}

describe("what Architect converts by itself", () => {
	const inputs = { "Flow.parcel": { town: "Ulm", pieces: 4, half: "2.5", sent: "true" } };

	test.each([
		{ type: "string", exp: "Flow.parcel.town", value: "Ulm" },
		{ type: "string", exp: "Flow.parcel.none", value: null },
		{ type: "integer", exp: "ToInt(Flow.parcel.pieces)", value: 4 },
		{ type: "decimal", exp: "ToDecimal(Flow.parcel.half)", value: 2.5 },
		{ type: "boolean", exp: "ToBool(Flow.parcel.sent)", value: true },
		{ type: "boolean", exp: "ToBool(Flow.parcel.pieces)", value: true },
	])("$exp into a $type is not against anything, and becomes $value", ({ type, exp, value }) => {
		expect(found(filled(type, exp))).toEqual([]);
		expect(outputsOf(filled(type, exp), inputs)).toEqual({ "Flow.value": value });
	});

	test("is an error where we compile the flow: a cast is written out", () => {
		expect(lintFlow(filled("string", "Flow.parcel.town"), { file: "flow.yaml", ours: true }).map(({ rule }) => rule)).toContain("type");
	});

	test("of a type whose conversion no export shows is a warning, and runs with the cast that is likely", () => {
		const text = filled("string", "1 + 1");
		expect(found(text).map((each) => each.replace(/^\d+ /, ""))).toEqual(["type warning"]);
		expect(outputsOf(text, inputs)).toEqual({ "Flow.value": "2" });
	});

	test("of a type that nothing converts is an error", () => {
		expect(found(filled("duration", "1 + 1")).map((each) => each.replace(/^\d+ /, ""))).toEqual(["type error"]);
	});

	test("an object is no number", () => {
		const read = readFlow(filled("integer", "ToInt(Flow.parcel)"), "flow.yaml");
		if ("findings" in read) throw new Error("Expected a flow that reads.");
		const { value } = simulate(read.workflow, inputs, { now: 0 }).next();
		expect(value).toMatchObject({ outcome: "error", error: { message: expect.stringContaining("got an object or a list") } });
	});

	test("the inputs of a data action take what its contract can make of them", () => {
		const contracts = {
			"Ledger/Read": {
				inputs: { id: "string", count: "integer", share: "decimal", flag: "boolean" },
				required: [],
				outputs: { status: "string" },
			},
		} as const;
		const variables = [
			variableText("string", "Flow.text", '"5"'),
			variableText("stringCollection", "Flow.list"),
			variableText("dateTime", "Flow.at"),
		].join("\n");
		const asked = (inputs: string) => flowText({ variables, actions: `${call({ inputs })}\n${closing}` });
		const ways = (inputs: string) => found(asked(inputs), { file: "flow.yaml", contracts }).filter((each) => each.includes(" type "));
		expect(ways('id:\n  exp: "Flow.list"\ncount:\n  exp: "Flow.text"\nshare:\n  exp: "Flow.text"')).toEqual([]);
		expect(ways('id:\n  exp: "Flow.at"')).toEqual([]);
		expect(ways('flag:\n  exp: "Flow.text"')).toHaveLength(1);
	});
});

describe("literals", () => {
	const text = flowText({
		variables: [
			declared("queue", "Flow.queue", "lit:\n  name: Parcels"),
			declared("stringCollection", "Flow.empty", "lit: []"),
			declared("stringCollection", "Flow.towns", "lit:\n  - lit: Ulm\n  - lit: Bonn\n  - noValue: true"),
			declared("durationCollection", "Flow.pauses", "lit:\n  - lit:\n      seconds: 30", false),
		].join("\n"),
	});

	test("of things and of collections are read, written and run", () => {
		expect(found(text)).toEqual([]);
		const parcels = { id: "6b943b2c-9201-470b-4bf7-a133a93e2913", name: "Parcels" };
		expect(outputsOf(text, {}, { queues: [parcels] })).toEqual({
			"Flow.queue": parcels,
			"Flow.empty": [],
			"Flow.towns": ["Ulm", "Bonn", null],
		});
		const read = readFlow(text, "flow.yaml");
		if ("findings" in read) throw new Error("Expected a flow that reads.");
		expect(outputsOf(writeFlow(read.workflow), {}, { queues: [parcels] })).toEqual(outputsOf(text, {}, { queues: [parcels] }));
	});

	test.each([
		{ name: "a thing as a text", declaration: declared("string", "Flow.x", "lit:\n  name: Parcels") },
		{ name: "a list as a text", declaration: declared("string", "Flow.x", "lit:\n  - lit: Ulm") },
		{ name: "a text as a list", declaration: declared("stringCollection", "Flow.x", "lit: Ulm") },
		{ name: "a number in a list of texts", declaration: declared("stringCollection", "Flow.x", "lit:\n  - lit: 1") },
	])("are an error where they are of another type: $name", ({ declaration }) => {
		expect(found(flowText({ variables: declaration })).map((each) => each.replace(/^\d+ /, ""))).toEqual(["type error"]);
	});

	test("of anything else are told", () => {
		const strange = flowText({ variables: declared("stringCollection", "Flow.x", "lit:\n  - Ulm") });
		expect(found(strange).map((each) => each.replace(/^\d+ /, ""))).toEqual(["shape error"]);
	});
});

describe("what a stranger's flow may do", () => {
	test("things are found by their ids", () => {
		const id = "6b943b2c-9201-470b-4bf7-a133a93e2913";
		const variables = [variableText("string", "Flow.id", `"${id}"`), declared("queue", "Flow.queue", "noValue: true")].join("\n");
		const text = flowText({ variables, actions: `${set("queue", "Flow.queue", 'exp: "FindQueueById(Flow.id)"')}\n${closing}` });
		expect(found(text)).toEqual([]);
		const queues = [
			{ id, name: "Parcels" },
			{ id: "other", name: id },
		];
		expect(outputsOf(text, {}, { queues })).toEqual({ "Flow.queue": { id, name: "Parcels" } });
		expect(outputsOf(text, {}, { queues: queues.slice(1) })).toEqual({ "Flow.queue": null });
	});

	test("a state that returns is a warning, an error where we compile the flow", () => {
		const text = flowText({ actions: here(go("A"), "- changeState:") });
		expect(found(text)).toEqual([`${markedLine(text)} cycle warning`]);
		expect(found(text, { file: "flow.yaml", ours: true })).toEqual([`${markedLine(text)} cycle error`]);
	});

	test("a list of what it refers to is no matter", () => {
		const head = 'startUpRef: "/workflow/states/state[A]"\nreferencedObjects:\n  flows:\n    - flow:\n        name: "Shared"';
		expect(found(flowText({ head }))).toEqual([]);
		expect(outputsOf(flowText({ head }))).toEqual({});
	});

	test("a substitution of another flow is a warning, an error where we compile the flow", () => {
		const substitutions = { other: "x" };
		expect(found(flowText({}), { file: "flow.yaml", substitutions })).toEqual(["1 substitution-unused warning"]);
		expect(found(flowText({}), { file: "flow.yaml", substitutions, ours: true })).toEqual(["1 substitution-unused error"]);
	});

	test.each([
		{ name: "a wait of a constant", actions: wait('exp: "MakeDuration(0, 0, 5, 0)"'), rules: [] },
		{ name: "a loop of a constant", actions: loop('exp: "2 * 3"', wait("lit:\n        seconds: 1")), rules: [] },
		{ name: "a wait of chance", actions: wait('exp: "MakeDuration(0, 0, RandomInt(1, 9), 0)"'), rules: ["wait-bound"] },
	])("$name has a maximum: $rules", ({ actions, rules }) => {
		const text = flowText({ variables: variableText("integer", "Flow.index", "0"), actions: `${actions}\n${closing}` });
		expect(lintFlow(text, { file: "flow.yaml" }).map(({ rule }) => rule)).toEqual(rules);
	});

	test("every action that is not run is refused at once, also inside another one", () => {
		const inner = '- callCommonModule: # here\n    name: "Inner"';
		const text = flowText({
			actions: `- getConversationData:\n    name: "Outer"\n    outputs:\n      found:\n        actions:\n${pad(inner, 10)}\n${closing}`,
		});
		const read = readFlow(text, "flow.yaml");
		const lines = "findings" in read ? read.findings.map(({ line, rule }) => `${line} ${rule}`) : [];
		expect(lines).toEqual([`${markedLine(text) - 5} unknown-action`, `${markedLine(text)} unknown-action`]);
	});
});
