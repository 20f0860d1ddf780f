import type { VariableType } from "./expressions/values.ts";
import type { RuleId } from "./rules.ts";

export { type VariableType, variableTypes } from "./expressions/values.ts";

/**
 * Architect `workflow` flows as data: the subset that this project compiles, lints and runs.
 * Shapes follow the vendor's published blueprint exports; whatever is not here is refused by name and line.
 */

/** Where a node stands in its file; both count from 1. */
export interface Place {
	readonly line: number;
	readonly column: number;
}

/** `days`, `hours`, `minutes`, `seconds` of a duration literal. */
export interface DurationLiteral {
	readonly days?: number;
	readonly hours?: number;
	readonly minutes?: number;
	readonly seconds?: number;
}

/** A thing of the organization, by its name: `lit: { name: Parcels }`. */
export interface EntityLiteral {
	readonly name: string;
}

export type SingleLiteral = string | number | boolean | DurationLiteral | EntityLiteral;

/** `lit: []`, or a list of value nodes with a literal each; what is not set is null. */
export type CollectionLiteral = readonly (SingleLiteral | null)[];

export type Literal = SingleLiteral | CollectionLiteral;

/** Whether a literal is a list of literals. */
export const isCollectionLiteral = (lit: Literal): lit is CollectionLiteral => Array.isArray(lit);

/** Whether a literal names a thing of the organization. */
export const isEntityLiteral = (lit: Literal): lit is EntityLiteral => typeof lit === "object" && "name" in lit;

/** A value node: exactly one of `lit`, `exp`, `noValue`. */
export type Value =
	/** `open`: a placeholder without quotes, which can become a literal of any type. */
	| { readonly kind: "lit"; readonly lit: Literal; readonly place?: Place; readonly open?: true }
	| { readonly kind: "exp"; readonly exp: string; readonly place?: Place }
	| { readonly kind: "noValue"; readonly place?: Place };

export interface Variable {
	readonly type: VariableType;
	/** With its scope: `Flow.x`, `State.x`, `Task.x`. */
	readonly name: string;
	readonly initialValue: Value;
	readonly isInput: boolean;
	readonly isOutput: boolean;
	readonly place?: Place;
}

export interface Statement {
	readonly type: VariableType;
	readonly variable: string;
	readonly value: Value;
	readonly place?: Place;
}

interface ActionBase {
	readonly name: string;
	readonly place?: Place;
}

export interface UpdateData extends ActionBase {
	readonly kind: "updateData";
	readonly statements: readonly Statement[];
}

export interface Decision extends ActionBase {
	readonly kind: "decision";
	readonly condition: Value;
	readonly yes?: readonly Action[];
	readonly no?: readonly Action[];
}

export interface SwitchCase {
	readonly value: Value;
	readonly actions: readonly Action[];
	readonly place?: Place;
}

export interface Switch extends ActionBase {
	readonly kind: "switch";
	/** `firstMatch` compares one value of a type with each case; `firstTrue` takes the first case that is true. */
	readonly style: "firstMatch" | "firstTrue";
	readonly matchType?: "string" | "integer";
	readonly value?: Value;
	readonly cases: readonly SwitchCase[];
	readonly default?: readonly Action[];
}

export interface Loop extends ActionBase {
	readonly kind: "loop";
	/** Undefined: the passes are counted and the count is kept nowhere. */
	readonly currentIndex?: string;
	readonly loopCount: Value;
	readonly body: readonly Action[];
}

export interface Wait extends ActionBase {
	readonly kind: "wait";
	readonly duration: Value;
	readonly trimDurationNearMaxRunningTime: boolean;
}

export interface CallData extends ActionBase {
	readonly kind: "callData";
	readonly category: string;
	readonly dataAction: string;
	readonly timeout?: Value;
	readonly inputs: Readonly<Record<string, Value>>;
	/** Flattened contract path → variable. */
	readonly successOutputs: Readonly<Record<string, string>>;
	readonly failureOutputs: Readonly<Record<string, string>>;
	readonly success?: readonly Action[];
	readonly failure?: readonly Action[];
	readonly timeoutActions?: readonly Action[];
}

export interface ChangeState extends ActionBase {
	readonly kind: "changeState";
	/** The refId inside `/workflow/states/state[…]`. */
	readonly target: string;
}

export interface CallTask extends ActionBase {
	readonly kind: "callTask";
	/** The refId inside `/workflow/tasks/task[…]`. */
	readonly target: string;
	/** What follows when the task ends on its path "default"; undefined: the next action. */
	readonly default?: readonly Action[];
	/** What follows when the task ends on a path with a name of its own. */
	readonly paths?: readonly TaskPath[];
}

export interface TaskPath {
	readonly name: string;
	readonly actions: readonly Action[];
	readonly place?: Place;
}

export interface EndTask extends ActionBase {
	readonly kind: "endTask";
	/** The path of the caller that follows; undefined: "default". */
	readonly outputPath?: string;
}

/** Ends a state that leads nowhere, and so the run, without an exit reason (assumed: the vendor's pages name the action only). */
export interface EndState extends ActionBase {
	readonly kind: "endState";
}

export interface EndWorkflow extends ActionBase {
	readonly kind: "endWorkflow";
	readonly exitReason: Value;
}

export interface LoopNext extends ActionBase {
	readonly kind: "loopNext";
}

export interface LoopExit extends ActionBase {
	readonly kind: "loopExit";
}

/** One path that leaves an action. */
export interface Branch {
	readonly name: string;
	/** Undefined where the path is not written: the flow goes on with the next action. */
	readonly actions: readonly Action[] | undefined;
}

/** An action of the vendor's whose result only an organization knows: what it uses, what it writes, and where it leads. */
export interface Unmodelled extends ActionBase {
	readonly kind: "unmodelled";
	/** Its key in the file: `dataTableLookup`. */
	readonly type: string;
	readonly values: readonly Value[];
	readonly writes: readonly string[];
	readonly paths: readonly Branch[];
	/** Only where it is read to be run. */
	readonly asks?: Asks;
}

/** What an action asks of the organization, by the names in the file: of keys, columns, attributes. */
export interface Asks {
	/** What it is about: a data table, a common module. */
	readonly subject?: string;
	readonly inputs: Readonly<Record<string, Value>>;
	/** Output → variable. */
	readonly outputs: Readonly<Record<string, string>>;
}

export type Action =
	| UpdateData
	| Decision
	| Switch
	| Loop
	| LoopNext
	| LoopExit
	| Wait
	| CallData
	| ChangeState
	| CallTask
	| EndTask
	| EndState
	| EndWorkflow
	| Unmodelled;

/** A state or a task: a named list of actions with variables of its own. */
export interface Sequence {
	readonly name: string;
	readonly refId: string;
	readonly variables: readonly Variable[];
	/** The names of the variables whose type nothing here can carry; only where they are read leniently. */
	readonly opaque?: readonly string[];
	readonly actions: readonly Action[];
	readonly place?: Place;
}

export interface Workflow {
	readonly name: string;
	readonly description: string;
	readonly division?: string;
	readonly defaultLanguage: string;
	/** The refId of the state that runs first. */
	readonly startUp: string;
	readonly variables: readonly Variable[];
	/** As those of a state. */
	readonly opaque?: readonly string[];
	readonly states: readonly Sequence[];
	readonly tasks: readonly Sequence[];
}

/** One thing that is wrong with a flow file, and what to do about it. */
export interface Finding {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly rule: RuleId;
	readonly severity: "error" | "warning";
	readonly message: string;
	readonly remedy: string;
}
