import type { Finding } from "./model.ts";
import { rules } from "./rules.ts";

interface Tool {
	readonly name: string;
	readonly version: string;
}

const ids = Object.keys(rules);

/**
 * Findings as a log of SARIF 2.1.0, as GitHub code scanning reads it: with every rule, found or not. The file of each finding is to be the URI
 * under which it is to be shown.
 */
export function sarifOf(findings: readonly Finding[], { name, version }: Tool): object {
	const described = Object.entries(rules).map(([id, { expects, help }]) => ({
		id,
		shortDescription: { text: expects },
		fullDescription: { text: `${expects} ${help}` },
		help: { text: help },
	}));
	return {
		$schema: "https://json.schemastore.org/sarif-2.1.0.json",
		version: "2.1.0",
		runs: [{ tool: { driver: { name, version, rules: described } }, columnKind: "utf16CodeUnits", results: findings.map(resultOf) }],
	};
}

function resultOf({ file, line, column, rule, severity, message, remedy }: Finding): object {
	return {
		ruleId: rule,
		ruleIndex: ids.indexOf(rule),
		level: severity,
		message: { text: `${message} ${remedy}` },
		locations: [{ physicalLocation: { artifactLocation: { uri: file }, region: { startLine: line, startColumn: column } } }],
	};
}
