import { describe, expect, test } from "vitest";
import { boundedMetrics, boundedNumber, rawText } from "../../../../functions/pipeline/model/bounds.ts";
import { normalize } from "../../../../functions/pipeline/normalize/rules.ts";

describe("boundedNumber", () => {
	test.each([
		[0, 0],
		[-0.25, -0.25],
		[2 ** 53, Number.MAX_SAFE_INTEGER],
		[-1e200, Number.MIN_SAFE_INTEGER],
		[Number.POSITIVE_INFINITY, Number.MAX_SAFE_INTEGER],
		[1e-100, 1e-100],
		[9e-101, 0],
		[-1e-200, 0],
	])("%s is held as %s", (number, held) => {
		expect(boundedNumber(number)).toBe(held);
	});
});

describe("boundedMetrics", () => {
	test("are at most fifty, each of them bounded, and hold no NaN", () => {
		const many = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`m${index}`, index]));
		expect(Object.keys(boundedMetrics(many))).toEqual(Object.keys(many).slice(0, 50));
		expect(boundedMetrics({ gone: Number.NaN, bytes: 1e20 })).toEqual({ bytes: Number.MAX_SAFE_INTEGER });
	});
});

describe("normalize", () => {
	test("makes a reading that the ledger can hold of whatever a detector saw", () => {
		const metrics = { ratio: Number.NaN, bytes: 1e20 };
		const seen = { condition: "trunk-down", id: "a", name: "lone \ud83d end", verdict: "breach", reason: "r", metrics, raw: null } as const;
		expect(normalize(seen, "high", 0)).toMatchObject({
			entity: { id: "a", name: "lone \ufffd end" },
			metrics: { bytes: Number.MAX_SAFE_INTEGER },
		});
		expect(normalize(seen, "high", 0).metrics).not.toHaveProperty("ratio");
	});
});

describe("rawText", () => {
	test("is a text as it is, anything else as JSON, and at most 8192 characters", () => {
		expect([rawText('{"id":9223372036854775807}'), rawText({ a: [1] }), rawText(null), rawText(undefined)]).toEqual([
			'{"id":9223372036854775807}',
			'{"a":[1]}',
			"null",
			"",
		]);
		expect(rawText("x".repeat(9000))).toBe(`${"x".repeat(8189)}...`);
	});
});
