import { expect, test } from "vitest";
import { escaped, html, Markup, shortened } from "../../../../rehearsal/report/html/markup.ts";

test.each([
	{ name: "a tag", text: "<script>alert(1)</script>", written: "&lt;script&gt;alert(1)&lt;/script&gt;" },
	{ name: "the end of an attribute", text: `"'>&`, written: "&quot;&#39;&gt;&amp;" },
	{ name: "what is escaped already", text: "&lt;", written: "&amp;lt;" },
	{ name: "lines", text: "one\r\n\ttwo", written: "one two" },
	{ name: "control characters", text: "a\u0000b\u001b[31mc", written: "a\uFFFDb\uFFFD[31mc" },
	{ name: "marks that turn the order of what is read", text: "a\u202Eb\u2066c", written: "a\uFFFDb\uFFFDc" },
	{ name: "half a pair", text: "a\uD800b", written: "a\uFFFDb" },
	{ name: "other scripts and pictures", text: "Köln · 東京 · 📞", written: "Köln · 東京 · 📞" },
])("$name is text", ({ text, written }) => {
	expect(escaped(text)).toBe(written);
});

test("a template escapes what it is given, and leaves what is HTML already", () => {
	const part = html`<b title="${'"x"'}">${"<i>"}</b>`;
	expect(html`<p>${[part, "&", 3, undefined]}</p>`).toEqual(new Markup('<p><b title="&quot;x&quot;">&lt;i&gt;</b>&amp;3</p>'));
});

test("a text is cut between its characters", () => {
	expect(["📞📞📞", "abc", "abcd"].map((text) => shortened(text, 3))).toEqual(["📞📞📞", "abc", "ab…"]);
	expect(shortened("abcd", 1)).toBe("…");
});
