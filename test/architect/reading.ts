import { readFlow } from "../../architect/read.ts";

export const read = (text: string) => readFlow(text, "flow.yaml");

/** The line and the rule of each finding. */
export function rulesOf(text: string): readonly string[] {
	const result = read(text);
	return "findings" in result ? result.findings.map(({ line, rule }) => `${line} ${rule}`) : [];
}
