import { describe, expect, it } from "vitest";
import { readActions } from "../../../rehearsal/dataActions/actionDocument.ts";
import { type TrialGiven, tryAction } from "../../../rehearsal/dataActions/trial.ts";
import { trialText } from "../../../rehearsal/dataActions/trialText.ts";
import { exported, type Parts, terraform } from "./actionParts.ts";

const inputs = { number: 'P-1 "old"', days: 3 };

function tried(parts: Parts, given: Partial<TrialGiven> = {}) {
	const [action] = readActions(JSON.stringify(exported(parts))).actions;
	if (action === undefined) throw new Error("Expected an action, got none.");
	return tryAction(action, { inputs, credentials: { key: "<credentials.key>" }, ...given });
}

const answering = (body: unknown, status = 200): Partial<TrialGiven> => ({
	answer: { status, text: typeof body === "string" ? body : JSON.stringify(body) },
});

const failuresOf = (parts: Parts, given?: Partial<TrialGiven>): string[] =>
	tried(parts, given).failures.map(
		({ part, place, message }) => `${part}${place === undefined ? "" : `:${place.line}:${place.column}`} ${message}`,
	);

describe("tryAction", () => {
	it("shows the request, each template with what it rendered to, and what it makes of the answer", () => {
		const body = '{"number": "P-1 \\"old\\"", "days": 3}';
		expect(tried({}, answering({ parcels: [{ state: "sent" }, { state: "lost" }] }))).toEqual({
			action: "Find parcel",
			request: {
				method: "POST",
				url: "https://parcels.example.com/v1/parcels",
				headers: { "X-Api-Key": "<credentials.key>" },
				body,
				templates: [
					{
						name: "requestUrlTemplate",
						template: "https://parcels.example.com/v1/parcels",
						text: "https://parcels.example.com/v1/parcels",
					},
					{ name: "headers.X-Api-Key", template: "${credentials.key}", text: "<credentials.key>" },
					{ name: "requestTemplate", template: '{"number": "$esc.jsonEncode(${input.number})", "days": ${input.days}}', text: body },
				],
			},
			answer: {
				status: 200,
				values: [
					{ name: "town", path: "$.parcels[0].town", value: '""', isDefault: true },
					{ name: "states", path: "$.parcels[*].state", value: '["sent","lost"]', isDefault: false },
				],
				template: '{"town": ${town}, "states": ${states}}',
				text: '{"town": "", "states": ["sent","lost"]}',
				output: { town: "", states: ["sent", "lost"] },
				isFitting: true,
			},
			failures: [],
		});
	});

	it("tells all that is missing or of the wrong type at once, with the place in the template", () => {
		expect(
			failuresOf(
				{ request: { requestTemplate: '{"n": "${input.number}",\n "d": ${input.day}, "m": ${input.month}}' } },
				{ inputs: { days: "3" } },
			),
		).toEqual([
			"input Expected $.number (it is required), got nothing.",
			"input Expected $.days to be integer, got string.",
			"requestTemplate:1:8 Expected ${input.number} to have a value, got none (write $!{…} where it may be absent).",
			"requestTemplate:2:7 Expected ${input.day} to have a value, got none (write $!{…} where it may be absent).",
			"requestTemplate:2:26 Expected ${input.month} to have a value, got none (write $!{…} where it may be absent).",
		]);
	});

	it.each<{ name: string; parts: Parts; given?: Partial<TrialGiven>; fails: readonly string[] }>([
		{
			name: "a template that is none",
			parts: { request: { headers: { Accept: "${input." } } },
			fails: ['headers.Accept:1:8 Not a Velocity template: expected ( or } or . or [, got ".".'],
		},
		{
			name: "a quote in a text that is not escaped",
			parts: { request: { requestTemplate: '{"n": "${input.number}"}' } },
			fails: [
				"requestTemplate Expected it to render to JSON, got something else: Expected ',' or '}' after property value in JSON at position 12 (line 1 column 13).",
			],
		},
		{
			name: "a relative URL",
			parts: { request: { requestUrlTemplate: "/api/v2/users" } },
			fails: ["requestUrlTemplate Expected an absolute http(s) URL, got /api/v2/users."],
		},
		{
			name: "a 422",
			parts: {},
			given: answering({}, 422),
			fails: ["response Expected a status from 200 to 299, got 422: the flow takes the Failure path."],
		},
		{ name: "no JSON", parts: {}, given: answering("ok"), fails: ["response Expected JSON, got ok."] },
		{
			name: "a path that is none",
			parts: {
				response: { translationMap: { town: "$.parcels[0", states: "$.states" }, translationMapDefaults: { town: '""', states: "[]" } },
			},
			given: answering({}),
			fails: ["translationMap.town Expected .name, ['name'], [0], [0:2], [*], ..name or [?(…)] at [0, got $.parcels[0."],
		},
		{
			name: "a value that is not there",
			parts: { response: { translationMapDefaults: {} } },
			given: answering({ parcels: [] }),
			fails: ["successTemplate:1:10 Expected ${town} to have a value, got none (write $!{…} where it may be absent)."],
		},
		{
			name: "quotes around a text",
			parts: { response: { successTemplate: '{"town": "${town}"}' } },
			given: answering({ parcels: [{ town: "Ulm" }] }),
			fails: ['successTemplate Expected it to render to JSON, got {"town": ""Ulm""}.'],
		},
		{
			name: "an output of the wrong type",
			parts: {},
			given: answering({ parcels: [{ town: 5 }] }),
			fails: ["output Expected $.town to be string, got number."],
		},
	])("fails by name for $name", ({ parts, given, fails }) => {
		expect(failuresOf(parts, given)).toEqual(fails);
	});

	it("reads Terraform's escapes: a GET has no body", () => {
		const [action] = readActions(JSON.stringify(terraform())).actions;
		expect(action && tryAction(action, { inputs: { number: "P 1" }, credentials: { key: "<credentials.key>" } })).toMatchObject({
			request: { method: "GET", url: "https://parcels.example.com/v1/parcels/P+1", headers: { "X-Api-Key": "<credentials.key>" } },
			failures: [],
		});
	});

	it("never lets a text of the file move the cursor", () => {
		expect(trialText(tried({ name: "\u001b[2Jred", request: { requestUrlTemplate: "https://x.example.com/\u001b[31m" } }))).not.toContain(
			"\u001b",
		);
	});
});
