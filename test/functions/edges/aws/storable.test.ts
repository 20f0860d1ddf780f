import { marshall } from "@aws-sdk/util-dynamodb";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { documentOptions } from "../../../../functions/edges/aws/dynamodb.ts";
import { refuseUnstorable } from "../../../../functions/edges/aws/storable.ts";
import { EdgeError } from "../../../../functions/pipeline/ports.ts";

const anything = fc.anything({
	withBigInt: true,
	withDate: true,
	withNullPrototype: true,
	values: [fc.string(), fc.double(), fc.maxSafeInteger(), fc.boolean(), fc.constant(null), fc.constant(undefined), fc.constant(2 ** 53)],
});

function isRefused(value: unknown): boolean {
	try {
		refuseUnstorable("k", value);
		return false;
	} catch (error) {
		if (error instanceof EdgeError) return true;
		throw error;
	}
}

function marshals(value: unknown): boolean {
	try {
		marshall({ value }, documentOptions.marshallOptions);
		return true;
	} catch {
		return false;
	}
}

describe("refuseUnstorable", () => {
	test("whatever it lets through, the client's own marshaller takes", () => {
		let taken = 0;
		fc.assert(
			fc.property(anything, (value) => {
				if (isRefused(value)) return;
				taken += 1;
				expect(marshals(value)).toBe(true);
			}),
			{ numRuns: 2000, seed: 20261124 },
		);
		expect(taken).toBeGreaterThan(500);
	});

	test("names the place with at most 80 characters of it", () => {
		expect(() => refuseUnstorable("k", { ["n".repeat(500)]: 1e200 })).toThrow(
			`ledger: expected to write k, got a number that it cannot hold at value.${"n".repeat(74)}...`,
		);
	});
});
