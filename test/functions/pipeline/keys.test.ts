import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { conditions } from "../../../functions/pipeline/incident.ts";
import { incidentKey, parseIncidentKey, parseVendorKey, vendorKey } from "../../../functions/pipeline/keys.ts";

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

	test("a vendor key is parsed back, whatever colons the entity's id has", () => {
		fc.assert(
			fc.property(parts, fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 9 }), (made, occurrence, tier) => {
				const key = incidentKey(made);
				expect(parseVendorKey(vendorKey(key, occurrence, tier))).toEqual({ key, occurrence, tier });
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
				expect(vendorKey(incidentKey(made), 1, 1)).toMatch(/^[A-Za-z0-9:._-]{1,100}$/);
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
});
