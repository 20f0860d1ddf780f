import { isAtLeast, lastOf, type Resource, recordOf, shown } from "../resource.ts";
import type { StackRule, Violation } from "../rule.ts";

/** How many run at once is said wherever others decide how much comes in. */
export const boundedConcurrency: StackRule = {
	name: "bounded-concurrency",
	info: "A flood from outside could take all of the account's concurrency.",
	explanation:
		"A public address, an event and a schedule start as many runs as there are calls. What is bounded leaves room for everything else in the account.",
	checkAll: (resources) => {
		const started = new Set(resources.flatMap(startedBy));
		return resources.flatMap((resource) => [...functionProblems(resource, started), ...mappingProblems(resource)]);
	},
};

/** The functions that somebody outside starts, by their names. */
function startedBy({ type, inputs }: Resource): readonly string[] {
	if (type === "aws:lambda/functionUrl:FunctionUrl") return [lastOf(inputs.functionName)];
	if (type === "aws:lambda/permission:Permission") return [lastOf(inputs.function)];
	if (type === "aws:scheduler/schedule:Schedule") return [lastOf(recordOf(inputs.target).arn)];
	return [];
}

function functionProblems(resource: Resource, started: ReadonlySet<string>): readonly Violation[] {
	const { type, inputs } = resource;
	if (type !== "aws:lambda/function:Function" || !started.has(lastOf(inputs.name))) return [];
	if (isAtLeast(inputs.reservedConcurrentExecutions, 1)) return [];
	const got = inputs.reservedConcurrentExecutions === undefined ? "none" : shown(inputs.reservedConcurrentExecutions);
	return [{ resource, message: `expected reservedConcurrentExecutions from 1 up, got ${got}` }];
}

function mappingProblems(resource: Resource): readonly Violation[] {
	if (resource.type !== "aws:lambda/eventSourceMapping:EventSourceMapping") return [];
	const { maximumConcurrency } = recordOf(resource.inputs.scalingConfig);
	if (isAtLeast(maximumConcurrency, 2)) return [];
	return [{ resource, message: `expected scalingConfig.maximumConcurrency from 2 up, got ${shown(maximumConcurrency ?? "none")}` }];
}
