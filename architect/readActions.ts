import { foreignActions, instead, isForeignType } from "./foreign.ts";
import type { Action, CallData, Statement, Switch, SwitchCase, Value } from "./model.ts";
import { variableTypes } from "./model.ts";
import { allowedFor, list, remedyOfName } from "./names.ts";
import type { Entry, Fields, Nodes } from "./readNodes.ts";
import { readTaskEnd, readTaskOutputs } from "./readTaskPaths.ts";
import { readPathsOf, readUnmodelled } from "./readUnmodelled.ts";
import { readBinding, readReference, readValue } from "./readValues.ts";
import { voiceActions, voiceReader } from "./readVoice.ts";

/** What every action may carry: all three are optional in exports, and so is the name. */
const commonKeys = ["name", "trackingId", "refId"];

type Kind = Exclude<Action["kind"], "unmodelled">;
type Reader = (entry: Entry, nodes: Nodes) => Action;

const readers: Readonly<Record<Kind, Reader>> = {
	updateData: (entry, nodes) => {
		const fields = actionFields(entry, ["statements"], [], nodes);
		return {
			kind: "updateData",
			...common(entry, fields, nodes),
			statements: nodes.items(fields.get("statements"), "statements").flatMap((item) => readStatement(item, nodes)),
		};
	},
	decision: (entry, nodes) => {
		const fields = actionFields(entry, ["condition"], ["outputs"], nodes);
		const branches = readBranches(fields.get("outputs"), ["yes", "no"], nodes);
		return { kind: "decision", ...common(entry, fields, nodes), condition: requiredValue(fields, "condition", nodes), ...branches };
	},
	switch: readSwitch,
	loop: (entry, nodes) => {
		const fields = actionFields(entry, ["currentIndex", "loopCount"], ["outputs"], nodes);
		const index = fields.get("currentIndex");
		const currentIndex = index && readBinding(index, "currentIndex", nodes);
		return {
			kind: "loop",
			...common(entry, fields, nodes),
			...(currentIndex === undefined ? {} : { currentIndex }),
			loopCount: requiredValue(fields, "loopCount", nodes),
			body: readBranches(fields.get("outputs"), ["loop"], nodes).loop ?? [],
		};
	},
	wait: (entry, nodes) => {
		const fields = actionFields(entry, ["duration"], ["trimDurationNearMaxRunningTime"], nodes);
		const trim = fields.get("trimDurationNearMaxRunningTime");
		const value = trim && readValue(trim, "trimDurationNearMaxRunningTime", nodes);
		return {
			kind: "wait",
			...common(entry, fields, nodes),
			duration: requiredValue(fields, "duration", nodes),
			trimDurationNearMaxRunningTime: value?.kind === "lit" && value.lit === true,
		};
	},
	callData: readCallData,
	changeState: (entry, nodes) => {
		const fields = actionFields(entry, ["targetStateRef"], [], nodes);
		return {
			kind: "changeState",
			...common(entry, fields, nodes),
			target: readReference(fields.get("targetStateRef"), "states", "targetStateRef", nodes),
		};
	},
	callTask: (entry, nodes) => {
		const fields = actionFields(entry, ["targetTaskRef"], ["outputs"], nodes);
		return {
			kind: "callTask",
			...common(entry, fields, nodes),
			target: readReference(fields.get("targetTaskRef"), "tasks", "targetTaskRef", nodes),
			...readTaskOutputs(fields.get("outputs"), nodes, readActions),
		};
	},
	endTask: (entry, nodes) => {
		const fields = actionFields(entry, [], ["outputPath"], nodes);
		return { kind: "endTask", ...common(entry, fields, nodes), ...readTaskEnd(fields.get("outputPath"), nodes) };
	},
	endState: (entry, nodes) => ({ kind: "endState", ...common(entry, actionFields(entry, [], [], nodes), nodes) }),
	endWorkflow: (entry, nodes) => {
		const fields = actionFields(entry, [], ["exitReason"], nodes);
		const reason = fields.get("exitReason");
		return {
			kind: "endWorkflow",
			...common(entry, fields, nodes),
			exitReason: reason ? readValue(reason, "exitReason", nodes) : { kind: "noValue" },
		};
	},
	loopNext: (entry, nodes) => ({ kind: "loopNext", ...common(entry, actionFields(entry, [], [], nodes), nodes) }),
	loopExit: (entry, nodes) => ({ kind: "loopExit", ...common(entry, actionFields(entry, [], [], nodes), nodes) }),
};

/** The actions that are run here. */
export const runActions: readonly string[] = Object.keys(readers);

/** A list of actions; an action that is not in the supported set is reported by name and left out. */
export function readActions(of: Entry | undefined, nodes: Nodes): Action[] {
	return nodes.nested(of, () => readEach(of, nodes)) ?? [];
}

function readEach(of: Entry | undefined, nodes: Nodes): Action[] {
	return nodes.items(of, "actions").flatMap((item) => {
		const entry = nodes.single(item, "an action");
		if (entry === undefined) return [];
		const voice = nodes.root === "workflow" ? undefined : voiceReader(entry.key);
		if (voice !== undefined && !nodes.tolerant) return voice(entry, nodes, readActions);
		if (isKnown(entry.key) && !isElsewhere(entry.key, nodes)) return readers[entry.key](entry, nodes);
		if (nodes.tolerant || ((nodes.lenient || nodes.asking) && (nodes.compiled || Object.hasOwn(foreignActions, entry.key))))
			return readUnmodelled(entry, nodes, readActions);
		nodes.report(
			entry.place,
			"unknown-action",
			`Expected an action that is supported, got "${entry.key}"; allowed: ${list(allowedIn(nodes))}.`,
			remedyFor(entry.key),
		);
		return unread(entry, nodes);
	});
}

/** What only a workflow has, in a flow of calls. */
const isElsewhere = (key: string, nodes: Nodes): boolean => nodes.root !== "workflow" && !nodes.tolerant && workflowOnly.includes(key);
const workflowOnly: readonly string[] = ["wait", "changeState", "endState", "endWorkflow"];

const allowedIn = (nodes: Nodes): readonly string[] => [
	...Object.keys(readers).filter((key) => !isElsewhere(key, nodes)),
	...(nodes.root === "workflow" ? [] : voiceActions),
];

/** What stands on the paths of an action of the vendor's is looked at all the same; what others have below outputs is anybody's guess. */
function unread(entry: Entry, nodes: Nodes): Action {
	const paths = Object.hasOwn(foreignActions, entry.key) ? readPathsOf(entry, nodes, readActions) : [];
	return { kind: "unmodelled", type: entry.key, name: entry.key, place: entry.place, values: [], writes: [], paths };
}

function remedyFor(action: string): string {
	if (Object.hasOwn(instead, action)) return instead[action] ?? "";
	const rest = "say it with a supported action, or keep this flow out of what is run";
	if (Object.hasOwn(foreignActions, action)) return `The platform has this action and it is not run here: ${rest}.`;
	return remedyOfName(action, [...Object.keys(readers), ...Object.keys(foreignActions)], `Correct its name (case counts), ${rest}.`);
}

function isKnown(kind: string): kind is Kind {
	return Object.hasOwn(readers, kind);
}

function actionFields(entry: Entry, required: readonly string[], optional: readonly string[], nodes: Nodes): Fields {
	return nodes.fields(entry, entry.key, required, [...optional, ...commonKeys]);
}

function common(entry: Entry, fields: Fields, nodes: Nodes) {
	return { name: nodes.text(fields.get("name"), "the action's name", entry.key), place: entry.place };
}

function requiredValue(fields: Fields, key: string, nodes: Nodes): Value {
	const entry = fields.get(key);
	return entry === undefined ? { kind: "noValue" } : readValue(entry, key, nodes);
}

/** Only the branches that are written; a branch without actions is an empty list. */
function readBranches<Name extends string>(of: Entry | undefined, names: readonly Name[], nodes: Nodes): Partial<Record<Name, Action[]>> {
	const branches: Partial<Record<Name, Action[]>> = {};
	if (of === undefined) return branches;
	const fields = nodes.fields(of, "outputs", [], names);
	for (const name of names) {
		const branch = fields.get(name);
		if (branch !== undefined) branches[name] = readActions(nodes.path(branch), nodes);
	}
	return branches;
}

function readStatement(item: Entry, nodes: Nodes): Statement[] {
	const entry = nodes.single(item, "a statement");
	if (entry === undefined) return [];
	const type = variableTypes.find((known) => known === entry.key);
	if (type === undefined && nodes.lenient && (nodes.compiled || isForeignType(entry.key, ""))) {
		nodes.reportForeign(
			entry.place,
			"variable-type",
			`Expected a statement of a type whose values are known here, got "${entry.key}"; it is not checked.`,
			"Check the statement yourself; the simulator refuses it.",
		);
		return [];
	}
	if (type === undefined) {
		nodes.report(
			entry.place,
			"variable-type",
			`Expected a statement of a supported type, got "${entry.key}"; allowed: ${allowedFor(entry.key, variableTypes)}.`,
			remedyOfName(entry.key, variableTypes, "Use one of the allowed types."),
		);
		return [];
	}
	const fields = nodes.fields(entry, "a statement", ["variable", "value"]);
	return [
		{ type, variable: nodes.text(fields.get("variable"), "variable"), value: requiredValue(fields, "value", nodes), place: entry.place },
	];
}

function readSwitch(entry: Entry, nodes: Nodes): Switch {
	const fields = actionFields(entry, ["evaluate"], [], nodes);
	const shared = { kind: "switch", ...common(entry, fields, nodes) } as const;
	const evaluate = fields.get("evaluate");
	const styles = evaluate && nodes.fields(evaluate, "evaluate", [], ["firstMatch", "firstTrue"]);
	const firstTrue = styles?.get("firstTrue");
	if (firstTrue)
		return { ...shared, style: "firstTrue", ...readCases(nodes.fields(firstTrue, "firstTrue", ["cases"], ["default"]), nodes) };
	const firstMatch = styles?.get("firstMatch");
	const typed = firstMatch && nodes.single(firstMatch, "firstMatch");
	if (typed === undefined || (typed.key !== "string" && typed.key !== "integer")) {
		nodes.report(
			typed?.place ?? entry.place,
			"switch-style",
			`Expected firstTrue, firstMatch.string or firstMatch.integer, got ${typed ? `firstMatch.${typed.key}` : "none of them"}.`,
			"Compare texts or integers, or write the cases as conditions below firstTrue.",
		);
		return { ...shared, style: "firstTrue", cases: [] };
	}
	const parts = nodes.fields(typed, `firstMatch.${typed.key}`, ["value", "cases"], ["default"]);
	return { ...shared, style: "firstMatch", matchType: typed.key, value: requiredValue(parts, "value", nodes), ...readCases(parts, nodes) };
}

function readCases(parts: Fields, nodes: Nodes): { cases: SwitchCase[]; default?: Action[] } {
	const cases = nodes.items(parts.get("cases"), "cases").flatMap((item) => {
		const entry = nodes.fields(item, "an item of cases", ["case"]).get("case");
		if (entry === undefined) return [];
		const fields = nodes.fields(entry, "a case", ["value"], ["actions", "name"]);
		return { value: requiredValue(fields, "value", nodes), actions: readActions(fields.get("actions"), nodes), place: entry.place };
	});
	const otherwise = parts.get("default");
	if (otherwise === undefined) return { cases };
	return { cases, default: readActions(nodes.path(otherwise), nodes) };
}

function readCallData(entry: Entry, nodes: Nodes): CallData {
	const fields = actionFields(entry, ["category"], ["timeout", "outputs"], nodes);
	const timeout = fields.get("timeout");
	const categoryEntry = fields.get("category");
	const category = categoryEntry && nodes.single(categoryEntry, "category");
	const holder = category && nodes.fields(category, "a category", ["dataAction"]).get("dataAction");
	const dataAction = holder && nodes.single(holder, "dataAction");
	const call = dataAction && nodes.fields(dataAction, "a data action", [], ["inputs", "successOutputs", "failureOutputs", "none"]);
	const inputs = call?.get("inputs");
	const { success, failure, timeout: timeoutActions } = readBranches(fields.get("outputs"), ["success", "failure", "timeout"], nodes);
	return {
		kind: "callData",
		...common(entry, fields, nodes),
		category: category?.key ?? "",
		dataAction: dataAction?.key ?? "",
		...(timeout === undefined ? {} : { timeout: readValue(timeout, "timeout", nodes) }),
		inputs: Object.fromEntries(
			inputs ? nodes.entries(inputs, "inputs").map((each) => [each.key, readValue(each, `the input "${each.key}"`, nodes)]) : [],
		),
		successOutputs: readOutputs(call?.get("successOutputs"), nodes),
		failureOutputs: readOutputs(call?.get("failureOutputs"), nodes),
		...(success === undefined ? {} : { success }),
		...(failure === undefined ? {} : { failure }),
		...(timeoutActions === undefined ? {} : { timeoutActions }),
	};
}

function readOutputs(of: Entry | undefined, nodes: Nodes): Record<string, string> {
	if (of === undefined) return {};
	const bound = nodes.entries(of, of.key).flatMap((each) => {
		const variable = readBinding(each, `the output "${each.key}"`, nodes);
		return variable === undefined ? [] : [[each.key, variable]];
	});
	return Object.fromEntries(bound);
}
