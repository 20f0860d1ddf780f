import { isScalar, LineCounter, type Node, type Scalar } from "yaml";
import { isBareWord, isBranch, wantsText } from "./bareTexts.ts";
import type { Place } from "./model.ts";
import { isFlow, parseYaml } from "./parseYaml.ts";
import { showPlaceholders } from "./placeholderMask.ts";
import { longestText } from "./read.ts";
import type { RuleId } from "./rules.ts";
import { type Visited, walk } from "./walk.ts";

/** One place of a flow that was mended, where it stood before. */
export interface Change extends Place {
	readonly rule: RuleId;
	readonly from: string;
	readonly to: string;
}

interface Edit {
	readonly from: number;
	readonly to: number;
	readonly rule: RuleId;
}

/**
 * Puts texts in quotes that other readers of YAML take for something else: what has one remedy that cannot be wrong. Every other byte stays as
 * it is, and so does a text that does not parse. The findings of these rules that are left have more than one remedy.
 */
export function fixFlow(text: string): { readonly text: string; readonly changes: readonly Change[] } {
	const lines = new LineCounter();
	const edits = editsOf(text, lines).toSorted((one, other) => one.from - other.from);
	let fixed = "";
	let end = 0;
	const changes = edits.map(({ from, to, rule }): Change => {
		const source = text.slice(from, to);
		const quoted = `"${source.replaceAll(/["\\]/g, "\\$&")}"`;
		fixed += text.slice(end, from) + quoted;
		end = to;
		const { line, col: column } = lines.linePos(from);
		return { line, column, rule, from: source, to: quoted };
	});
	return { text: fixed + text.slice(end), changes };
}

function editsOf(text: string, lines: LineCounter): readonly Edit[] {
	if (text.length > longestText) return [];
	try {
		const { contents, errors, warnings, directives } = parseYaml(text, lines);
		if (errors.length + warnings.length > 0 || directives.yaml.explicit || !isFlow(contents)) return [];
		const edits: Edit[] = [];
		walk(contents, (node, at) => edits.push(...editOf(node, at)));
		return edits;
	} catch (error) {
		// It is nested too deeply to be read.
		if (error instanceof RangeError) return [];
		throw error;
	}
}

function editOf(node: Node, at: Visited): Edit[] {
	if (!isScalar(node) || node.type !== "PLAIN" || !node.range || !wantsText(at)) return [];
	const rule = ruleOf(node, at.isKey);
	return rule === undefined ? [] : [{ from: node.range[0], to: node.range[1], rule }];
}

function ruleOf(node: Scalar, isKey: boolean): RuleId | undefined {
	if (showPlaceholders(node)) return "placeholder-unquoted";
	if (!isBareWord(node)) return undefined;
	return isBranch(node, isKey) ? "unquoted-branch" : "unquoted-word";
}
