import { ValueError } from "../expressions/values.ts";
import { leadsTo } from "../lint/cycles.ts";
import type { Variable, Workflow } from "../model.ts";
import type { Refusal } from "./refusal.ts";
import { initialValues } from "./values.ts";

/** Names with their scope, each once; initial values as literals of their type. */
export function refuseVariables(variables: readonly Variable[], scope: string, path: string, refusals: Refusal[]): void {
	const seen = new Set<string>();
	for (const variable of variables) {
		const where = { path: `${path}/${variable.name}`, ...(variable.place === undefined ? {} : { line: variable.place.line }) };
		const key = variable.name.toLowerCase();
		if (!key.startsWith(scope.toLowerCase()))
			refusals.push({ ...where, message: `Expected a name that begins with ${scope}, got ${variable.name}.` });
		if (seen.has(key)) refusals.push({ ...where, message: `Expected each variable once, got ${variable.name} twice.` });
		seen.add(key);
		if (variable.initialValue.kind === "exp") refusals.push({ ...where, message: "Expected lit or noValue as initial value, got exp." });
		try {
			initialValues([variable]);
		} catch (error) {
			if (!(error instanceof ValueError)) throw error;
			refusals.push({ ...where, message: error.message });
		}
	}
}

/** Whether any text or key below a node holds `{{`. Most flows have none, and this is cheaper than looking for the place of one. */
export function hasPlaceholder(node: unknown): boolean {
	if (typeof node === "string") return node.includes("{{");
	if (typeof node !== "object" || node === null) return false;
	if (Array.isArray(node)) return node.some(hasPlaceholder);
	for (const key of Object.keys(node)) if (key.includes("{{") || hasPlaceholder(Reflect.get(node, key))) return true;
	return false;
}

/** No `{{` in any text or key of the flow. */
export function refusePlaceholders(node: unknown, refusals: Refusal[], path = "workflow"): void {
	if (typeof node === "string" && node.includes("{{")) {
		refusals.push({ path, message: `Expected every placeholder to be substituted, got "${node.slice(0, 80)}".` });
	} else if (typeof node === "object" && node !== null) {
		for (const [key, child] of Object.entries(node)) {
			const label = typeof child === "object" && child !== null && "name" in child ? `${key} ${String(child.name)}` : key;
			if (key.includes("{{")) refusals.push({ path, message: `Expected every placeholder to be substituted, got the key "${key}".` });
			refusePlaceholders(child, refusals, `${path}/${label}`);
		}
	}
}

/** A task that calls itself has no bound but the platform's, so it is not run at all. */
export function refuseRecursion(workflow: Workflow, refusals: Refusal[]): void {
	const trails = leadsTo(workflow).back.map(({ trail }) => trail.filter(({ kind }) => kind === "task"));
	const repeated = new Set(trails.flatMap((trail) => trail.map(({ sequence }) => sequence.refId)));
	for (const { refId, place } of workflow.tasks) {
		const where = { path: refId, ...(place === undefined ? {} : { line: place.line }) };
		if (repeated.has(refId)) refusals.push({ ...where, message: `Expected a task that does not call itself, got "${refId}".` });
	}
}
