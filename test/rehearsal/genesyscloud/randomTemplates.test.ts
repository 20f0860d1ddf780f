import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { TranslationError, translate } from "../../../rehearsal/genesyscloud/translation.ts";
import { inputValues, renderTemplate, TemplateError } from "../../../rehearsal/genesyscloud/velocity.ts";
import table from "./javaTemplates.json" with { type: "json" };

const written = (tokens: readonly string[]) => fc.array(fc.constantFrom(...tokens), { maxLength: 14 }).map((parts) => parts.join(""));

const templateTokens = [
	..."$ ! { } ( ) [ ] # . , \" ' \\ = + - / * % < > & | 0 1 7 x \n".split(" "),
	...'${input.text} $!{input.none} $input.n $input .text .length() .constructor .split("(") .get(0) .repeat(99999999) $esc.url( $math.add('.split(
		" ",
	),
	..."#if( #{else} #elseif( #end #foreach($x in $x $foreach.count #set($x = #macro(m) #m() #define($x) #[[ ]]# ## #* *# #evaluate( #stop #break".split(
		" ",
	),
	"[1..3]",
	"[1..999999999]",
	"#foreach($i in [1..999])",
	'#set($x = "$x$x")',
	" in ",
	"é",
	"\ud83d",
];
const pathTokens = [
	..."$ @ . .. [ ] ( ) ? ?( [?( )] * , : - ' \" \\ / 0 1 -1 & && | || ! = == != === < > =~ ~ ^ ` + %".split(" "),
	...".people ['id'] [0] [0:2] [-1] [*] .role @.role @.home.town 'host' \"a\" /ho.*/ /h(o/i /[a[b]]/ ['a','b'] null true size .size() .length()".split(
		" ",
	),
	" in ",
	" nin ",
	"[?(@.role in ['host'])]",
	"[?(@.role =~ /H.*/i)]",
	"é",
	"\ud83d",
];

const values = { input: inputValues({ text: "one two", n: 7, list: ["a", "b"] }) };

/** What is thrown of something wrong; undefined when nothing is. */
function thrownBy(work: () => unknown): unknown {
	try {
		work();
		return undefined;
	} catch (error) {
		return error;
	}
}

describe("whatever stands in a data action", () => {
	it("a template is rendered, or has an error with its name", { timeout: 60_000 }, () => {
		fc.assert(
			fc.property(written(templateTokens), (template) => {
				const error = thrownBy(() => renderTemplate("requestTemplate", template, values));
				if (error === undefined) return;
				expect(error).toBeInstanceOf(TemplateError);
				expect(error).toHaveProperty("message", expect.stringMatching(/^requestTemplate: \S/));
			}),
			{ numRuns: 5000 },
		);
	});

	it("a path finds something or nothing, or has an error with its name", { timeout: 60_000 }, () => {
		fc.assert(
			fc.property(written(pathTokens), fc.constantFrom("", "$", "$.people"), (path, begin) => {
				const error = thrownBy(() => translate({ found: `${begin}${path}` }, {}, table.paths.answer));
				if (error === undefined) return;
				expect(error).toBeInstanceOf(TranslationError);
				expect(error).toHaveProperty("message", expect.stringMatching(/^translationMap\.found: \S/));
			}),
			{ numRuns: 5000 },
		);
	});

	it.each([
		["#foreach($x in [1..999999999])a#end", /expected a range of at most 100000 numbers, got 1\.\.999999999$/],
		["#foreach($x in [1..999])#foreach($y in [1..999])a#end#end", /expected a template that renders at most 100000 blocks/],
		[`#set($x = "0123456789")${'#set($x = "$x$x")'.repeat(40)}$x`, /expected a text of at most 10000000 characters/],
		["$input.text.repeat(9999999)", /expected a text of at most 10000000 characters/],
	])("the template %s ends by name", (template, message) => {
		expect(thrownBy(() => renderTemplate("requestTemplate", template, values))).toHaveProperty("message", expect.stringMatching(message));
	});
});
