import { describe, expect, test } from "vitest";
import { SecretVersions } from "../../../rehearsal/aws/secretVersions.ts";

/** Which version has which labels. */
const labels = (versions: SecretVersions) => Object.fromEntries(versions.all().map(({ id, stages }) => [id, stages.toSorted()]));

describe("the versions of a secret", () => {
	test("the first one is current, whatever is asked", () => {
		const versions = new SecretVersions();
		versions.put("1", "a", 0, ["AWSPENDING"]);
		expect(labels(versions)).toEqual({ 1: ["AWSCURRENT", "AWSPENDING"] });
	});

	test("a next one changes nothing of the current one, and a deployment nothing of the next", () => {
		const versions = new SecretVersions();
		versions.put("1", "a", 0);
		versions.put("2", "b", 1, ["AWSPENDING"]);
		expect(labels(versions)).toEqual({ 1: ["AWSCURRENT"], 2: ["AWSPENDING"] });
		versions.put("3", "c", 2);
		expect(labels(versions)).toEqual({ 1: ["AWSPREVIOUS"], 2: ["AWSPENDING"], 3: ["AWSCURRENT"] });
	});

	test("where AWSCURRENT leaves a version, AWSPREVIOUS comes to it", () => {
		const versions = new SecretVersions();
		versions.put("1", "a", 0);
		versions.put("2", "b", 1, ["AWSPENDING"]);
		versions.label("AWSCURRENT", "2", "1");
		versions.label("AWSPENDING", undefined, "2");
		expect(labels(versions)).toEqual({ 1: ["AWSPREVIOUS"], 2: ["AWSCURRENT"] });
		expect(versions.texts()).toEqual(["a", "b"]);
	});

	test("the same version again is stored once, with another value it is refused", () => {
		const versions = new SecretVersions();
		versions.put("1", "a", 0);
		versions.put("1", "a", 5);
		expect(versions.at("AWSCURRENT")).toMatchObject({ id: "1", madeAt: 0 });
		expect(() => versions.put("1", "b", 5)).toThrow("another value");
	});

	test.each([
		{ name: "from a version that does not have it", move: ["AWSCURRENT", "2", "3"] as const, problem: "another version" },
		{ name: "to a version that there is not", move: ["AWSCURRENT", "9", "1"] as const, problem: "no version 9" },
		{ name: "from the current one to none", move: ["AWSCURRENT", undefined, "1"] as const, problem: "only be moved" },
		{ name: "that nobody has", move: ["AWSPREVIOUS", undefined, "1"] as const, problem: "not on the version" },
	])("a label is not moved $name", ({ move, problem }) => {
		const versions = new SecretVersions();
		versions.put("1", "a", 0);
		versions.put("2", "b", 1, ["AWSPENDING"]);
		const [label, to, from] = move;
		expect(() => versions.label(label, to, from)).toThrow(problem);
		expect(labels(versions)).toEqual({ 1: ["AWSCURRENT"], 2: ["AWSPENDING"] });
	});
});
