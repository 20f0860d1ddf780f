import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conditions } from "../../../../functions/pipeline/model/incident.ts";
import {
	archiveKey,
	dedupKey,
	flightKey,
	gaugesKey,
	incidentKey,
	leasesKey,
	longestEntityId,
	parseDedupKey,
	parseIncidentKey,
	pollerKey,
	streaksKey,
} from "../../../../functions/pipeline/model/keys.ts";

const letters = "abcXYZ019._-".split("");
const environments = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 12 });
const entities = fc.string({ unit: fc.constantFrom(...letters, ":"), minLength: 1, maxLength: 40 });
const parts = fc.record({ environment: environments, condition: fc.constantFrom(...conditions), entityId: entities });

describe("incident keys", () => {
	test("a key is parsed back to what it was made of", () => {
		fc.assert(
			fc.property(parts, (made) => {
				expect(parseIncidentKey(incidentKey(made))).toEqual(made);
			}),
		);
	});

	test("a dedup key is parsed back, whatever colons the entity's id has", () => {
		fc.assert(
			fc.property(parts, fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9 }), (made, occurrence, tier) => {
				const key = incidentKey(made);
				expect(parseDedupKey(dedupKey(key, occurrence, tier))).toEqual({ key, occurrence, tier, round: 1 });
			}),
		);
	});

	test("different parts never share a key", () => {
		fc.assert(
			fc.property(parts, parts, (one, other) => {
				fc.pre(JSON.stringify(one) !== JSON.stringify(other));
				expect(incidentKey(one)).not.toBe(incidentKey(other));
			}),
		);
	});

	test("every key is one that ServiceNow, Jira and PagerDuty can hold", () => {
		fc.assert(
			fc.property(parts, (made) => {
				expect(dedupKey(incidentKey(made), 1, 1)).toMatch(/^[A-Za-z0-9:._-]{1,100}$/);
			}),
		);
	});

	test.each([
		{ name: "a colon in the environment", made: { environment: "a:b", entityId: "x" } },
		{ name: "a space in the entity", made: { environment: "dev", entityId: "a b" } },
		{ name: "an empty entity", made: { environment: "dev", entityId: "" } },
		{ name: "more than 100 characters", made: { environment: "dev", entityId: "x".repeat(90) } },
	])("$name is refused", ({ made }) => {
		expect(() => incidentKey({ condition: "trunk-down", ...made })).toThrow(RangeError);
	});

	test.each([
		"",
		"inc:1:dev",
		"inc:2:dev:trunk-down:x",
		"inc:1:dev:no-such-condition:x",
		"inc:1:dev:trunk-down:",
		"other:1:dev:trunk-down:x",
	])("%j is no incident key", (text) => {
		expect(parseIncidentKey(text)).toBeUndefined();
	});

	test.each([
		{ name: "the environment", made: { environment: "a b", entityId: "x" }, says: 'Expected an environment of [A-Za-z0-9._-], got "a b"' },
		{ name: "a line after the environment", made: { environment: "dev\n", entityId: "x" }, says: "Expected an environment of" },
		{ name: "a sign before it", made: { environment: "/dev", entityId: "x" }, says: "Expected an environment of" },
		{ name: "the entity", made: { environment: "dev", entityId: "x/" }, says: 'Expected an entity id of [A-Za-z0-9:._-], got "x/"' },
		{ name: "a sign before the entity", made: { environment: "dev", entityId: "/x" }, says: "Expected an entity id of" },
	])("a refusal says what it got: $name", ({ made, says }) => {
		expect(() => incidentKey({ condition: "trunk-down", ...made })).toThrow(says);
	});

	test("as long as it may be, it has room for every occurrence and tier; one more character is no key", () => {
		const of = (length: number) => ({ environment: "dev", condition: "trunk-down", entityId: "x".repeat(length - 21) }) as const;
		const longest = incidentKey(of(92));
		expect(longest).toHaveLength(92);
		expect(longestEntityId("dev", "trunk-down")).toBe(92 - 21);
		expect(parseIncidentKey(longest)).toEqual(of(92));
		expect(parseIncidentKey(`${longest}x`)).toBeUndefined();
		expect(() => incidentKey(of(93))).toThrow(
			`Expected an incident key of at most 92 characters, got 93: inc:1:dev:trunk-down:${"x".repeat(72)}`,
		);
		expect(dedupKey(longest, 9999, 99)).toHaveLength(100);
		expect(() => dedupKey(longest, 10_000, 99)).toThrow(
			`Expected a dedup key of at most 100 characters, got 101: inc:1:dev:trunk-down:${"x".repeat(71)}:10000:99`,
		);
	});

	test.each([
		"inc:1:dev:trunk-down:x:0:1",
		"inc:1:dev:trunk-down:x:1:0",
		"inc:1:dev:trunk-down:x:1",
		"inc:1:dev:trunk-down:x:1:1 ",
		"inc:1:dev:trunk-down:x:1:1\n",
		"inc:2:dev:trunk-down:x:1:1",
		"x\ninc:1:dev:trunk-down:x:1:1",
	])("%j is no dedup key", (text) => {
		expect(parseDedupKey(text)).toBeUndefined();
	});

	test("a later round is a key of its own, and is left out where there is no room for it", () => {
		const made = dedupKey("inc:1:dev:trunk-down:x", 3, 2, 14);
		expect(made).toBe("inc:1:dev:trunk-down:x:3:2r14");
		expect(parseDedupKey(made)).toEqual({ key: "inc:1:dev:trunk-down:x", occurrence: 3, tier: 2, round: 14 });
		expect(parseDedupKey("inc:1:dev:trunk-down:x:3:2r1")).toBeUndefined();
		const long = `inc:1:dev:trunk-down:${"x".repeat(75)}`;
		expect(dedupKey(long, 1, 1, 2)).toBe(dedupKey(long, 1, 1));
	});

	test("occurrences and tiers have as many digits as they need", () => {
		expect(parseDedupKey("inc:1:dev:trunk-down:x:120:34")).toEqual({ key: "inc:1:dev:trunk-down:x", occurrence: 120, tier: 34, round: 1 });
	});
});

/** A changed prefix is another key everywhere at once: what was written before a release would be lost by it. */
test.each([
	{ made: () => incidentKey({ environment: "dev", condition: "trunk-down", entityId: "a:b" }), key: "inc:1:dev:trunk-down:a:b" },
	{ made: () => dedupKey("inc:1:dev:trunk-down:x", 12, 3), key: "inc:1:dev:trunk-down:x:12:3" },
	{ made: () => archiveKey("inc:1:dev:trunk-down:x", 12), key: "inc:1:dev:trunk-down:x#12" },
	{ made: () => streaksKey("dev", 7), key: "streaks:1:dev:7" },
	{ made: () => gaugesKey("dev"), key: "gauges:2:dev" },
	{ made: () => leasesKey("dev"), key: "leases:1:dev" },
	{ made: () => pollerKey("dev"), key: "poller:1:dev" },
	{ made: () => flightKey("dev", "webhook"), key: "flight:1:dev:webhook" },
])("the ledger's key $key", ({ made, key }) => {
	expect(made()).toBe(key);
});
