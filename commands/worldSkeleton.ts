import { callsIn, everyStep, owners } from "../architect/lint/steps.ts";
import type { CallData, Variable, Workflow } from "../architect/model.ts";
import type { Json } from "../architect/simulate.ts";
import { skeletonOfAsks } from "./worldAsks.ts";

/** A world of one success for each data action that a workflow calls, with the outputs that it binds; every value is to be filled in. */
export function worldSkeleton(workflow: Workflow, placeholders: readonly string[]): object {
	const types = new Map(variablesOf(workflow).map(({ name, type }) => [name.toLowerCase(), type]));
	const bound = (call: CallData): Record<string, Json> =>
		Object.fromEntries(Object.entries(call.successOutputs).map(([output, name]) => [output, exampleOf(types.get(name.toLowerCase()))]));
	const outputs = new Map<string, Record<string, Json>>();
	for (const call of callsIn(workflow)) {
		const key = `${call.category}/${call.dataAction}`;
		outputs.set(key, { ...outputs.get(key), ...bound(call) });
	}
	const example = (variable: string): Json => exampleOf(types.get(variable.toLowerCase()));
	const { entities = {}, ...others } = skeletonOfAsks(
		everyStep(workflow).flatMap(({ action }) => (action.kind === "unmodelled" ? action : [])),
		example,
	);
	return {
		substitutions: Object.fromEntries(placeholders.map((key) => [key, key])),
		entities,
		dataActions: Object.fromEntries([...outputs].map(([key, success]) => [key, [{ success }]])),
		...others,
	};
}

const variablesOf = (workflow: Workflow): readonly Variable[] => [
	...workflow.variables,
	...owners(workflow).flatMap(({ sequence }) => sequence.variables),
];

/** A value of the type, in the form in which a data action gives it. */
function exampleOf(type: Variable["type"] | undefined): Json {
	if (type?.endsWith("Collection")) return [];
	switch (type) {
		case "integer":
		case "decimal":
			return 0;
		case "boolean":
			return false;
		case "json":
			return {};
		case "string":
			return "";
		default:
			return null;
	}
}
