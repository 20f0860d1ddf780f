import type { Workflow } from "../model.ts";

/** A workflow whose places say the lines that people know, as `Archy.lineOf` gives them. */
export function numbered(workflow: Workflow, lineOf: (line: number) => number): Workflow {
	const change = (value: unknown): unknown => {
		if (Array.isArray(value)) return value.map(change);
		if (typeof value !== "object" || value === null) return value;
		return Object.fromEntries(
			Object.entries(value).map(([key, each]) => [
				key,
				key === "place" && isPlace(each) ? { line: lineOf(each.line), column: 1 } : change(each),
			]),
		);
	};
	return change(workflow) as Workflow;
}

const isPlace = (value: unknown): value is { readonly line: number } => typeof value === "object" && value !== null && "line" in value;
