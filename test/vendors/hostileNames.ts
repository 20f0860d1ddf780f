import fc from "fast-check";

/** What breaks expressions, templates, JSON, forms and lines where somebody forgot to write it out. */
const signs = [
	'"',
	"'",
	"\\",
	"$",
	"$!{credentials.token}",
	"${input.summary}",
	"#",
	"#set($x = 1)",
	"#end",
	"{{name}}",
	"%",
	"&",
	"+",
	"<b>",
	"\n",
	"\r\n",
	"\t",
	"\u0085",
	"\u2028",
	"\u200f",
	"\u202e",
	"😀",
	"👩‍👩‍👧‍👦",
	"é",
	"e\u0301",
	"東京",
	"“",
	"–",
	"…",
	"\ud83d",
	"Frankfurt-1",
	" ",
	"\nAcknowledge: https://evil.example/",
];

/** Names as people and other systems may give them, up to a thousand characters. */
export const hostileName: fc.Arbitrary<string> = fc.oneof(
	fc.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 12 }).map((parts) => parts.join("")),
	fc.array(fc.constantFrom(...signs), { minLength: 1, maxLength: 200 }).map((parts) => parts.join("").slice(0, 1000)),
	fc.string({ unit: "binary", minLength: 1, maxLength: 60 }),
	fc.constantFrom(...signs).map((sign) => sign.repeat(1000).slice(0, 1000)),
);
