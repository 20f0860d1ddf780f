import { readdirSync, readFileSync } from "node:fs";
import * as fc from "fast-check";

const folder = "examples/flows";
const texts = readdirSync(folder)
	.toSorted()
	.filter((name) => name.endsWith(".yaml"))
	.map((name) => readFileSync(`${folder}/${name}`, "utf8"));

const fragment = fc.oneof(
	fc.string({ unit: "grapheme" }),
	fc.constantFrom(
		"{{",
		"}}",
		"{{x}}",
		"&a ",
		"*a",
		"!t ",
		"\t",
		"\n",
		"\r\n",
		": ",
		"- ",
		"#",
		'"',
		"'",
		"|",
		">",
		"[",
		"]",
		"{",
		"}",
		"? ",
		"---",
		"\0",
	),
	fc.constantFrom("noValue: true", "lit: 1e999", "lit: .nan", "exp: ", "__proto__:", "constructor:", "<<:", "yes:", "loopCount:", "null"),
);

/** One of the examples. */
export const exampleTexts = fc.constantFrom(...texts);

/** One example with a few places replaced, lines moved or words swapped. */
export const mutated = fc
	.record({
		text: exampleTexts,
		edits: fc.array(fc.record({ at: fc.nat(), length: fc.nat(60), by: fragment }), { minLength: 1, maxLength: 3 }),
		from: fc.nat(),
		to: fc.nat(),
	})
	.map(({ text, edits, from, to }) => {
		const edited = edits.reduce((now, { at, length, by }) => {
			const start = at % (now.length + 1);
			return now.slice(0, start) + by + now.slice(start + length);
		}, text);
		const lines = edited.split("\n");
		const [line = ""] = lines.splice(from % lines.length, 1);
		lines.splice(to % (lines.length + 1), 0, line);
		return lines.join("\n");
	});
