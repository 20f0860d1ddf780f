import { describe, expect, test } from "vitest";
import { translate } from "../../../rehearsal/genesyscloud/translation.ts";
import { inputValues, renderTemplate } from "../../../rehearsal/genesyscloud/velocity.ts";
import table from "./javaTemplates.json" with { type: "json" };

// The values of the table were made by Apache Velocity 2.3, Velocity Tools 3.1 and Jayway JsonPath 2.9.0, which the vendor's help names or implies.
const { templates, paths } = table;

/** What differs here from Java, each for a reason that is told by name, or said beside it. */
const templatesThatDiffer: Readonly<Record<string, RegExp | string>> = {
	// A reference without a value breaks the call there: here it is an error by name.
	"${input.missing}": /has no value/,
	"$math.div(1, 0)": /has no value/,
	'$math.add("x", 1)': /has no value/,
	"$input.n.equals(7)": /has no value/,
	"$input.n.intValue()": /has no value/,
	"$input.word.hashCode()": /expected a method of a Java text, got \.hashCode\(\)/,
	"$input.word-$input.n": /\$input\.word- has no value/,
	"#set($a = -$input.n)$a": /not a Velocity template/,
	// JavaScript has one kind of number: a whole one is written without a point.
	"$math.mul(1.5, 2)": "3",
	"$math.toDouble(7)": "7",
	"#set($x = $input.half * 2)$x": "5",
	"#set($x = 7.0 / 2)$x": "3",
	// The library knows the older loop, without #else and with a counter of its own.
	"#foreach($x in [])a#{else}none#end": "",
	'#set($s = $input.text.split(" "))#foreach($p in $s)$velocityCount$p#end': "1one2two3one",
};

describe("templates are rendered as Velocity does it", () => {
	const context = { ...templates.context, input: inputValues(templates.context.input) };
	const rendered = (template: string) => renderTemplate("template", template, context);
	const texts = Object.entries(templates.texts);

	test.each(texts.filter(([template]) => !Object.hasOwn(templatesThatDiffer, template)))("%s", (template, text) => {
		expect(rendered(template)).toBe(text);
	});

	test.each(Object.entries(templatesThatDiffer))("but for %s", (template, otherwise) => {
		expect(texts.map(([each]) => each)).toContain(template);
		if (typeof otherwise === "string") expect(rendered(template)).toBe(otherwise);
		else
			expect(() => rendered(template)).toThrow(
				expect.objectContaining({ name: "TemplateError", message: expect.stringMatching(otherwise) }),
			);
	});
});

describe("what Velocity does not parse is refused by name", () => {
	test.each(templates.refused)("%s", (template) => {
		expect(() => renderTemplate("template", template, {})).toThrow(
			expect.objectContaining({ name: "TemplateError", message: expect.stringMatching(/^template: not a Velocity template: \S/) }),
		);
	});
});

describe("paths find what Jayway's JsonPath finds", () => {
	/** Refused by name: nothing works here that was not compared. */
	const refused = [
		"$.people[?('out' in @.calls[*].way)].id",
		"$.people[?(@.role in [host])].id",
		"$.people[?(@.role in 'host')].id",
		"$.people[?(@.role =~ 'host')].id",
		"$.people[?(/host/ =~ @.role)].id",
		"$.people[?(@.role =~ /ho.*/x)].id",
		"$.people[?(@.role =~ /h o s t/x)].id",
		"$.people[?(@.role subsetof ['host'])].id",
		"$.people[?(@.calls.length() > 0)].id",
		"$.flags[?(@.name =~ /É/i)].id",
		"$.a[",
		"$.a]",
		"$.people[0]id",
		"$.people[1:2:1].id",
		"$.people[0:-1].id",
		"$.people[?(@.rank+1 == 3)].id",
		"$.people[?(@.id == 'a')]id",
		"$.people[?(@.über == 1)].id",
		"$.people[?(@.a-b == 1)].id",
		"$.people[?(@.id == $.people[0].id)].id",
		"$.people[?(@.rank == $.count)].id",
	];
	const found = (path: string): unknown => {
		const { value } = translate({ value: path }, {}, paths.answer);
		return value === undefined ? undefined : JSON.parse(value);
	};

	test.each(paths.found.filter(({ path, refused: isRefused }) => isRefused !== true && !refused.includes(path)))(
		"$path",
		({ path, found: value }) => {
			expect(found(path)).toEqual(value);
		},
	);

	test.each([...refused, ...paths.found.flatMap(({ path, refused: isRefused }) => (isRefused ? path : []))])("%s is refused", (path) => {
		expect(() => found(path)).toThrow(expect.objectContaining({ name: "TranslationError" }));
	});
});
