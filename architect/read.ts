import { isAlias, isMap, isNode, isScalar, LineCounter, type Node, type Scalar, type YAMLError } from "yaml";
import { isBareWord, isBranch, wantsText } from "./bareTexts.ts";
import type { Finding, Place, Workflow } from "./model.ts";
import { isFlow, parseYaml } from "./parseYaml.ts";
import { shown, showPlaceholders } from "./placeholderMask.ts";
import { callFlow, readCallFlow } from "./readCallFlow.ts";
import { type Entry, Nodes } from "./readNodes.ts";
import { type OtherFlow, readOtherFlow } from "./readOtherFlow.ts";
import { readWorkflow } from "./readWorkflow.ts";
import { placeholders } from "./substitute.ts";
import { type Visited, walk } from "./walk.ts";

/** Characters, the server's own limit in bytes (constants of the vendor's scripting SDK). */
export const longestText = 6_165_627;

export interface ReadOptions {
	/**
	 * Reads what the vendor has and nothing here can run (other actions, other types of variables, open placeholders) as something that says
	 * nothing, with a warning. Such a workflow can be looked through and not be run. Otherwise findings are errors only.
	 */
	readonly lenient?: boolean;
	/** Reads actions whose result only an organization knows (a data table look-up, …) to be run: `simulate` asks for each. */
	readonly asking?: boolean;
	/** The platform itself wrote the flow: an action or a type that is not known here is one that is newer than this tool. */
	readonly compiled?: boolean;
}

type Read =
	| { readonly workflow: Workflow; readonly warnings: readonly Finding[] }
	/** `part`: what could be read all the same; nothing may run it. */
	| { readonly findings: readonly Finding[]; readonly part?: Workflow };

/** The last workflow without a finding, by its text: who lints a flow publishes and runs the same one next. */
let last: { readonly text: string; readonly kind: string; readonly read: Read } | undefined;

/**
 * Reads the Archy YAML of a `workflow` flow, YAML 1.2, after its substitutions. Whatever it does not know is a finding with its line;
 * all findings of a file come at once and it never throws. The shapes are those of the vendor's blueprint exports.
 */
export function readFlow(text: string, file: string, options: ReadOptions = {}): Read {
	const kind = JSON.stringify(options);
	if (last?.text === text && last.kind === kind) return last.read;
	const read = readText(text, file, options);
	if ("workflow" in read && read.warnings.length === 0) last = { text, kind, read };
	return read;
}

function readText(text: string, file: string, options: ReadOptions): Read {
	const lines = new LineCounter();
	const nodes = new Nodes(file, lines, options);
	if (text.length > longestText) {
		nodes.report(
			{ line: 1, column: 1 },
			"too-large",
			`Expected at most ${longestText} characters, got ${text.length}.`,
			"Split the flow, or move repeated actions to tasks.",
		);
		return { findings: nodes.findings };
	}
	let part: Workflow | undefined;
	try {
		part = parse(text, lines, nodes);
		if (part !== undefined && !nodes.failed) return { workflow: part, warnings: inOrder(nodes.findings) };
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		reportNesting({ line: 1, column: 1 }, nodes);
	}
	const findings = inOrder(nodes.findings.filter(({ severity }) => nodes.lenient || severity === "error"));
	return { findings, ...(part === undefined ? {} : { part }) };
}

/** Rules that the linter looks for by name. */
export const unquotedPlaceholder = "placeholder-unquoted";
export const notAWorkflow = "not-a-workflow";

/** By line, column and rule: two runs over one file report alike. */
export function inOrder(findings: readonly Finding[]): Finding[] {
	return findings.toSorted((a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : Number(a.rule > b.rule)));
}

/**
 * Reads a flow of another type than workflow, as far as all types are written alike; undefined where the text is none. The findings are of its
 * YAML: what is not known of that type is passed over.
 */
export function readOther(text: string, file: string): { readonly other?: OtherFlow; readonly findings: readonly Finding[] } | undefined {
	const lines = new LineCounter();
	const nodes = new Nodes(file, lines, { lenient: true });
	const root = documentOf(text, lines, nodes);
	const flow = root && otherIn(root, nodes);
	if (root === undefined || flow === undefined) return undefined;
	walk(root.value, (node, at) => visit(node, at, nodes));
	const findings = inOrder(nodes.findings);
	return nodes.failed ? { findings } : { findings, other: readOtherFlow(flow, nodes) };
}

function parse(text: string, lines: LineCounter, nodes: Nodes): Workflow | undefined {
	const root = documentOf(text, lines, nodes);
	if (root === undefined) return undefined;
	if (nodes.asking && isMap(root.value) && root.value.has(callFlow)) {
		walk(root.value, (node, at) => visit(node, at, nodes));
		const calls = nodes.fields(root, "the file", [callFlow]).get(callFlow);
		return calls && readCallFlow(calls, nodes);
	}
	if (!isMap(root.value) || !root.value.has("workflow")) {
		reportRoot(root, nodes);
		return undefined;
	}
	walk(root.value, (node, at) => visit(node, at, nodes));
	const workflow = nodes.fields(root, "the file", ["workflow"]).get("workflow");
	return workflow && readWorkflow(workflow, nodes);
}

/** The YAML of a file; undefined, with findings, where it is none. */
function documentOf(text: string, lines: LineCounter, nodes: Nodes): Entry | undefined {
	const document = parseYaml(text, lines);
	// One syntax error makes others below it: only the first says something.
	for (const error of [...document.errors.slice(0, 1), ...document.warnings]) reportYaml(error, text, nodes);
	if (document.directives?.yaml.explicit) {
		nodes.report({ line: 1, column: 1 }, "yaml", "Expected no %YAML directive, got one.", "Remove it: flows are read as YAML 1.2.");
	}
	if (nodes.failed) return undefined;
	return { key: "", place: { line: 1, column: 1 }, value: document.contents };
}

/** Archy names a flow by its root key; every type of flow is written like this. */
const flowType = /^[a-z][A-Za-z]*$/;

/** The one root key, where it names a type of flow and has a flow below it. */
function otherIn(root: Entry, nodes: Nodes): Entry | undefined {
	if (!isFlow(root.value)) return undefined;
	const [only] = nodes.entries(root, "the file");
	return only !== undefined && flowType.test(only.key) ? only : undefined;
}

const otherType = "Nothing is to be done: only workflows are read here, and nothing was looked at in this file.";
const notArchy =
	'Export the workflow as Archy YAML ("archy export", or the export of the Terraform provider); its first line is "workflow:".';

function reportRoot({ value, place }: Entry, nodes: Nodes): void {
	const [only, ...more] = isMap(value) ? value.items.map((pair) => String(pair.key)) : [];
	const isOther = only !== undefined && more.length === 0 && flowType.test(only);
	const [expected, got] = isOther
		? ["a flow of type workflow", `one of type ${only.slice(0, 60)}`]
		: ['a file with the one root key "workflow"', rootOf(value)];
	nodes.report(place, notAWorkflow, `Expected ${expected}, got ${got}.`, isOther ? otherType : notArchy);
}

function rootOf(contents: unknown): string {
	if (!isMap(contents))
		return isNode(contents) && !(isScalar(contents) && contents.value === null) ? "something that is not a map" : "an empty file";
	return contents.items.map((pair) => `"${String(pair.key)}"`.slice(0, 60)).join(", ") || "an empty map";
}

function visit(node: Node, at: Visited, nodes: Nodes): void {
	const place = nodes.at(node.range?.[0] ?? 0);
	if (isScalar(node) && showPlaceholders(node) && node.type === "PLAIN") {
		nodes.open(node);
		reportPlaceholder(place, `{{${placeholders(String(node.value))[0] ?? ""}}}`, nodes);
	}
	if (isMap(node)) reportDuplicates(node.items, nodes);
	if (isBareWord(node) && wantsText(at)) visitWord(node, at.isKey, nodes);
	if (isAlias(node) || ("anchor" in node && node.anchor !== undefined)) reportAlias(place, nodes);
}

function reportDuplicates(items: readonly { readonly key: unknown }[], nodes: Nodes): void {
	const seen = new Set<unknown>();
	for (const { key } of items) {
		if (!isScalar(key)) continue;
		if (seen.has(key.value)) {
			nodes.report(
				nodes.at(key.range?.[0] ?? 0),
				"duplicate-key",
				`Expected each key once in a map, got "${shown(String(key.value))}" again.`,
				"Remove one of them; parsers disagree on which one counts.",
			);
		}
		seen.add(key.value);
	}
}

/** YAML 1.1 readers take it for a truth value. */
function visitWord(word: Scalar<string>, isKey: boolean, nodes: Nodes): void {
	const [rule, what, written] = isBranch(word, isKey)
		? (["unquoted-branch", "path", `"${word.value}":`] as const)
		: (["unquoted-word", "text", `"${word.value}"`] as const);
	const message = `Expected the ${what} "${word.value}" in quotes, got it bare: YAML 1.1 readers take it for a truth value.`;
	nodes.report(nodes.at(word.range?.[0] ?? 0), rule, message, `Write ${written} in double quotes.`, "warning");
}

/** Other readers take it for a map in a map, and a value with `: ` or ` #` in it breaks its line. */
function reportPlaceholder(place: Place, text: string, nodes: Nodes): void {
	nodes.reportForeign(
		place,
		unquotedPlaceholder,
		`Expected a placeholder in quotes, got ${text} without: a value with \`: \` or \` #\` in it would break the line.`,
		'Write it in double quotes ("{{…}}"), or give the substitutions as well.',
	);
}

function reportAlias(place: Place, nodes: Nodes): void {
	nodes.report(
		place,
		"alias",
		"Expected plain YAML, got an anchor (&name) or an alias (*name).",
		"Write the value out; quote a text that starts with & or *.",
	);
}

function reportNesting(place: Place, nodes: Nodes): void {
	nodes.report(place, "nesting", "Expected a flow that can be read, got one nested too deeply.", "Move inner actions to states or tasks.");
}

function reportYaml(error: YAMLError, text: string, nodes: Nodes): void {
	const place = nodes.at(error.pos[0]);
	const line = text.slice(text.lastIndexOf("\n", Math.max(0, error.pos[0] - 1)) + 1, error.pos[0] + 200).split("\n")[0] ?? "";
	if (error.code !== "TAB_AS_INDENT" && /^[^"'#]*\{\{/.test(line)) {
		reportPlaceholder(place, "{{", nodes);
	} else if (error.message.includes("call stack")) {
		reportNesting(place, nodes);
	} else if (error.code === "MULTIPLE_DOCS") {
		nodes.report(place, "yaml", "Expected one YAML document, got another one after `---`.", "Write one flow a file.");
	} else if (error.code === "TAB_AS_INDENT") {
		nodes.report(place, "tab", "Expected blanks as indentation, got a tab.", "Indent with blanks: YAML forbids tabs.");
	} else if (error.code === "TAG_RESOLVE_FAILED") {
		nodes.report(
			place,
			"tag",
			"Expected a value, got a YAML tag: a plain text that starts with ! is read as one.",
			'Quote it ("!IsSet(…)").',
		);
	} else {
		nodes.report(
			place,
			"yaml",
			`Expected YAML, got a syntax error: ${shown(error.message.split("\n")[0] ?? "")}.`,
			"Quote texts that hold `: `, ` #`, braces, or start with a quote.",
		);
	}
}
