/** The YAML of a workflow around the given parts; each part is written at the left margin. */
export function flowText(parts: {
	readonly actions?: string;
	readonly variables?: string;
	readonly own?: string;
	readonly more?: string;
	readonly tasks?: string;
	readonly head?: string;
}): string {
	const { actions = closing, variables = "", own = "", more = "", tasks = "", head = 'startUpRef: "/workflow/states/state[A]"' } = parts;
	return [
		"workflow:",
		'  name: "Test"',
		indented(head, 2),
		...(variables === "" ? [] : ["  variables:", indented(variables, 4)]),
		"  states:",
		"    - state:",
		'        name: "First"',
		'        refId: "A"',
		...(own === "" ? [] : ["        variables:", indented(own, 10)]),
		"        actions:",
		indented(actions, 10),
		indented(more, 4),
		...(tasks === "" ? [] : ["  tasks:", indented(tasks, 4)]),
		"",
	].join("\n");
}

/** An action that ends the run. */
export const closing = '- endWorkflow:\n    name: "End"\n    exitReason:\n      lit: "done"';

/** The declaration of one variable; `initial` is YAML of a literal. */
export function variableText(type: string, name: string, initial?: string, isInput = false): string {
	const value = initial === undefined ? "noValue: true" : `lit: ${initial}`;
	return `- ${type}Variable:\n    name: "${name}"\n    initialValue:\n      ${value}\n    isInput: ${isInput}\n    isOutput: false`;
}

/** The line, from 1, that ends in the marker `# here`. */
export function markedLine(text: string): number {
	return text.split("\n").findIndex((line) => line.endsWith("# here")) + 1;
}

function indented(text: string, by: number): string {
	return text
		.split("\n")
		.map((line) => (line === "" ? "" : `${" ".repeat(by)}${line}`))
		.join("\n");
}
