import { bounds } from "./lint/bounds.ts";
import { dataActions } from "./lint/dataActions.ts";
import { expressions } from "./lint/expressions.ts";
import { notSet } from "./lint/notSet.ts";
import { paths } from "./lint/paths.ts";
import { references } from "./lint/references.ts";
import { type DataActionContract, finding, type Rule, type RuleFinding } from "./lint/rule.ts";
import { Typings } from "./lint/typings.ts";
import { variables } from "./lint/variables.ts";
import type { Finding } from "./model.ts";
import { inOrder, readFlow } from "./read.ts";
import { replaceKnown, substitute } from "./substitute.ts";

export { type Bounds, provenBounds } from "./lint/bounds.ts";
export type { DataActionContract } from "./lint/rule.ts";

export interface LintOptions {
	/** As it is to stand in the findings. */
	readonly file: string;
	/** The values of the placeholders; without them every placeholder is a finding. */
	readonly substitutions?: Readonly<Record<string, string>>;
	/** What is known of the data actions, keyed `<category>/<name>` as they stand after substitution. */
	readonly contracts?: Readonly<Record<string, DataActionContract>>;
	/** Whether this project compiled the flow: a call without all three paths, or a variable that may be NOT_SET, is an error then. */
	readonly ours?: boolean;
}

const rules: readonly Rule[] = [references, paths, bounds, variables, expressions, notSet, dataActions];

/**
 * Everything that is wrong with the Archy YAML of a workflow, by line: what the server would refuse at apply time, and what would end a run.
 * An empty list means that the flow reads, that every path closes and that its longest run is proven to be within the platform's limits.
 * Never throws for any text.
 */
export function lintFlow(text: string, options: LintOptions): Finding[] {
	const { file, substitutions = {}, contracts = {}, ours = false } = options;
	const substituted = substitute(text, substitutions);
	const problems = "problems" in substituted ? substituted.problems : [];
	const flow = "text" in substituted ? substituted.text : replaceKnown(text, substitutions);
	const read = readFlow(flow, file);
	const found: RuleFinding[] = [...problems, ...unquotedBranches(flow)];
	if ("workflow" in read) {
		const subject = { workflow: read.workflow, contracts, ours, typings: new Typings(read.workflow) };
		found.push(...rules.flatMap((rule) => rule(subject)));
	} else {
		// A placeholder that is left over also breaks the YAML of its line: once is enough.
		const told = new Set(problems.map((problem) => problem.line));
		found.push(...read.findings.filter((each) => !told.has(each.line)));
	}
	return inOrder(found.map((each) => ({ ...each, file })));
}

/** YAML 1.1 parsers read a bare yes or no as true or false. */
function unquotedBranches(text: string): RuleFinding[] {
	return text.split("\n").flatMap((line, index) => {
		const match = /^(\s*)(yes|no)\s*:/.exec(line);
		if (match === null) return [];
		const place = { line: index + 1, column: (match[1]?.length ?? 0) + 1 };
		const message = `Expected the path "${match[2]}" in quotes, got it bare: YAML 1.1 readers take it for a truth value.`;
		return finding(place, "unquoted-branch", message, `Write "${match[2]}": in double quotes.`, "warning");
	});
}
