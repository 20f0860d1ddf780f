import { closing, flowText, variableText } from "../architect/flowText.ts";

const variables = [
	variableText("string", "Flow.text", '""'),
	variableText("integer", "Flow.count", "0"),
	variableText("integer", "Flow.times", "3", true),
	variableText("integer", "Flow.index"),
].join("\n");

export const flow = (actions: string, more: Parameters<typeof flowText>[0] = {}) => flowText({ variables, ...more, actions });

export const set = (type: string, variable: string, value: string) =>
	`- updateData:\n    name: "Set"\n    statements:\n      - ${type}:\n          variable: ${variable}\n          value:\n            ${value}`;

export const wait = '- wait:\n    name: "Wait"\n    duration:\n      lit:\n        seconds: 1';

const loop = (count: string) =>
	`- loop:\n    name: "Loop"\n    currentIndex:\n      var: Flow.index\n    loopCount:\n      ${count}\n    outputs:\n      loop:\n        actions:\n${wait.replace(/^/gm, "          ")}`;

const call = '- callData:\n    name: "Call"\n    category:\n      Ledger:\n        dataAction:\n          Read:\n            none: true';

const go = '- changeState:\n    name: "Again"\n    targetStateRef: "/workflow/states/state[A]"';

interface Broken {
	readonly name: string;
	readonly text: string;
	readonly rule: string;
	/** Where no line of the text is marked. */
	readonly line?: number;
	readonly severity?: "warning";
}

/** Deliberate faults; the comment `# here` ends the line that must be named. */
export const broken: readonly Broken[] = [
	{ name: "a loop bounded by an input", rule: "loop-bound", text: flow(`${loop('exp: "Flow.times" # here')}\n${closing}`) },
	{ name: "states in a circle", rule: "cycle", severity: "warning", text: flow(go.replace("- changeState:", "- changeState: # here")) },
	{ name: "10,000 actions", rule: "action-budget", text: flow(`${loop("lit: 5000")}\n${closing}`).replace("- state:", "- state: # here") },
	{
		name: "72 hours",
		rule: "run-time",
		text: flow(`${wait.replace("seconds: 1", "hours: 72")}\n${closing}`).replace("- state:", "- state: # here"),
	},
	{ name: "a wrong type", rule: "type", text: flow(`${set("integer", "Flow.count", 'exp: "true" # here')}\n${closing}`) },
	{
		name: "a type that Architect may convert",
		rule: "type",
		severity: "warning",
		text: flow(`${set("integer", "Flow.count", 'exp: "Flow.text" # here')}\n${closing}`),
	},
	{ name: "a state that falls off its end", rule: "unclosed-path", text: flow(wait.replace("- wait:", "- wait: # here")) },
	{ name: "a call that falls off its end", rule: "unclosed-path", text: flow(call.replace("- callData:", "- callData: # here")) },
	{
		name: "a call that falls through to a closed path",
		rule: "outputs-unhandled",
		severity: "warning",
		text: flow(`${call.replace("- callData:", "- callData: # here")}\n${closing}`),
	},
	{
		name: "a wait that is computed",
		rule: "wait-bound",
		severity: "warning",
		text: flow(`${wait.replace("lit:\n        seconds: 1", 'exp: "MakeDuration(0, 0, Flow.times, 0)" # here')}\n${closing}`),
	},
	{
		name: "an action of the platform that is not run here",
		rule: "unknown-action",
		severity: "warning",
		text: flow(`- callCommonModule: # here\n    name: x\n${closing}`),
	},
	{
		name: "an action that the platform does not have",
		rule: "unknown-action",
		text: flow(`- callModule: # here\n    name: x\n${closing}`),
	},
	{ name: "an action of another type of flow", rule: "unknown-action", text: flow(`- transferToAcd: # here\n    name: x\n${closing}`) },
	{ name: "a loop whose bound cannot be read", rule: "unknown-action", text: flow(`- loopUntil: # here\n    name: x\n${closing}`) },
	{
		name: "an unknown function",
		rule: "unknown-function",
		severity: "warning",
		text: flow(`${set("string", "Flow.text", 'exp: "Now()" # here')}\n${closing}`),
	},
	{
		name: "an undeclared variable",
		rule: "variable-undeclared",
		text: flow(`${set("string", "Flow.text", 'exp: "Flow.none" # here')}\n${closing}`),
	},
	{
		name: "a type of variable that nothing here can carry",
		rule: "variable-type",
		severity: "warning",
		text: flow(closing, { variables: "- externalContactVariable: # here\n    name: Flow.x\n    initialValue:\n      noValue: true" }),
	},
	{
		name: "an unquoted placeholder",
		rule: "placeholder-unquoted",
		severity: "warning",
		text: flow(`${set("integer", "Flow.count", "lit: {{count}} # here")}\n${closing}`),
	},
	{
		name: "an unquoted placeholder with text behind",
		rule: "placeholder-unquoted",
		severity: "warning",
		text: flow(`${set("string", "Flow.text", "lit: {{count}} times # here")}\n${closing}`),
	},
	{
		name: "a quoted placeholder",
		rule: "placeholder-unknown",
		severity: "warning",
		text: flow(`${set("string", "Flow.text", 'lit: "{{text}}" # here')}\n${closing}`),
	},
	{
		name: "a placeholder inside an expression",
		rule: "placeholder-unknown",
		severity: "warning",
		text: flow(`${set("integer", "Flow.count", 'exp: "{{count}} + 1" # here')}\n${closing}`),
	},
	{
		name: "a placeholder where a text is no use",
		rule: "type",
		text: flow(`${set("integer", "Flow.count", 'lit: "{{count}}" # here')}\n${closing}`),
	},
	{ name: "a second document", rule: "yaml", text: `${flow(closing)}--- # here\n${flow(closing)}` },
	{ name: "a loop that counts below zero", rule: "loop-bound", text: flow(`${loop("lit: -1 # here")}\n${closing}`) },
	{ name: "an alias", rule: "alias", text: flow(closing.replace('name: "End"', "name: &end End # here")) },
	{ name: "a duplicate key", rule: "duplicate-key", text: flow(closing.replace('name: "End"', 'name: "End"\n    name: "End" # here')) },
	{ name: "a tab", rule: "tab", text: "workflow:\n\tname: x\n", line: 2 },
	{ name: "a bare yes", rule: "unquoted-branch", severity: "warning", text: decision("yes: # here") },
	{ name: "an expression that is a tag", rule: "tag", text: flow(`${set("boolean", "Flow.text", "exp: !IsSet(Flow.text) # here")}`) },
	{ name: "another type of flow", rule: "flow-type", severity: "warning", text: "inboundCall:\n  name: x\n", line: 1 },
	{ name: "an empty file", rule: "not-a-workflow", text: "", line: 1 },
	{ name: "bytes", rule: "not-a-workflow", text: "\u0000\u0001{]", line: 1 },
	{ name: "nesting without end", rule: "nesting", text: "[".repeat(100_000), line: 1 },
	{ name: "more than the server takes", rule: "too-large", text: "#".repeat(6_200_000), line: 1 },
];

function decision(yes: string): string {
	return flow(
		`- decision:\n    name: "If"\n    condition:\n      exp: "true"\n    outputs:\n      ${yes}\n        actions: []\n${closing}`,
	);
}
