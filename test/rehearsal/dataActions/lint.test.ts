import { describe, expect, it } from "vitest";
import { lintActions } from "../../../rehearsal/dataActions/lint.ts";
import { exported, type Parts, terraform, text } from "./actionParts.ts";

const lint = (document: unknown) => lintActions(JSON.stringify(document), "action.json");

const found = (document: unknown): string[] =>
	lint(document).map(
		({ path, line, column, rule, severity }) => `${path}${line === undefined ? "" : `:${line}:${column}`} ${rule} ${severity}`,
	);

const request = "config.request";
const response = "config.response";
const input = "contract.input.inputSchema";
const output = "contract.output.successSchema";

const broken: readonly { readonly name: string; readonly parts: Parts; readonly finds: readonly string[] }[] = [
	{ name: "nothing", parts: {}, finds: [] },
	{
		name: "a reference without its end",
		parts: { request: { requestTemplate: '{"number": "$esc.jsonEncode(${input.number)"}' } },
		finds: [`${request}.requestTemplate:1:43 template-syntax error`],
	},
	{
		name: "an #if without its end",
		parts: { request: { requestTemplate: "#if($input.days > 1)many" } },
		finds: [`${request}.requestTemplate template-syntax error`],
	},
	{
		name: "a form that only Velocity knows",
		parts: { request: { requestTemplate: "#set($less = -$input.days)$less" } },
		finds: [`${request}.requestTemplate:1:15 template-syntax warning`],
	},
	{
		name: "a mistyped input",
		parts: { request: { requestTemplate: '{\n  "days": ${input.dayz}}' } },
		finds: [`${request}.requestTemplate:2:11 unknown-input warning`],
	},
	{
		name: "a mistyped input of a closed contract",
		parts: { request: { requestTemplate: '{"days": ${input.dayz}}' }, input: { additionalProperties: false } },
		finds: [`${request}.requestTemplate:1:10 unknown-input error`],
	},
	{
		name: "another case of input",
		parts: { request: { requestTemplate: '{"days": $Input.days}' } },
		finds: [`${request}.requestTemplate:1:10 unknown-reference warning`],
	},
	{
		name: "an input that may be absent",
		parts: { input: { required: ["number"] } },
		finds: [`${request}.requestTemplate:1:56 optional-input warning`],
	},
	{
		name: "an input that may be absent, quietly",
		parts: { request: { requestTemplate: '{"days": "$!{input.days}"}' }, input: { required: ["number"] } },
		finds: [],
	},
	{
		name: "a text in JSON as it is",
		parts: { request: { requestTemplate: '{"number": "${input.number}"}' } },
		finds: [`${request}.requestTemplate:1:13 unescaped warning`],
	},
	{ name: "a text in a form", parts: { request: { requestTemplate: "number=${input.number}" } }, finds: [] },
	{
		name: "a value that is not used",
		parts: { response: { successTemplate: '{"town": ${town}, "states": []}' } },
		finds: [`${response}.translationMap.states unused-value warning`],
	},
	{
		name: "a default of no name",
		parts: { response: { translationMapDefaults: { town: '""', twon: '""' } } },
		finds: [`${response}.translationMapDefaults.twon unused-default warning`],
	},
	{
		name: "a name that nothing gives a value",
		parts: { response: { successTemplate: '{"town": ${twon}, "states": ${states}}' } },
		finds: [`${response}.translationMap.town unused-value warning`, `${response}.successTemplate:1:10 unknown-value error`],
	},
	{
		name: "a name that the template gives itself",
		parts: { response: { successTemplate: '#set($first = ${town}){"town": $first, "states": ${states}}' } },
		finds: [],
	},
	{
		name: "a path without its end",
		parts: { response: { translationMap: { town: "$.parcels[0.town", states: "$.states" }, translationMapDefaults: { states: "[]" } } },
		finds: [`${response}.translationMap.town path-syntax error`],
	},
	{
		name: "a filter with one equals sign",
		parts: { response: { translationMap: { town: "$.town", states: "$.parcels[?(@.id = 'a')].state" } } },
		finds: [`${response}.translationMap.states path-syntax error`],
	},
	{
		name: "a path that only Jayway knows",
		parts: { response: { translationMap: { town: "$.town", states: "$.parcels[?(@.states subsetof ['a'])].state" } } },
		finds: [`${response}.translationMap.states path-unsupported warning`],
	},
	{
		name: "a path without a default",
		parts: { response: { translationMapDefaults: {} } },
		finds: [`${response}.translationMapDefaults.town missing-default warning`],
	},
	{
		name: "a default that is no JSON",
		parts: { response: { translationMapDefaults: { town: "unknown" } } },
		finds: [`${response}.translationMapDefaults.town default-json warning`],
	},
	{
		name: "quotes around a value",
		parts: { response: { successTemplate: '{"town": "${town}", "states": ${states}}' } },
		finds: [`${response}.successTemplate:1:11 quoted-value warning`],
	},
	{
		name: "a success template that is no JSON",
		parts: { response: { successTemplate: '{"town": ${town} "states": ${states}}' } },
		finds: [`${response}.successTemplate success-json error`],
	},
	{
		name: "a success template that is no JSON, perhaps",
		parts: { response: { successTemplate: '#if(${town}){"town": ${town} "states": ${states}}#end' } },
		finds: [`${response}.successTemplate success-json warning`],
	},
	{
		name: "a property that is not written",
		parts: { output: { properties: { town: text, states: {}, street: text } } },
		finds: [`${output}.properties.street unwritten-output warning`],
	},
	{
		name: "a required property that is not written",
		parts: { output: { properties: { town: text, states: {}, street: text }, required: ["street"] } },
		finds: [`${output}.properties.street unwritten-output error`],
	},
	{
		name: "a property that the closed contract does not have",
		parts: { output: { properties: { town: text }, additionalProperties: false } },
		finds: [`${response}.successTemplate unknown-output error`],
	},
	{ name: "the answer as it is", parts: { response: { translationMap: {}, translationMapDefaults: {}, successTemplate: "" } }, finds: [] },
	{
		name: "a secret in a header",
		parts: { request: { headers: { Authorization: "Bearer planted-secret" } } },
		finds: [`${request}.headers.Authorization plain-secret warning`],
	},
	{
		name: "a secret in the URL",
		parts: { request: { requestUrlTemplate: "https://parcels.example.com/?api_key=planted-secret" } },
		finds: [`${request}.requestUrlTemplate plain-secret warning`],
	},
	{
		name: "http",
		parts: { request: { requestUrlTemplate: "http://parcels.example.com/" } },
		finds: [`${request}.requestUrlTemplate plain-http warning`],
	},
	{
		name: "a URL of another integration",
		parts: { request: { requestUrlTemplate: "/api/v2/users" } },
		finds: [`${request}.requestUrlTemplate url warning`],
	},
	{ name: "no method", parts: { request: { requestType: "FETCH" } }, finds: [`${request}.requestType method error`] },
	{
		name: "a body of a GET",
		parts: { request: { requestType: "GET" } },
		finds: [`${request}.requestTemplate get-body warning`],
	},
	{ name: "a long name", parts: { name: "n".repeat(257) }, finds: ["name limit error"] },
	{ name: "a long timeout", parts: { timeoutSeconds: 61 }, finds: ["config.timeoutSeconds limit error"] },
	{
		name: "an unknown type",
		parts: { input: { properties: { number: { type: "text" }, days: { type: "integer" } } } },
		finds: [`${input}.properties.number.type contract warning`],
	},
	{
		name: "a required input that is none",
		parts: { input: { required: ["number", "days", "month"] } },
		finds: [`${input}.required contract warning`],
	},
	{ name: "a header that is a number", parts: { request: { headers: { Accept: 5 } } }, finds: [`${request}.headers.Accept shape error`] },
];

describe("lintActions", () => {
	it.each(broken)("finds $name", ({ parts, finds }) => {
		expect(found(exported(parts))).toEqual(finds);
	});

	it("says what was expected, what was got, and what to do", () => {
		expect(lint(exported({ request: { requestTemplate: '{"days": ${input.dayz}}' } }))).toEqual([
			{
				file: "action.json",
				path: "config.request.requestTemplate",
				line: 1,
				column: 10,
				rule: "unknown-input",
				severity: "warning",
				message: "Expected an input that the contract has (number, days), got ${input.dayz}.",
				remedy: "Write ${input.days}.",
			},
		]);
		for (const { parts } of broken)
			for (const { message, remedy } of lint(exported(parts))) {
				expect(message).toMatch(/^Expected .+, got .+\.$/s);
				expect(remedy).toMatch(/\w+.*\.$/s);
				expect(message).not.toContain("planted-secret");
			}
	});

	it("reads a body of the API: its contract with more than it needs, its config with nulls", () => {
		const { integrationType: _, ...body } = exported({
			response: { translationMapDefaults: null, translationMap: null, successTemplate: null },
		});
		expect(found({ ...body, category: "Parcels", integrationId: "5f9d1c1e-0000-4000-a000-000000000001" })).toEqual([]);
	});

	it("reads Terraform's JSON, and finds things at their places there", () => {
		const at = "resource.genesyscloud_integration_action.find_parcel";
		expect(found(terraform())).toEqual([]);
		expect(found(terraform({ config_timeout_seconds: 0, contract_input: '${jsonencode({type = "object"})}' }))).toEqual([
			`${at}.contract_input shape error`,
			`${at}.config_timeout_seconds limit error`,
			`${at}.config_request.request_url_template:1:40 unknown-input warning`,
		]);
		expect(found(terraform({ config_response: { success_template: '{"town": ${rawResult}}' } }))).toEqual([
			`${at}.config_response.success_template terraform-escape error`,
		]);
	});

	it.each([
		['resource "genesyscloud_integration" "a" {\n}', /Expected a resource "genesyscloud_integration_action", got none/],
		[
			'# an action\nresource "genesyscloud_integration_action" "a" {\n',
			/Expected a Terraform configuration, got another text: line 3: Expected a name/,
		],
		["{", /^Expected JSON, got something else/],
		["[]", /^Expected a data action/],
		['{"name": "x"}', /^Expected a data action/],
	])("refuses %j", (document, message) => {
		expect(() => lintActions(document, "x")).toThrow(
			expect.objectContaining({ name: "DocumentError", message: expect.stringMatching(message) }),
		);
	});
});
