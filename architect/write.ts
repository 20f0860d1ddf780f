import { stringify } from "yaml";
import {
	type Action,
	type CallData,
	type CallTask,
	type CollectionLiteral,
	isCollectionLiteral,
	type Sequence,
	type Statement,
	type Switch,
	type Value,
	type Variable,
	type Workflow,
} from "./model.ts";
import { defaultPath } from "./readTaskPaths.ts";

type Node = Readonly<Record<string, unknown>>;

/**
 * Archy YAML of a workflow: block style everywhere, every text double-quoted, `"yes"` and `"no"` quoted, equal bytes for equal workflows.
 * Reading it back gives the same workflow.
 */
export function writeFlow(workflow: Workflow): string {
	return stringify(document(workflow), {
		version: "1.2",
		compat: "yaml-1.1",
		lineWidth: 0,
		defaultStringType: "QUOTE_DOUBLE",
		defaultKeyType: "PLAIN",
		doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER,
		aliasDuplicateObjects: false,
	});
}

function document(workflow: Workflow): Node {
	return {
		workflow: {
			name: workflow.name,
			description: workflow.description,
			...(workflow.division === undefined ? {} : { division: workflow.division }),
			startUpRef: `/workflow/states/state[${workflow.startUp}]`,
			defaultLanguage: workflow.defaultLanguage,
			supportedLanguages: { [workflow.defaultLanguage]: { none: true } },
			...variables(workflow.variables),
			settingsErrorHandling: { errorHandling: { endWorkflow: { none: true } } },
			states: workflow.states.map((state) => ({ state: sequence(state) })),
			...(workflow.tasks.length === 0 ? {} : { tasks: workflow.tasks.map((task) => ({ task: sequence(task) })) }),
		},
	};
}

function sequence(of: Sequence): Node {
	return { name: of.name, refId: of.refId, ...variables(of.variables), actions: actions(of.actions) };
}

function variables(of: readonly Variable[]): Node {
	return of.length === 0 ? {} : { variables: of.map(variable) };
}

function variable({ type, name, initialValue, isInput, isOutput }: Variable): Node {
	return { [`${type}Variable`]: { name, initialValue: value(initialValue), isInput, isOutput } };
}

function value(of: Value): Node {
	if (of.kind === "lit") return { lit: isCollectionLiteral(of.lit) ? of.lit.map(item) : of.lit };
	return of.kind === "exp" ? { exp: of.exp } : { noValue: true };
}

const item = (of: CollectionLiteral[number]): Node => (of === null ? { noValue: true } : { lit: of });

function actions(of: readonly Action[]): Node[] {
	return of.map((action) => ({ [action.kind]: { name: action.name, ...body(action) } }));
}

function body(action: Action): Node {
	switch (action.kind) {
		case "updateData":
			return { statements: action.statements.map(statement) };
		case "decision":
			return { condition: value(action.condition), ...outputs({ yes: action.yes, no: action.no }) };
		case "switch":
			return { evaluate: evaluate(action) };
		case "loop":
			return {
				currentIndex: action.currentIndex === undefined ? { noValue: true } : { var: action.currentIndex },
				loopCount: value(action.loopCount),
				outputs: { loop: { actions: actions(action.body) } },
			};
		case "wait":
			return { trimDurationNearMaxRunningTime: { lit: action.trimDurationNearMaxRunningTime }, duration: value(action.duration) };
		case "callData":
			return callData(action);
		case "changeState":
			return { targetStateRef: `/workflow/states/state[${action.target}]` };
		case "callTask":
			return { targetTaskRef: `/workflow/tasks/task[${action.target}]`, ...taskOutputs(action) };
		case "endWorkflow":
			return { exitReason: value(action.exitReason) };
		case "endTask":
			return { outputPath: { name: action.outputPath ?? defaultPath } };
		case "endState":
		case "loopNext":
		case "loopExit":
			return {};
		case "unmodelled":
			throw new Error(`Expected an action that can be written, got "${action.type}", of which only a part was read.`);
	}
}

function taskOutputs(of: CallTask): Node {
	const paths = of.paths?.map((path) => ({ path: { name: path.name, actions: actions(path.actions) } }));
	const written = {
		...(of.default === undefined ? {} : { default: { actions: actions(of.default) } }),
		...(paths === undefined || paths.length === 0 ? {} : { paths }),
	};
	return Object.keys(written).length === 0 ? {} : { outputs: written };
}

function statement({ type, variable, value: assigned }: Statement): Node {
	return { [type]: { variable, value: value(assigned) } };
}

function evaluate(of: Switch): Node {
	const parts = {
		...(of.default === undefined ? {} : { default: { actions: actions(of.default) } }),
		cases: of.cases.map((each) => ({ case: { value: value(each.value), actions: actions(each.actions) } })),
	};
	if (of.style === "firstTrue") return { firstTrue: parts };
	return { firstMatch: { [of.matchType ?? "string"]: { value: value(of.value ?? { kind: "noValue" }), ...parts } } };
}

function callData(of: CallData): Node {
	const call = {
		...named("inputs", of.inputs, value),
		...named("successOutputs", of.successOutputs, (name) => ({ var: name })),
		...named("failureOutputs", of.failureOutputs, (name) => ({ var: name })),
	};
	return {
		...(of.timeout === undefined ? {} : { timeout: value(of.timeout) }),
		category: { [of.category]: { dataAction: { [of.dataAction]: Object.keys(call).length === 0 ? { none: true } : call } } },
		...outputs({ success: of.success, failure: of.failure, timeout: of.timeoutActions }),
	};
}

function named<T>(key: string, of: Readonly<Record<string, T>>, write: (each: T) => Node): Node {
	const entries = Object.entries(of).map(([name, each]) => [name, write(each)]);
	return entries.length === 0 ? {} : { [key]: Object.fromEntries(entries) };
}

/** A branch that is absent stays absent: both mean "go on with the next action". */
function outputs(branches: Readonly<Record<string, readonly Action[] | undefined>>): Node {
	const present = Object.entries(branches).flatMap(([name, branch]) =>
		branch === undefined ? [] : [[name, { actions: actions(branch) }] as const],
	);
	return present.length === 0 ? {} : { outputs: Object.fromEntries(present) };
}
