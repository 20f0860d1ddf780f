import { styleText } from "node:util";

const usualColumns = 80;

/** How wide a line is at most, in characters: `COLUMNS` of the environment says otherwise, for whoever reads whole lines by a program. */
export function columns(): number {
	const asked = Number(process.env.COLUMNS);
	return Number.isInteger(asked) && asked >= 40 ? asked : usualColumns;
}

const lengthOf = (text: string): number => [...text].length;
const indentOf = (line: string): string => /^ */.exec(line)?.[0] ?? "";

/** What those lines begin with that continue a broken one. */
export type Further = (line: string) => string;
const twoBlanksMore: Further = (line) => `${indentOf(line)}  `;

/**
 * The text with every line that is too long broken between words; all others stay as they are. A word is never broken: a path, an address or a
 * key that is cut off is worth nothing. A command of a shell goes on as a shell reads it, so that it can be copied.
 */
export const fitted = (text: string, further: Further = twoBlanksMore, width = columns()): string =>
	text
		.split("\n")
		.flatMap((line) => (isCommand.test(line) ? fittedCommand(line, width) : fittedLine(line, further(line), width)))
		.join("\n");

/** A line of its own that is to be copied to a shell. */
const isCommand = /^ +(?:npm run|export|pulumi|curl) /;

/** Broken between words, and never inside of quotes. */
function fittedCommand(line: string, width: number): readonly string[] {
	const indent = indentOf(line);
	const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
	const lines = [""];
	for (const word of words) {
		const last = lines.at(-1) ?? "";
		const longer = last === "" ? indent + word : `${last} ${word}`;
		// The sign that it goes on takes two.
		if (lengthOf(longer) <= width - 2 || last === "") lines[lines.length - 1] = longer;
		else lines.splice(-1, 1, `${last} \\`, `${indent}  ${word}`);
	}
	return lengthOf(line) <= width ? [line] : lines;
}

function fittedLine(line: string, further: string, width: number): readonly string[] {
	const at = lengthOf(line) <= width ? -1 : breakOf(line, indentOf(line).length, width);
	if (at === -1) return [line];
	const rest = line.slice(at).trimStart();
	const [word = ""] = rest.split(" ", 1);
	// A long word moves to the left as far as it must.
	const begin = further.slice(0, Math.max(0, width - lengthOf(word)));
	return [line.slice(0, at).trimEnd(), ...fittedLine(begin + rest, further, width)];
}

/**
 * Where a line is broken: at the last blank that leaves it short enough, but never between an arrow and what it points to; else at the first one
 * behind its first word. -1 where it is one word.
 */
function breakOf(line: string, indent: number, width: number): number {
	const inWidth = [...line].slice(0, width + 1).join("");
	const [fits = -1] = [...inWidth.matchAll(/(?<![←→✓✗–…]) /g)].map(({ index }) => index).toReversed();
	return fits > indent ? fits : line.indexOf(" ", Math.max(indent, 1));
}

/** Words and signs that say how it stands, and what they are shown in: at the beginning of a line, or behind the place of a finding. */
const marks: readonly (readonly [RegExp, Parameters<typeof styleText>[0]])[] = [
	[/^ *(?:✓|PASSED\b|ok\b)/, "green"],
	[/^ *(?:✗|FAILED\b|error\b|Error\b)/, "red"],
	[/^ *(?:warning\b|Warning\b)/, "yellow"],
	[/^ *(?:→|–|…)/, "dim"],
	// A finding names its place first.
	[/(?<=^\S+(?: \S+)?:\d+:\d+ )error\b/, "red"],
	[/(?<=^\S+(?: \S+)?:\d+:\d+ )warning\b/, "yellow"],
];

/** The marks of a text in colour where the stream is a terminal, and NO_COLOR does not forbid it. */
export function coloured(text: string, stream: NodeJS.WritableStream): string {
	const lineOf = (line: string): string => {
		for (const [mark, style] of marks) {
			if (mark.test(line)) return line.replace(mark, (found) => styleText(style, found, { stream }));
		}
		return line;
	};
	return text.split("\n").map(lineOf).join("\n");
}

/** Prints a text for people. What is for a machine goes to `console.log`. */
export function say(text: string, further?: Further): void {
	console.log(coloured(fitted(text, further), process.stdout));
}

/** The same beside the output: what is under way, and what is wrong. */
export function tell(text: string, further?: Further): void {
	console.error(coloured(fitted(text, further), process.stderr));
}
