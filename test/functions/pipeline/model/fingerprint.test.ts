import { expect, test } from "vitest";
import { restoreGauges, storeGauges } from "../../../../functions/pipeline/detect/gauges.ts";
import { fingerprint, tagOf } from "../../../../functions/pipeline/model/fingerprint.ts";
import { seconds } from "../fixtures.ts";

test("a fingerprint is the same for ever: what was stored under it is found again", () => {
	expect([fingerprint(""), fingerprint("trunk-down base-1"), tagOf("base-1")]).toEqual([2166202364, 2393059659, "qw9hpeex"]);
});

test("fifty thousand ids have as many tags, of eight characters", () => {
	const tags = Array.from({ length: 50_000 }, (_, id) => tagOf(`base-${id}`));
	expect(new Set(tags).size).toBe(50_000);
	expect(new Set(tags.map(({ length }) => length))).toEqual(new Set([8]));
});

test("stored levels are given back to the trunks that they are of, and to no other", () => {
	const mismatches = { "base-1": 7, "base-2": 0, "base-3": 123_456 };
	const stored = storeGauges({ at: seconds(0), mismatches });
	expect(restoreGauges(stored, ["base-3", "base-9", "base-1", "base-2"])).toEqual({ at: seconds(0), mismatches });
	expect(restoreGauges(storeGauges({ at: seconds(0), mismatches: {} }), ["base-1"])).toEqual({ at: seconds(0), mismatches: {} });
	expect(restoreGauges(undefined, ["base-1"])).toBeUndefined();
});

test("the levels of five thousand trunks are one item of less than 64 KB", () => {
	const mismatches = Object.fromEntries(Array.from({ length: 5000 }, (_, id) => [`base-${id}`, id * 9]));
	expect(JSON.stringify(storeGauges({ at: seconds(0), mismatches })).length).toBeLessThan(64_000);
});
