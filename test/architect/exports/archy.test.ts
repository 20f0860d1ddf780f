import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { asArchy } from "../../../architect/exports/archy.ts";
import { ExportError } from "../../../architect/exports/decode.ts";
import { lintFlow } from "../../../architect/lint.ts";
import { action, encoded, exp, lit, none, path, ref, sequence, variable, workflow } from "./exported.ts";

const lint = (document: unknown) => lintFlow(encoded(document), { file: "flow.i3WorkFlow" });
const found = (document: unknown) => lint(document).map(({ line, rule, severity }) => `${line} ${rule} ${severity}`);
const end = (id: string, trackingId: number) => action("EndWorkflowAction", id, trackingId, { exitReason: lit("str", "done") });
const assign = (id: string, trackingId: number, type: string, name: string, value: object, nextAction?: string) =>
	action("UpdateVariableAction", id, trackingId, {
		variables: [{ variable: ref(type, name), expression: value }],
		...(nextAction === undefined ? {} : { nextAction }),
	});

const variables = [
	variable("String", "Flow.town", none("str")),
	variable("Integer", "Flow.count", lit("int", "0")),
	variable("Bool", "Flow.flags", none("bln_coll"), { isCollection: true }),
];

describe("a compiled export", () => {
	const call = action("DataAction", "call", 12, {
		category: { id: "c", name: "Ledger" },
		actionName: "Find",
		useSuggestedTimeout: false,
		timeout: lit("dur", "P0D0H1M30S0F"),
		inputs: [
			{ name: "id", value: exp("str", "ToString(Flow.count)") },
			{ name: "none", value: none("str") },
		],
		outputs: [{ name: "town", value: ref("str", "Flow.town") }],
		errorBindings: [{ name: "errorCode", value: none("str") }],
		paths: [path("__SUCCESS__", "loop"), path("__FAILURE__", "end2"), path("__TIMEOUT__", "end3")],
		nextAction: "end1",
	});
	const actions = [
		call,
		action("LoopAction", "loop", 13, {
			currentIndex: ref("int", "Flow.count"),
			loopCount: lit("int", "3"),
			path: path("__LOOP__", "decide"),
		}),
		action("DecisionAction", "decide", 14, {
			expression: exp("bln", "Flow.count > 1"),
			paths: [path("__YES__", "exit"), path("__NO__", "wait")],
		}),
		action("ExitLoopAction", "exit", 15),
		action("WaitAction", "wait", 16, { duration: lit("dur", "P0D0H0M5S0F"), trimDurationNearMaxRunningTime: lit("bln", "false") }),
		end("end1", 17),
		end("end2", 18),
		end("end3", 19),
	];

	test("is the flow that it was compiled from", () => {
		const { text } = asArchy(encoded(workflow([sequence("State", "s1", 10, "call", actions)], variables)));
		expect(text).toContain('"startUpRef": "/workflow/states/state[State s1_10]"');
		expect(text).toMatch(/"timeout":\s+"lit":\s+"minutes": 1\s+"seconds": 30/);
		expect(text).toMatch(/"booleanCollectionVariable":\s+"name": "Flow.flags"/);
		expect(found(workflow([sequence("State", "s1", 10, "call", actions)], variables))).toEqual([]);
	});

	test("has findings at the numbers that Architect shows", () => {
		const wrong = assign("a", 23, "int", "Flow.count", exp("int", "Lenght(1)"), "b");
		const other = assign("b", 24, "str", "Flow.nothing", lit("str", "x"), "end1");
		const sequences = [sequence("State", "s1", 10, "a", [wrong, other, end("end1", 25)])];
		expect(found(workflow(sequences, variables))).toEqual(["23 unknown-function warning", "24 variable-undeclared error"]);
	});

	test.each([
		{
			name: "the first that equals",
			expression: exp("str", "Flow.town"),
			value: lit("str", "Ulm"),
			written: /"firstMatch":\s+"string":\s+"value":\s+"exp": "Flow.town"/,
		},
		{ name: "the first that is true", expression: none("str"), value: exp("bln", "Flow.count > 1"), written: /"firstTrue":\s+"cases":/ },
	])("a switch takes $name", ({ expression, value, written }) => {
		const cases = [1, 2, 3].map((number) => ({ name: `Case ${number}`, referenceId: `r${number}`, value }));
		const chosen = action("SwitchAction", "switch", 12, {
			expression,
			cases,
			paths: [path("r1", "end1", "Case 1"), path("r2", "end2", "Case 2"), path("r3", "end3", "Case 3"), path("__DEFAULT__", "end4")],
		});
		const document = workflow(
			[sequence("State", "s1", 10, "switch", [chosen, end("end1", 13), end("end2", 14), end("end3", 15), end("end4", 16)])],
			variables,
		);
		expect(asArchy(encoded(document)).text).toMatch(written);
		expect(found(document).filter((each) => each.endsWith("error"))).toEqual([]);
	});

	test("calls tasks, and what follows on their paths", () => {
		const callTask = action("CallTaskAction", "call", 12, {
			taskReference: "t1",
			paths: [path("__DEFAULT__", "end1"), path("guid-1", "end2", "Gone")],
		});
		const endTask = action("EndTaskAction", "back", 21, { pathName: "Gone" });
		const document = workflow([
			sequence("State", "s1", 10, "call", [callTask, end("end1", 13), end("end2", 14)]),
			sequence("Task", "t1", 20, "back", [endTask]),
		]);
		expect(found(document)).toEqual([]);
	});

	test("what only an organization knows is asked for by its name", () => {
		const lookup = action("DataTableLookupAction", "look", 12, {
			datatableName: "Sites",
			lookupKeyValue: exp("str", "Flow.town"),
			outputs: [{ name: "open", value: ref("str", "Flow.town") }],
			errorBindings: [],
			paths: [path("__FOUND__", "get"), path("__NOT_FOUND__"), path("__FAILURE__")],
			nextAction: "end1",
		});
		const get = action("GetConversationDataAction", "get", 13, {
			conversationId: exp("str", "Flow.town"),
			participantId: none("str"),
			variables: [{ variable: lit("str", "Town"), expression: ref("str", "Flow.town") }],
			paths: [],
		});
		const { text } = asArchy(encoded(workflow([sequence("State", "s1", 10, "look", [lookup, get, end("end1", 14)])], variables)));
		expect(text).toMatch(/"dataTable":\s+"Sites":\s+"foundOutputs":\s+"open":\s+"var": "Flow.town"/);
		expect(text).toMatch(/"attribute":\s+"name":\s+"lit": "Town"\s+"variable": "Flow.town"/);
	});

	test("of another type is looked through", () => {
		const menu = { ...sequence("Menu", "m1", 20, "", []), menuChoiceList: [{ action: { priority: exp("int", "1 +") } }] };
		const play = action("PlayAudioAction", "play", 11, { prompts: { defaultAudio: exp("aud", "ToAudioTTS(Flow.town)") } });
		const document = workflow([sequence("Task", "s1", 10, "play", [play]), menu], variables, { type: "inboundcall" });
		const findings = lint(document);
		expect(findings[0]).toMatchObject({
			rule: "flow-type",
			message: expect.stringContaining("got one of type inboundCall: 3 variables, 2 expressions"),
		});
		expect(findings.filter(({ severity }) => severity === "error").map(({ line, rule }) => `${line} ${rule}`)).toEqual([
			"20 expression-syntax",
		]);
	});

	test("that goes in a circle ends where it began", () => {
		const one = assign("a", 11, "int", "Flow.count", lit("int", "1"), "b");
		const two = assign("b", 12, "int", "Flow.count", lit("int", "2"), "a");
		expect(found(workflow([sequence("State", "s1", 10, "a", [one, two])], variables))).toEqual(["12 unclosed-path error"]);
	});
});

describe("what is no compiled export", () => {
	const base64 = (text: string) => Buffer.from(text.padEnd(200)).toString("base64");
	test.each([
		{ name: "no base64", text: `${"A".repeat(120)}!`, says: "a text that is no base64" },
		{ name: "not URL-encoded", text: base64("%zz"), says: "base64 of a text that is not URL-encoded" },
		{ name: "no JSON", text: base64("%7Bx"), says: "a URL-encoded text that is no JSON" },
		{ name: "another document", text: base64(encodeURIComponent('{"type": "workflow"}')), says: "JSON without name, flowSequenceItemList" },
		{ name: "a list", text: base64(encodeURIComponent("[1]")), says: "JSON that is no object" },
		{ name: "a million letters", text: "QUJD".repeat(250_000), says: "a URL-encoded text that is no JSON" },
	])("$name says so", ({ text, says }) => {
		const [only, ...more] = lintFlow(text, { file: "f" });
		expect(more).toEqual([]);
		expect(only).toMatchObject({ rule: "export", line: 1, severity: "error", message: expect.stringContaining(`got ${says}.`) });
	});

	test("whatever stands in it, nothing else is thrown", () => {
		const keys = fc.constantFrom(
			"__type",
			"id",
			"name",
			"type",
			"text",
			"config",
			"nextAction",
			"startAction",
			"actionList",
			"paths",
			"variables",
			"__proto__",
			"cases",
			"expression",
		);
		const leaf = fc.oneof(
			fc.constantFrom("State", "DecisionAction", "SwitchAction", "DataAction", "a", "str", ""),
			fc.integer(),
			fc.constant(null),
			fc.boolean(),
		);
		const { tree } = fc.letrec((tie) => ({
			tree: fc.oneof(
				{ depthSize: "small" },
				leaf,
				fc.array(tie("tree"), { maxLength: 3 }),
				fc.dictionary(keys, tie("tree"), { maxKeys: 5 }),
			),
		}));
		fc.assert(
			fc.property(fc.array(tree, { maxLength: 4 }), tree, (sequences, given) => {
				const text = encoded({ type: "workflow", name: "x", flowSequenceItemList: sequences, variables: given }).padEnd(120);
				try {
					asArchy(text);
				} catch (error) {
					expect(error).toBeInstanceOf(ExportError);
				}
				expect(Array.isArray(lintFlow(text, { file: "f" }))).toBe(true);
			}),
			{ seed: 20261128, numRuns: 300 },
		);
	});
});

test("a call of a task with arguments is looked through, and no error", () => {
	const call = action("CallTaskAction", "call", 12, {
		taskReference: "t1",
		inputs: [{ name: "Task.id", value: exp("str", "Upper(Flow.town)") }],
		outputs: [{ name: "Task.name", value: ref("str", "Flow.town") }],
		paths: [path("__DEFAULT__", "end1")],
	});
	const task = sequence("Task", "t1", 20, "back", [action("EndTaskAction", "back", 21)]);
	const findings = lint(workflow([sequence("State", "s1", 10, "call", [call, end("end1", 13)]), task], variables));
	expect(findings.filter(({ severity }) => severity === "error")).toEqual([]);
	expect(findings.map(({ line, rule }) => `${line} ${rule}`)).toContain("12 unknown-action");
});

test("an action or a type that is newer than this tool is a warning", () => {
	const newer = action("TeleportAction", "new", 12, {
		to: exp("str", "Upper(Flow.town)"),
		paths: [path("__SUCCESS__", "end1"), path("__FAILURE__", "end2")],
	});
	const variablesToo = [...variables, variable("Portal", "Flow.portal", none("prt"))];
	const findings = lint(workflow([sequence("State", "s1", 10, "new", [newer, end("end1", 13), end("end2", 14)])], variablesToo));
	expect(findings.map(({ line, rule, severity }) => `${line} ${rule} ${severity}`)).toEqual([
		"1 variable-type warning",
		"12 not-set warning",
		"12 unknown-action warning",
	]);
});
