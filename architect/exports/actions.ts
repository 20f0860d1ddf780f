import { callWithArguments } from "../foreign.ts";
import { type Fields, fieldsIn, isFields, textOf } from "./decode.ts";
import { bindingOf, isBinding, isExpression, type Node, typeOf, valueNode } from "./values.ts";

type Entry = { readonly [key: string]: Node };

/** How the actions of a path are found. */
export interface Chains {
	/** The actions from this one on. */
	from(id: unknown): readonly Node[];
	/** `/workflow/tasks/task[…]` of a state or a task. */
	reference(folder: "states" | "tasks", id: unknown): string;
}

type Writer = (action: Fields, chains: Chains) => Entry;

/** What follows on each path that is drawn, under the name that Archy has for it. */
function outputsOf({ paths }: Fields, chains: Chains): Entry {
	const drawn = fieldsIn(paths).filter(({ nextActionId }) => nextActionId !== undefined);
	if (drawn.length === 0) return {};
	return { outputs: Object.fromEntries(drawn.map((path) => [pathName(path), { actions: chains.from(path.nextActionId) }])) };
}

/** `__NOT_FOUND__` is notFound; a path with a name of its own keeps it. */
function pathName({ outputId, label }: Fields): string {
	const id = textOf(outputId);
	if (!/^__\w+__$/.test(id)) return textOf(label);
	return id
		.slice(2, -2)
		.toLowerCase()
		.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

const named = (of: unknown, read: (value: unknown) => Node): Entry =>
	Object.fromEntries(fieldsIn(of).map(({ name, value }) => [textOf(name), read(value)]));

const writers: Readonly<Record<string, readonly [key: string, Writer]>> = {
	UpdateVariableAction: [
		"updateData",
		({ variables }) => ({
			statements: fieldsIn(variables).map(({ expression, variable }) => ({
				[typeOf(isFields(variable) ? variable.type : "")]: {
					variable: isFields(variable) ? textOf(variable.text) : "",
					value: valueNode(expression),
				},
			})),
		}),
	],
	DecisionAction: ["decision", (action, chains) => ({ condition: valueNode(action.expression), ...outputsOf(action, chains) })],
	SwitchAction: ["switch", switchOf],
	LoopAction: [
		"loop",
		({ currentIndex, loopCount, path }, chains) => ({
			currentIndex: bindingOf(currentIndex),
			loopCount: valueNode(loopCount),
			...outputsOf({ paths: [path] }, chains),
		}),
	],
	ExitLoopAction: ["loopExit", () => ({})],
	NextLoopAction: ["loopNext", () => ({})],
	WaitAction: [
		"wait",
		({ duration, trimDurationNearMaxRunningTime }) => ({
			trimDurationNearMaxRunningTime: valueNode(trimDurationNearMaxRunningTime),
			duration: valueNode(duration),
		}),
	],
	EndWorkflowAction: ["endWorkflow", ({ exitReason }) => ({ exitReason: valueNode(exitReason) })],
	EndStateAction: ["endState", () => ({})],
	EndTaskAction: ["endTask", ({ pathName: name }) => (textOf(name) === "" ? {} : { outputPath: { name: textOf(name) } })],
	ChangeStateAction: [
		"changeState",
		({ stateReference, stateId }, chains) => ({ targetStateRef: chains.reference("states", stateReference ?? stateId) }),
	],
	CallTaskAction: ["callTask", callTaskOf],
	TaskAction: ["callTask", ({ taskReference }, chains) => ({ targetTaskRef: chains.reference("tasks", taskReference) })],
	DataAction: [
		"callData",
		(action, chains) => ({
			...(action.useSuggestedTimeout === true ? {} : { timeout: valueNode(action.timeout) }),
			category: {
				[isFields(action.category) ? textOf(action.category.name) : ""]: {
					dataAction: {
						[textOf(action.actionName)]: {
							inputs: named(action.inputs, valueNode),
							successOutputs: named(action.outputs, bindingOf),
							failureOutputs: named(action.errorBindings, bindingOf),
						},
					},
				},
			},
			...outputsOf(action, chains),
		}),
	],
	DataTableLookupAction: [
		"dataTableLookup",
		(action, chains) => ({
			lookupValue: valueNode(action.lookupKeyValue),
			dataTable: {
				[textOf(action.datatableName)]: {
					foundOutputs: named(action.outputs, bindingOf),
					failureOutputs: named(action.errorBindings, bindingOf),
				},
			},
			...outputsOf(action, chains),
		}),
	],
	GetConversationDataAction: ["getConversationData", (action, chains) => conversationData(action, chains, "variable")],
	SetConversationDataAction: ["setConversationData", (action, chains) => conversationData(action, chains, "value")],
	CallCommonModuleAction: [
		"callCommonModule",
		(action, chains) => ({
			commonModule: {
				[textOf(action.flowName)]: {
					ver_latestPublished: { inputs: named(action.inputs, valueNode), outputs: named(action.outputs, bindingOf) },
				},
			},
			...outputsOf(action, chains),
		}),
	],
};

function conversationData(action: Fields, chains: Chains, what: "value" | "variable"): Entry {
	const attributes = fieldsIn(action.variables).map(({ expression, variable }) => ({
		attribute: {
			name: valueNode(variable),
			[what]: what === "value" ? valueNode(expression) : isFields(expression) ? textOf(expression.text) : "",
		},
	}));
	return {
		conversationId: valueNode(action.conversationId),
		participantId: valueNode(action.participantId),
		attributes,
		...outputsOf(action, chains),
	};
}

/** With an expression the first case that equals it is taken, without one the first that is true. */
function switchOf({ expression, cases, paths }: Fields, chains: Chains): Entry {
	const drawn = new Map(fieldsIn(paths).map(({ outputId, nextActionId }) => [outputId, nextActionId] as const));
	const written = fieldsIn(cases).map(({ value, referenceId }) => ({
		case: { value: valueNode(value), actions: chains.from(drawn.get(referenceId)) },
	}));
	const otherwise = drawn.get("__DEFAULT__");
	const body = { cases: written, ...(otherwise === undefined ? {} : { default: { actions: chains.from(otherwise) } }) };
	if (!isExpression(expression) || textOf(expression.text).trim() === "") return { evaluate: { firstTrue: body } };
	return { evaluate: { firstMatch: { [typeOf(expression.type)]: { value: valueNode(expression), ...body } } } };
}

function callTaskOf({ taskReference, paths }: Fields, chains: Chains): Entry {
	const drawn = fieldsIn(paths).filter(({ nextActionId }) => nextActionId !== undefined);
	const all = drawn.map((path) => ({ name: pathName(path), actions: chains.from(path.nextActionId) }));
	const otherwise = all.find(({ name }) => name === "default");
	const others = all.filter(({ name }) => name !== "default").map((path) => ({ path }));
	return {
		targetTaskRef: chains.reference("tasks", taskReference),
		...(all.length === 0
			? {}
			: {
					outputs: {
						...(otherwise === undefined ? {} : { default: { actions: otherwise.actions } }),
						...(others.length === 0 ? {} : { paths: others }),
					},
				}),
	};
}

/** An action that is not known here: its expressions and its paths, under its own name. */
function anyOf(action: Fields, chains: Chains): Entry {
	const uses = Object.entries(action).filter(([key]) => key !== "paths" && key !== "uiMetaData");
	return { ...Object.fromEntries(uses.flatMap(([key, value]) => expressionsIn(key, value))), ...outputsOf(action, chains) };
}

/** Menus nest their choices and prompts; nothing nests deeper. */
const deepest = 12;

function expressionsIn(key: string, value: unknown, depth = 0): readonly (readonly [string, Node])[] {
	if (isExpression(value)) return [[key, isBinding(value) ? bindingOf(value) : valueNode(value)]];
	if (depth >= deepest || typeof value !== "object" || value === null) return [];
	const inner = Object.entries(value).flatMap(([name, each]) => expressionsIn(name, each, depth + 1));
	return inner.length === 0 ? [] : [[key, Object.fromEntries(inner)]];
}

/** What a task is given and gives back is not modelled: such a call is looked through, and asked of the world. */
const hasArguments = ({ inputs, outputs }: Fields): boolean => fieldsIn(inputs).length + fieldsIn(outputs).length > 0;

/** An action as Archy writes it, with its number in Architect first. */
export function actionOf(action: Fields, chains: Chains): Node {
	const type = textOf(action.__type);
	if (type === "CallTaskAction" && hasArguments(action))
		return { [callWithArguments]: { ...numberOf(action), name: textOf(action.name), ...anyOf(action, chains) } };
	const known = Object.hasOwn(writers, type) ? writers[type] : undefined;
	const bare = type.replace(/Action$/, "");
	const [key, write] = known ?? [`${bare.slice(0, 1).toLowerCase()}${bare.slice(1)}`, anyOf];
	return { [key]: { ...numberOf(action), name: textOf(action.name), ...write(action, chains) } };
}

/** The number that Architect shows for an action, a state or a task. */
export const numberOf = ({ trackingId }: Fields): Entry => (typeof trackingId === "number" ? { trackingId } : {});
