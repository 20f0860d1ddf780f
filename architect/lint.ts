import { asArchy } from "./exports/archy.ts";
import { ExportError } from "./exports/decode.ts";
import { bounds } from "./lint/bounds.ts";
import { dataActions } from "./lint/dataActions.ts";
import { expressions } from "./lint/expressions.ts";
import { notSet } from "./lint/notSet.ts";
import { otherFlowFindings } from "./lint/otherFlow.ts";
import { outputs } from "./lint/outputs.ts";
import { holding } from "./lint/partial.ts";
import { paths } from "./lint/paths.ts";
import { references } from "./lint/references.ts";
import { type DataActionContract, finding, type Rule, type RuleFinding } from "./lint/rule.ts";
import { Typings } from "./lint/typings.ts";
import { variables } from "./lint/variables.ts";
import type { Finding, Workflow } from "./model.ts";
import { inOrder, notAWorkflow, readFlow, readOther, unquotedPlaceholder } from "./read.ts";
import { mostFindings } from "./readNodes.ts";
import { openPlaceholders, replaceKnown, substitute, unusedSubstitution } from "./substitute.ts";

export { type Bounds, provenBounds } from "./lint/bounds.ts";
export type { DataActionContract } from "./lint/rule.ts";

export interface LintOptions {
	/** As it is to stand in the findings. */
	readonly file: string;
	/** The values of the placeholders. Without them each one is a warning and an opaque text, and an error when the flow is ours. */
	readonly substitutions?: Readonly<Record<string, string>>;
	/** What is known of the data actions, keyed `<category>/<name>` as they stand after substitution. */
	readonly contracts?: Readonly<Record<string, DataActionContract>>;
	/** Whether this project compiled the flow: a call without all three paths, or a variable that may be NOT_SET, is an error then. */
	readonly ours?: boolean;
}

const rules: readonly Rule[] = [references, paths, outputs, bounds, variables, expressions, notSet, dataActions];

/**
 * Everything that is wrong with a workflow, Archy YAML or a compiled export, by line: what the server would refuse at apply time, and what
 * would end a run.
 * An empty list means that the flow reads, that every path closes and that its longest run is proven to be within the platform's limits.
 * Never throws for any text.
 */
export function lintFlow(text: string, options: LintOptions): Finding[] {
	try {
		const { text: yaml, lineOf, compiled } = asArchy(text);
		const found = lintArchy(yaml, options, compiled);
		return compiled ? inOrder(found.map((each) => ({ ...each, line: lineOf(each.line), column: 1 }))) : found;
	} catch (error) {
		if (!(error instanceof ExportError)) throw error;
		return [{ file: options.file, ...finding(undefined, "export", error.message, error.remedy) }];
	}
}

function lintArchy(text: string, options: LintOptions, compiled: boolean): Finding[] {
	const { file, substitutions, contracts = {}, ours = false } = options;
	const { flow, problems } = substituted(text, ours ? (substitutions ?? {}) : substitutions, ours);
	const read = readFlow(flow, file, { lenient: !ours, compiled });
	if ("findings" in read && read.findings.some(({ rule }) => rule === notAWorkflow)) {
		const another = ours ? undefined : readOther(flow, file);
		return another === undefined ? [...read.findings] : capped(otherFindings(another, problems, contracts), file);
	}
	const found = onceEach(problems, "workflow" in read ? read.warnings : read.findings);
	if ("workflow" in read) return capped(found.concat(ruleFindings(read.workflow, contracts, ours)), file);
	if (read.part === undefined) return capped(found, file);
	const errors = read.findings.filter(({ severity }) => severity === "error");
	return capped(found.concat(holding(ruleFindings(read.part, contracts, ours), read.part, errors)), file);
}

function otherFindings(
	{ other, findings }: NonNullable<ReturnType<typeof readOther>>,
	problems: readonly RuleFinding[],
	contracts: NonNullable<LintOptions["contracts"]>,
): RuleFinding[] {
	return onceEach(problems, findings).concat(other === undefined ? [] : otherFlowFindings(other.type, other.flow, contracts));
}

/** A placeholder without quotes, or an error of one, is told once. */
function onceEach(problems: readonly RuleFinding[], read: readonly RuleFinding[]): RuleFinding[] {
	const placeOf = ({ line, column }: RuleFinding) => `${line}:${column}`;
	const unquoted = new Set(read.filter(({ rule }) => rule === unquotedPlaceholder).map(placeOf));
	// An error of a placeholder also breaks the YAML of its line.
	const wrongLines = new Set(problems.filter(({ severity }) => severity === "error").map(({ line }) => line));
	const others = problems.filter((each) => each.severity === "error" || !unquoted.has(placeOf(each)));
	return [...others, ...read.filter(({ line }) => !wrongLines.has(line))];
}

function substituted(text: string, values: Readonly<Record<string, string>> | undefined, ours: boolean) {
	// Several flows may share their substitutions: the provider only replaces what it finds.
	const milder = (problem: RuleFinding): RuleFinding =>
		problem.rule === unusedSubstitution && !ours ? { ...problem, severity: "warning" } : problem;
	if (values === undefined) return { flow: text, problems: openPlaceholders(text) };
	const done = substitute(text, values);
	return "text" in done ? { flow: done.text, problems: [] } : { flow: replaceKnown(text, values), problems: done.problems.map(milder) };
}

function ruleFindings(workflow: Workflow, contracts: NonNullable<LintOptions["contracts"]>, ours: boolean): readonly RuleFinding[] {
	const subject = { workflow, contracts, ours, typings: new Typings(workflow) };
	try {
		return rules.flatMap((rule) => rule(subject));
	} catch (error) {
		// Tasks that call tasks, thousands deep: reading bounds all other nesting.
		if (!(error instanceof RangeError)) throw error;
		const message = "Expected a flow that can be followed, got tasks that call tasks too deeply.";
		return [finding(undefined, "nesting", message, "Call tasks one after the other instead.")];
	}
}

/** Errors before warnings where there are more than anybody reads. */
function capped(found: readonly RuleFinding[], file: string): Finding[] {
	const more = found.length - mostFindings;
	const [errors, warnings] = [found.filter(({ severity }) => severity === "error"), found.filter(({ severity }) => severity === "warning")];
	const kept = more > 0 ? [...errors, ...warnings].slice(0, mostFindings) : found;
	const wrongLines = inOrder(kept.map((each) => ({ file, ...each })));
	if (more <= 0) return wrongLines;
	const message = `Expected at most ${mostFindings} findings in one file, got ${more} more, which are left out.`;
	const rest = finding(undefined, "too-many", message, "Correct the ones above first.", errors.length > 0 ? "error" : "warning");
	return [...wrongLines, { file, ...rest }];
}
