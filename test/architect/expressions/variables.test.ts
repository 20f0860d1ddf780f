import { describe, expect, it } from "vitest";
import { DocumentError, readEntities, readVariables } from "../../../architect/expressions/variables.ts";
import { errorOf } from "./evaluating.ts";

const refused = (read: () => unknown): string => errorOf(DocumentError, read).message;

describe("a document of variables", () => {
	it.each<[unknown, string, unknown]>([
		[5, "integer", 5],
		[5.5, "decimal", 5.5],
		["x", "string", "x"],
		[false, "boolean", false],
		[null, "notSet", undefined],
		[["a", null], "stringCollection", ["a", undefined]],
		[[1, 2.5], "decimalCollection", [1, 2.5]],
		[{ a: 1 }, "json", { a: 1 }],
		[[{ a: 1 }, { b: 2 }], "jsonCollection", [{ a: 1 }, { b: 2 }]],
		[{ type: "x", value: 1, more: 2 }, "json", { type: "x", value: 1, more: 2 }],
		[{ type: "dateTime", value: "1970-01-01T00:00:01Z" }, "dateTime", 1000],
		[{ type: "duration", value: "PT1S" }, "duration", 1000],
		[{ type: "decimal", value: 5 }, "decimal", 5],
		[{ type: "string", value: null }, "string", undefined],
		[{ type: "stringCollection", value: [] }, "stringCollection", []],
		[{ type: "json", value: { type: "a", value: 1 } }, "json", { type: "a", value: 1 }],
		[{ type: "currency", value: "5|USD" }, "currency", { amount: 5, code: "USD" }],
		[{ type: "queue", value: { id: "1", name: "q" } }, "queue", { id: "1", name: "q" }],
	])("reads %j as %s", (json, type, content) => {
		expect(readVariables({ "Flow.x": json })).toEqual({ "Flow.x": { type, content } });
	});

	it.each<[unknown, string]>([
		[[], "Expected an object of variables by name, got an array."],
		[null, "Expected an object of variables by name, got null."],
		[{ x: 1 }, 'Expected a variable\'s name with its scope such as Flow.x, got "x".'],
		[{ "Flow.x": 1, "flow.X": 2 }, 'Expected each variable once (names ignore case), got "flow.X" twice.'],
		[
			{ "Flow.x": { type: "dateTime", value: "yesterday" } },
			'Flow.x: expected an ISO 8601 date-time such as 2026-01-31T06:30:00Z, got the string "yesterday".',
		],
		[{ "Flow.x": { type: "queue", value: "q" } }, 'Flow.x: expected an object such as {"id": "…", "name": "…"}, got the string "q".'],
		[{ "Flow.x": 1e300 }, "Flow.x: Expected an integer within ±999999999999999, got 1e+300."],
	])("refuses %j", (json, message) => {
		expect(refused(() => readVariables(json))).toBe(message);
	});

	it("refuses arrays that have no one type, and types it does not know", () => {
		expect(refused(() => readVariables({ "Flow.x": [] }))).toMatch(
			/^Flow\.x: expected an array of values of one type, or .*got an array without a value\.$/,
		);
		expect(refused(() => readVariables({ "Flow.x": [1, "a"] }))).toMatch(/got an array of integer, string\.$/);
		expect(refused(() => readVariables({ "Flow.x": { type: "audio", value: 1 } }))).toMatch(
			/^Flow\.x: expected one of the types string, .*got "audio"\.$/,
		);
	});
});

describe("a document of entities", () => {
	it("lists them by kind", () => {
		const document = { queues: [{ id: "1", name: "q" }], users: [{ id: "2", name: "u", username: "u@example.com" }] };
		expect(readEntities(document)).toEqual(document);
	});

	it.each<[unknown, string]>([
		[5, "Expected an object of entities by kind, got a number."],
		[{ robots: [] }, 'Expected one of users, queues, skills, languages, groups, wrapupCodes, got "robots".'],
		[{ queues: [{ id: 1, name: "q" }] }, 'Expected queues to be an array of {"id", "name"} objects of strings, got {"id":1,"name":"q"}.'],
		[
			{ queues: [{ id: "1", name: "q", username: "u" }] },
			'Expected queues to be an array of {"id", "name"} objects of strings, got {"id":"1","name":"q","username":"u"}.',
		],
		[{ users: [{ id: "1" }] }, 'Expected users to be an array of {"id", "name", "username"} objects of strings, got {"id":"1"}.'],
		[{ users: [null] }, 'Expected users to be an array of {"id", "name", "username"} objects of strings, got null.'],
		[{ queues: {} }, "Expected queues to be an array, got {}."],
	])("refuses %j", (json, message) => {
		expect(refused(() => readEntities(json))).toBe(message);
	});
});
