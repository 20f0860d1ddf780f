import { describe, expect, it } from "vitest";
import type { Entities } from "../../../architect/expressions/entities.ts";
import { ExpressionError } from "../../../architect/expressions/errors.ts";
import { evaluate } from "../../../architect/expressions/evaluate.ts";
import { toJson } from "../../../architect/expressions/exchange.ts";
import type { Json } from "../../../architect/expressions/values.ts";
import { type VendorExample, vendorExamples } from "./vendorExamples.ts";
import { sourceOf } from "./vendorSentences.ts";

const now = Date.UTC(2026, 0, 31, 6, 30, 0);
/** Whom and what the examples look up. */
const entities: Entities = {
	users: ["john.doe", "jane.doe", "mary.doe", "joe.schmo"].map((name) => ({
		id: name,
		name: name === "jane.doe" ? "Doe, Jane" : name,
		username: `${name}@company.com`,
	})),
	skills: ["Spanish", "German", "French"].map((name) => ({ id: name, name })),
};

/** Examples that cannot hold, by the whole example or by its function. */
const exceptions: readonly { readonly example: string | RegExp; readonly reason: string }[] = [
	{
		example:
			'FindFirst(MakeList(ToPhoneNumber("sip:john.doe@company.com"), ToPhoneNumber("sips:john.doe@company.com")), ToPhoneNumber("sip:john.doe@company.com"))',
		reason: "says 1; the example of Find with the same arguments says 0, and == says that sip and sips differ",
	},
	{ example: /^DetectLanguage\(/, reason: "asks a service of the platform; no type or operator of this evaluator is in it" },
	{ example: /^EmailAddress(?:Domain|Local)Part\(/, reason: "only exists in email flows" },
	{ example: /^MakeEmailAddress\(/, reason: "makes an Email Address, a type that no workflow variable of this project can have" },
];
/** The same for results that are told in a sentence. */
const sentenceExceptions: typeof exceptions = [
	...exceptions.filter(({ example }) => typeof example !== "string"),
	{ example: /^Find(?:System|User)Prompt\(/, reason: "prompts only exist in call flows" },
	{ example: /^ToAudioDuration\(/, reason: "audio only exists in call flows" },
	{
		example: "MakeDuration(-10, 0, 30, 10, 500)",
		reason: "says -9d 23h 30m 10.5s; -10 days and 30 minutes 10.5 seconds are -9d 23h 29m 49.5s, as its neighbours count",
	},
	{
		example: "GetDayOfWeekOccurrence(6, -2, 2017, 2, 5, 0)",
		reason: "says 05:00:00; the arguments are hour 2, minute 5, second 0, as the example before it (02:14:30) has them",
	},
	{ example: "GetDayOfWeekOccurrence(1, 20, 2017, 2, 11, 15)", reason: "says 2:15:15; the arguments are hour 2, minute 11, second 15" },
	{
		example:
			"Find(MakeList(MakeDateTime(2009, 1, 10, 6, 30, 0), MakeDateTime(2009, 1, 10, 6, 30, 0), ToDateTime(NOT_SET)), MakeDateTime(2009, 1, 10, 6, 30, 0))",
		reason: "says 0 alone; the same date-time stands at 1 as well",
	},
	{ example: 'MakeCurrency(10, "USD")', reason: "says 10.50; the argument is 10" },
];

const examples = vendorExamples();
const literals = examples.filter(({ isSentence }) => !isSentence);
const sentences = examples.flatMap((example) => {
	const logged = example.isSentence ? sourceOf(example.output) : undefined;
	return logged === undefined ? [] : [{ ...example, logged }];
});

const types: Readonly<Record<string, string>> = {
	int: "integer",
	dec: "decimal",
	str: "string",
	bln: "boolean",
	cur: "currency",
	dtm: "dateTime",
	dur: "duration",
	phn: "phoneNumber",
	"int[]": "integerCollection",
};

type Outcome = { readonly type: string; readonly value: Json } | { readonly error: string };

function outcomeOf(input: string): Outcome {
	try {
		const value = evaluate(input, {}, { now, entities });
		return { type: value.type, value: toJson(value) };
	} catch (error) {
		if (error instanceof ExpressionError) return { error: `${error.kind}: ${error.message.slice(0, 200)}` };
		throw error;
	}
}

/** A literal of the catalogue: text stands in quotes, twice without. */
function literalOf({ output }: VendorExample): Json {
	return /^(?:".*"|-?\d+(?:\.\d+)?|true|false)$/s.test(output) ? JSON.parse(output) : output;
}

type Failure = { readonly input: string; readonly expected: string; readonly got: Outcome };

/** Evaluated once, when the first test asks: what runs while the file is read counts for no test. */
function failures<E extends VendorExample>(
	examples: readonly E[],
	holds: (example: E, outcome: Outcome) => boolean,
): () => readonly Failure[] {
	let found: readonly Failure[] | undefined;
	return () => {
		found ??= examples.flatMap((example) => {
			const outcome = outcomeOf(example.input);
			return holds(example, outcome) ? [] : [{ input: example.input, expected: example.output, got: outcome }];
		});
		return found;
	};
}

function isException(input: string, listed: typeof exceptions): boolean {
	return listed.some(({ example }) => (typeof example === "string" ? example === input : example.test(input)));
}

const literalFailures = failures(
	literals,
	(example, outcome) =>
		"value" in outcome && Object.is(outcome.value, literalOf(example)) && outcome.type === (types[example.type] ?? outcome.type),
);
const sentenceFailures = failures(sentences, ({ logged, type }, outcome) => {
	if ("error" in logged) return "error" in outcome;
	if (!("value" in outcome)) return false;
	return JSON.stringify(outcome.value) === JSON.stringify(logged.value) && outcome.type === (types[type] ?? outcome.type);
});

describe("the vendor's worked examples", () => {
	it("are all read: 1,195 examples, 596 of them with a literal result", () => {
		expect(examples).toHaveLength(1195);
		expect(literals).toHaveLength(596);
		expect(examples.filter(({ input, output }) => /^AR_/.test(input) || /^AR_/.test(output))).toEqual([]);
	});

	it("hold wherever the result is a literal, but for the listed exceptions: 584 of 596", () => {
		expect(literalFailures().filter(({ input }) => !isException(input, exceptions))).toEqual([]);
		expect(literals.length - literalFailures().length).toBe(584);
	});

	it("hold wherever a sentence says an error, NOT_SET, a text, a currency, a date-time, a duration or positions: 291 of 310", () => {
		expect(sentenceFailures().filter(({ input }) => !isException(input, sentenceExceptions))).toEqual([]);
		expect(sentences.length - sentenceFailures().length).toBe(291);
	});

	it.each([
		...exceptions.map((each) => ({ ...each, failed: literalFailures })),
		...sentenceExceptions.map((each) => ({ ...each, failed: sentenceFailures })),
	])("exception $example: $reason", ({ example, failed }) => {
		expect(failed().some(({ input }) => isException(input, [{ example, reason: "" }]))).toBe(true);
	});
});
