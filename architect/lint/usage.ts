import type { Action, Place, Value, VariableType } from "../model.ts";

/** A value of an action, and the types that fit there; `undefined` where every type does. */
export interface UsedValue {
	readonly value: Value;
	readonly place: Place | undefined;
	readonly what: string;
	readonly wanted: readonly VariableType[] | undefined;
	/** Whether it is an input of a data action. */
	readonly isInput?: boolean;
}

/** A variable that an action writes, and the types of what it writes; `undefined` where that is not known. */
export interface WrittenVariable {
	readonly name: string;
	readonly place: Place | undefined;
	readonly what: string;
	readonly given: readonly VariableType[] | undefined;
}

/** What each data action may report of its failure, with its type (every blueprint export lists the same set). */
export const failureOutputs: Readonly<Record<string, VariableType>> = {
	errorCode: "string",
	status: "integer",
	correlationId: "string",
	entityId: "string",
	entityName: "string",
	userMessage: "string",
	userParamsMessage: "string",
	"userParams.key": "stringCollection",
	"userParams.value": "stringCollection",
	"details.errorCode": "stringCollection",
	"details.fieldName": "stringCollection",
	"details.entityId": "stringCollection",
	"details.entityName": "stringCollection",
};

/** The values of one action itself, without those of the actions inside it. */
export function valuesOf(action: Action): UsedValue[] {
	const use = (value: Value, what: string, wanted?: readonly VariableType[]): UsedValue => ({
		value,
		place: value.place ?? action.place,
		what: `${what} of "${action.name}"`,
		wanted,
	});
	switch (action.kind) {
		case "updateData":
			return action.statements.map(({ type, variable, value }) => use(value, `the value for ${variable}`, [type]));
		case "decision":
			return [use(action.condition, "the condition", ["boolean"])];
		case "switch": {
			const wanted = [action.style === "firstTrue" ? "boolean" : (action.matchType ?? "string")] as const;
			const cases = action.cases.map((each, index) => use(each.value, `case ${index + 1}`, wanted));
			return action.value === undefined ? cases : [use(action.value, "the value", wanted), ...cases];
		}
		case "loop":
			return [use(action.loopCount, "loopCount", ["integer"])];
		case "wait":
			return [use(action.duration, "the duration", ["duration"])];
		case "callData": {
			const inputs = Object.entries(action.inputs).map(([name, value]) => ({
				...use(value, `the input "${name}"`),
				isInput: true,
			}));
			return action.timeout === undefined ? inputs : [use(action.timeout, "the timeout", ["duration"]), ...inputs];
		}
		case "endWorkflow":
			return [use(action.exitReason, "exitReason", ["string"])];
		case "unmodelled":
			return action.values.map((value) => use(value, "an expression"));
		default:
			return [];
	}
}

/** The variables that one action itself writes. */
export function writtenBy(action: Action): WrittenVariable[] {
	switch (action.kind) {
		case "updateData":
			return action.statements.map(({ type, variable, place }) => ({
				name: variable,
				place: place ?? action.place,
				what: `the ${type} statement of "${action.name}"`,
				given: [type],
			}));
		case "loop":
			if (action.currentIndex === undefined) return [];
			return [{ name: action.currentIndex, place: action.place, what: `the index of "${action.name}"`, given: ["integer"] }];
		case "callData":
			return [
				...Object.entries(action.successOutputs).map(([path, name]) => output(action, path, name)),
				...Object.entries(action.failureOutputs).map(([path, name]) => output(action, path, name, failureOutputs[path])),
			];
		case "unmodelled":
			return action.writes.map((name) => ({ name, place: action.place, what: `an output of "${action.name}"`, given: undefined }));
		default:
			return [];
	}
}

/** A failure output may also be bound to a string: a blueprint does so with the status. */
function output(action: Action, path: string, name: string, type?: VariableType): WrittenVariable {
	const given: readonly VariableType[] | undefined = type === undefined ? undefined : [type, "string"];
	return { name, place: action.place, what: `the output "${path}" of "${action.name}"`, given };
}
