/** What a terminal shows without breaking a line. */
const width = 80;

/** The text in lines of at most 80 columns, broken between words and indented by so many blanks: an address stays whole, and stands on a line of its own where it has no place beside others. */
export function wrapped(text: string, first: number, further: number): readonly string[] {
	const lines: string[] = [];
	let line = "";
	for (const word of text.split(" ")) {
		const indent = lines.length === 0 ? first : further;
		if (line === "" || indent + line.length + 1 + word.length <= width) line += line === "" ? word : ` ${word}`;
		else {
			lines.push(indented(line, indent));
			line = word;
		}
	}
	return [...lines, indented(line, lines.length === 0 ? first : further)];
}

const indented = (line: string, indent: number): string => " ".repeat(Math.max(0, Math.min(indent, width - line.length))) + line;
