const operand = /@(?:\.\w+|\[(?:\d+|'')\])*|''|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/.source;
const comparison = new RegExp(`(?:${operand})\\s*(?:[=!]==?|[<>]=?)\\s*(?:${operand})`, "g");
const chain = /@(?:\.\w+|\[(?:\d+|'')\])*/g;
/** Stands in a filter for a part of it that is right. */
const right = "\u0001";
const joined = new RegExp(`${right}\\s*(?:&&|\\|\\|)\\s*${right}|!\\s*${right}|\\(\\s*${right}\\s*\\)`, "g");

const name = /^\.\.?(?:\*|[^.[\]\s()*]+)/;
const whole = /-?\d+/.source;
const bracket = new RegExp(`^\\.{0,2}\\[(?:\\*|''(?:\\s*,\\s*'')*|${whole}(?:,\\s*${whole})*|\\d*:\\d+|\\d+:|-\\d+:(?:-\\d+)?)\\]`);
const filter = /^(?:\.\.)?\[\?\(/;

/** What is wrong with the syntax of a JSONPath, each text in it being `''`; undefined when nothing is. */
export function syntaxProblem(path: string): string | undefined {
	let rest = path.trimEnd().slice(1);
	while (rest !== "") {
		const step = (name.exec(rest) ?? bracket.exec(rest))?.[0] ?? filterStep(rest);
		if (step === undefined) return `expected .name, ['name'], [0], [0:2], [*], ..name or [?(…)] ${placeOf(rest)}`;
		const condition = filter.test(step) ? step.slice(step.indexOf("(") + 1, -2) : undefined;
		if (condition !== undefined && !isCondition(condition))
			return `expected a condition such as @.name == 'x' && @.other > 1, got ${condition === "" ? "none" : condition}`;
		rest = rest.slice(step.length);
	}
	return undefined;
}

function placeOf(rest: string): string {
	return rest === "." || rest === ".." ? "after the last point" : `at ${rest.slice(0, 40)}`;
}

/** From `[?(` to the bracket that ends it. */
function filterStep(rest: string): string | undefined {
	const begin = filter.exec(rest)?.[0];
	if (begin === undefined) return undefined;
	let depth = 1;
	for (let at = begin.length; at < rest.length; at += 1) {
		if (rest[at] === "(") depth += 1;
		if (rest[at] === ")") depth -= 1;
		if (depth === 0) return rest[at + 1] === "]" ? rest.slice(0, at + 2) : undefined;
	}
	return undefined;
}

/** Every comparison is right by itself; what joins two that are, is right. */
function isCondition(condition: string): boolean {
	let reduced = condition.replaceAll(comparison, right).replaceAll(chain, right).trim();
	for (let last = ""; last !== reduced; ) {
		last = reduced;
		reduced = reduced.replaceAll(joined, right);
	}
	return reduced === right;
}
