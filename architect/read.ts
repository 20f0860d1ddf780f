import { isAlias, isMap, isNode, isScalar, LineCounter, parseDocument, visit, type YAMLError, type YAMLMap } from "yaml";
import type { Finding, Place, Workflow } from "./model.ts";
import { type Entry, Nodes } from "./readNodes.ts";
import { readWorkflow } from "./readWorkflow.ts";

/** Characters, the server's own limit in bytes (constants of the vendor's scripting SDK). */
const longestText = 6_165_627;

/**
 * Reads the Archy YAML of a `workflow` flow, YAML 1.2, after its substitutions. Whatever it does not know is a finding with its line;
 * all findings of a file come at once and it never throws. The shapes are those of the vendor's blueprint exports.
 */
export function readFlow(text: string, file: string): { readonly workflow: Workflow } | { readonly findings: readonly Finding[] } {
	const lines = new LineCounter();
	const nodes = new Nodes(file, lines);
	if (text.length > longestText) {
		nodes.report(
			{ line: 1, column: 1 },
			"too-large",
			`Expected at most ${longestText} characters, got ${text.length}.`,
			"Split the flow, or move repeated actions to tasks.",
		);
		return { findings: nodes.findings };
	}
	try {
		const workflow = parse(text, lines, nodes);
		if (workflow !== undefined && nodes.findings.length === 0) return { workflow };
	} catch (error) {
		if (!(error instanceof RangeError)) throw error;
		reportNesting({ line: 1, column: 1 }, nodes);
	}
	return { findings: inOrder(nodes.findings) };
}

/** By line, column and rule: two runs over one file report alike. */
export function inOrder(findings: readonly Finding[]): Finding[] {
	return findings.toSorted((a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : Number(a.rule > b.rule)));
}

function parse(text: string, lines: LineCounter, nodes: Nodes): Workflow | undefined {
	// Duplicate keys are looked for below: the library's own search is quadratic.
	const document = parseDocument(text, { version: "1.2", lineCounter: lines, uniqueKeys: false, prettyErrors: false });
	// One syntax error makes others below it: only the first says something.
	for (const error of [...document.errors.slice(0, 1), ...document.warnings]) reportYaml(error, text, nodes);
	if (document.directives?.yaml.explicit) {
		nodes.report({ line: 1, column: 1 }, "yaml", "Expected no %YAML directive, got one.", "Remove it: flows are read as YAML 1.2.");
	}
	if (nodes.findings.length > 0) return undefined;
	visit(document, {
		Map: (_, map) => (isPlaceholder(map) ? reportPlaceholder(nodes.at(map.range?.[0] ?? 0), nodes) : reportDuplicates(map.items, nodes)),
		Node: (_, node) => {
			if (isAlias(node) || ("anchor" in node && node.anchor !== undefined)) reportAlias(node.range?.[0] ?? 0, nodes);
		},
	});
	// An unquoted placeholder is a map where none is expected: saying so again helps nobody.
	if (nodes.findings.some(({ rule }) => rule === unquotedPlaceholder)) return undefined;
	const root: Entry = { key: "", place: { line: 1, column: 1 }, value: document.contents };
	if (!isMap(document.contents) || !document.contents.has("workflow")) {
		nodes.report(
			root.place,
			"not-a-workflow",
			`Expected a file with the one root key "workflow", got ${rootOf(document.contents)}.`,
			'Export the flow as Archy YAML of type workflow; its first line is "workflow:".',
		);
		return undefined;
	}
	const workflow = nodes.fields(root, "the file", ["workflow"]).get("workflow");
	return workflow && readWorkflow(workflow, nodes);
}

function rootOf(contents: unknown): string {
	if (!isMap(contents))
		return isNode(contents) && !(isScalar(contents) && contents.value === null) ? "something that is not a map" : "an empty file";
	return contents.items.map((pair) => `"${String(pair.key)}"`.slice(0, 60)).join(", ") || "an empty map";
}

function reportDuplicates(items: readonly { readonly key: unknown }[], nodes: Nodes): void {
	const seen = new Set<unknown>();
	for (const { key } of items) {
		if (!isScalar(key)) continue;
		if (seen.has(key.value)) {
			nodes.report(
				nodes.at(key.range?.[0] ?? 0),
				"duplicate-key",
				`Expected each key once in a map, got "${String(key.value)}" again.`,
				"Remove one of them; parsers disagree on which one counts.",
			);
		}
		seen.add(key.value);
	}
}

const unquotedPlaceholder = "placeholder-unquoted";

/** `{{x}}` without quotes: a map in braces whose only key is a map in braces. */
function isPlaceholder(map: YAMLMap): boolean {
	const [only, ...more] = map.items;
	return map.flow === true && more.length === 0 && isMap(only?.key) && only.key.flow === true;
}

/** Returns nothing to `visit`, which goes on below the map. */
function reportPlaceholder(place: Place, nodes: Nodes): void {
	nodes.report(
		place,
		unquotedPlaceholder,
		"Expected a placeholder in quotes, got {{ without: YAML reads it as a map in a map.",
		'Write it in double quotes ("{{…}}"), or give the substitutions as well.',
	);
}

function reportAlias(offset: number, nodes: Nodes): void {
	nodes.report(
		nodes.at(offset),
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
		reportPlaceholder(place, nodes);
	} else if (error.message.includes("call stack")) {
		reportNesting(place, nodes);
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
			`Expected YAML, got a syntax error: ${error.message.split("\n")[0] ?? ""}.`,
			"Quote texts that hold `: `, ` #`, braces, or start with a quote.",
		);
	}
}
