import { PassThrough } from "node:stream";
import { WriteStream } from "node:tty";
import { afterEach, describe, expect, test, vi } from "vitest";
import { coloured, columns, fitted } from "../../commands/terminal.ts";

afterEach(() => vi.unstubAllEnvs());

describe("a line that is too long", () => {
	test.each([
		{
			name: "is broken between words, and goes on two blanks further in",
			text: "  one two three four",
			width: 12,
			lines: ["  one two", "    three", "    four"],
		},
		{
			name: "keeps a word whole that is longer than a line",
			text: "see https://example.com/a/long/path now",
			width: 12,
			lines: ["see", "https://example.com/a/long/path", "  now"],
		},
		{ name: "moves a long word to the left as far as it must", text: "    a 1234567890", width: 12, lines: ["    a", "  1234567890"] },
		{ name: "keeps an arrow beside what it points to", text: "told somebody ← 12", width: 16, lines: ["told somebody", "  ← 12"] },
		{ name: "is as long as it is where it is one word", text: "abcdefghijklmnop", width: 12, lines: ["abcdefghijklmnop"] },
		{ name: "may be exactly as long as the width", text: "123456 78901", width: 12, lines: ["123456 78901"] },
		{
			name: "counts characters, not units of their encoding",
			text: "🙂🙂🙂🙂🙂🙂 🙂🙂🙂🙂🙂",
			width: 12,
			lines: ["🙂🙂🙂🙂🙂🙂 🙂🙂🙂🙂🙂"],
		},
		{
			name: "of a command goes on as a shell reads it, and never breaks what is in quotes",
			text: '  npm run drill -- --why "it reached me" --by Ben',
			width: 20,
			lines: ["  npm run drill -- \\", "    --why \\", '    "it reached me" \\', "    --by Ben"],
		},
		{ name: "may be a command", text: "  npm run a b", width: 13, lines: ["  npm run a b"] },
	])("$name", ({ text, width, lines }) => {
		expect(fitted(text, undefined, width).split("\n")).toEqual(lines);
	});
	test("goes on where its own kind goes on; the others stay as they are", () => {
		expect(fitted("  short\n\nlong long long", () => "> ", 10)).toBe("  short\n\nlong long\n> long");
	});
});

test.each([
	{ asked: "120", is: 120 },
	{ asked: "", is: 80 },
	{ asked: "wide", is: 80 },
	{ asked: "12", is: 80 },
])("the width is 80, or what COLUMNS says: $asked", ({ asked, is }) => {
	vi.stubEnv("COLUMNS", asked);
	expect(columns()).toBe(is);
});

describe("a mark at the beginning of a line", () => {
	const stream = (isTTY: boolean) => Object.assign(new PassThrough(), { isTTY, getColorDepth: WriteStream.prototype.getColorDepth });
	const text = "✓ well\n  ✗ ill\nplain ✓";
	const inTerminal = (env: Readonly<Record<string, string>>): void => {
		for (const [name, value] of Object.entries({
			FORCE_COLOR: undefined,
			NO_COLOR: undefined,
			NODE_DISABLE_COLORS: undefined,
			CI: undefined,
			...env,
		}))
			vi.stubEnv(name, value);
	};
	test("is coloured where the stream is a terminal", () => {
		inTerminal({ TERM: "xterm-256color" });
		expect(coloured(text, stream(true))).toBe("\u001b[32m✓\u001b[39m well\n\u001b[31m  ✗\u001b[39m ill\nplain ✓");
	});
	test("is coloured behind the place of a finding", () => {
		inTerminal({ TERM: "xterm-256color" });
		expect(coloured("a.yaml:3:10 warning rule: an error", stream(true))).toBe("a.yaml:3:10 \u001b[33mwarning\u001b[39m rule: an error");
	});
	test("is not where NO_COLOR is set, or the stream is no terminal", () => {
		inTerminal({ TERM: "xterm-256color", NO_COLOR: "1" });
		expect(coloured(text, stream(true))).toBe(text);
		inTerminal({ TERM: "xterm-256color" });
		expect(coloured(text, stream(false))).toBe(text);
	});
});
