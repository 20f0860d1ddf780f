import { type LintOptions, lintFlow } from "../../architect/lint.ts";
import { closing, flowText, variableText } from "./flowText.ts";

export function lint(text: string, options: Partial<LintOptions> = {}) {
	return lintFlow(text, { file: "flow.yaml", ...options });
}

/** Rule and line of each finding. */
export function rulesOf(text: string, options: Partial<LintOptions> = {}): string[] {
	return lint(text, options).map(({ line, rule }) => `${line} ${rule}`);
}

export const set = (type: string, variable: string, value: string) =>
	`- updateData:\n    name: "Set"\n    statements:\n      - ${type}:\n          variable: "${variable}"\n          value:\n            ${value}`;
export const decide = (exp: string, yes: string, no = closing) =>
	`- decision:\n    name: "If"\n    condition:\n      exp: "${exp}"\n    outputs:\n      "yes":\n        actions:\n${pad(yes, 10)}\n      "no":\n        actions:\n${pad(no, 10)}`;
export const loop = (count: string, body: string) =>
	`- loop:\n    name: "Loop"\n    currentIndex:\n      var: "Flow.index"\n    loopCount:\n      ${count}\n    outputs:\n      loop:\n        actions:\n${pad(body, 10)}`;
export const wait = (duration: string) => `- wait:\n    name: "Wait"\n    duration:\n      ${duration}`;
export const go = (to: string) => `- changeState:\n    name: "Go"\n    targetStateRef: "/workflow/states/state[${to}]"`;
export const state = (refId: string, actions: string) =>
	`- state:\n    name: "State ${refId}"\n    refId: "${refId}"\n    actions:\n${pad(actions, 6)}`;
export const task = (refId: string, actions: string) => state(refId, actions).replace("- state:", "- task:").replace("State ", "Task ");
export const callTask = (to: string) => `- callTask:\n    name: "Call"\n    targetTaskRef: "/workflow/tasks/task[${to}]"`;
export const call = (parts: { inputs?: string; success?: string; failure?: string; paths?: readonly string[]; next?: string } = {}) => {
	const {
		inputs = 'id:\n  lit: "x"',
		success = 'status:\n  var: "Flow.text"',
		failure,
		paths = ["success", "failure", "timeout"],
		next = set("string", "Flow.text", 'lit: "x"'),
	} = parts;
	return [
		'- callData:\n    name: "Call"\n    category:\n      Ledger:\n        dataAction:\n          Read:\n            inputs:',
		pad(inputs, 14),
		"            successOutputs:",
		pad(success, 14),
		...(failure === undefined ? [] : ["            failureOutputs:", pad(failure, 14)]),
		...(paths.length === 0 ? [] : ["    outputs:", ...paths.map((path) => `      ${path}:\n        actions:\n${pad(next, 10)}`)]),
	].join("\n");
};
export const here = (text: string, at: string) => text.replace(at, `${at} # here`);

export function pad(text: string, by: number): string {
	return text.replace(/^(?=.)/gm, " ".repeat(by));
}

const all = [
	variableText("string", "Flow.text"),
	variableText("string", "Flow.known", '"x"'),
	variableText("integer", "Flow.number"),
	variableText("integer", "Flow.count", "0"),
	variableText("integer", "Flow.input", "3", true),
	variableText("integer", "Flow.index", "0"),
	variableText("duration", "Flow.pause"),
	variableText("boolean", "Flow.flag"),
	variableText("stringCollection", "Flow.list"),
].join("\n");

export const flow = (actions: string, more: Omit<Parameters<typeof flowText>[0], "actions"> = {}) =>
	flowText({ variables: all, ...more, actions: `${actions}\n${closing}` });
export const open = (actions: string, more: Omit<Parameters<typeof flowText>[0], "actions"> = {}) =>
	flowText({ variables: all, ...more, actions });
