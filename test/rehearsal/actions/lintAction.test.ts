import { afterAll, describe, expect, test } from "vitest";
import type { ActionFinding } from "../../../rehearsal/actions/actionFinding.ts";
import { lintAction } from "../../../rehearsal/actions/lintAction.ts";
import { Folder, runInProcess } from "../../commands/command.ts";
import { exported } from "./actions.ts";

const folder = new Folder();
afterAll(() => folder.remove());

const lint = (...args: readonly string[]) => runInProcess(lintAction, args);
const findingsOf = (action: unknown): readonly ActionFinding[] => JSON.parse(lint(folder.add("json", action), "--json").out).findings;
const found = (change: Parameters<typeof exported>[0]) =>
	findingsOf(exported(change)).map(({ path, rule, severity }) => `${path.replace("config.", "")} ${rule} ${severity}`);

describe("lint:action", () => {
	test("says nothing of an action that is right", () => {
		expect(found({})).toEqual([]);
		const { status, out } = lint("examples/actions/find-parcel.json");
		expect({ status, out }).toEqual({ status: 0, out: "0 errors, 0 warnings in 1 action\n" });
	});

	test.each([
		{
			name: "a template that does not parse",
			change: { request: { requestTemplate: "#if($input.number" } },
			expected: ["request.requestTemplate template-syntax error"],
		},
		{
			name: "an input that the contract does not have",
			change: { request: { requestUrlTemplate: "/x/${input.nubmer}", requestTemplate: "" } },
			expected: ["request.requestUrlTemplate unknown-input error"],
		},
		{
			name: "the same, which renders nothing",
			change: { request: { requestUrlTemplate: "/x/$!{input.nubmer}", requestTemplate: "" } },
			expected: ["request.requestUrlTemplate unknown-input warning"],
		},
		{
			name: "an input that may be absent",
			change: { input: { required: [] }, request: { requestTemplate: "" } },
			expected: ["request.requestUrlTemplate optional-input warning"],
		},
		{
			name: "which is asked for before",
			change: { input: { required: [] }, request: { requestUrlTemplate: "/x", requestTemplate: "#if($input.number)${input.number}#end" } },
			expected: [],
		},
		{
			name: "a text in JSON as it is",
			change: { request: { requestTemplate: '{"number": "${input.number}"}' } },
			expected: ["request.requestTemplate unescaped warning"],
		},
		{
			name: "a number in JSON as it is",
			change: { input: { properties: { number: { type: "integer" } } }, request: { requestTemplate: '{"number": "${input.number}"}' } },
			expected: [],
		},
		{
			name: "a secret in plain",
			change: { request: { headers: { Authorization: "Bearer abc" } } },
			expected: ["request.headers.Authorization plain-secret warning"],
		},
		{
			name: "a secret of the credential",
			change: { request: { headers: { Authorization: "Bearer $!{credentials.token}" } } },
			expected: [],
		},
		{
			name: "http",
			change: { request: { requestUrlTemplate: "http://x.example" } },
			expected: ["request.requestUrlTemplate plain-http warning"],
		},
		{
			name: "a path that cannot be followed",
			change: { response: { translationMap: { town: "$.parcels.max()" } } },
			expected: ["response.translationMap.town translation-path warning"],
		},
		{
			name: "a path that nobody uses",
			change: { response: { translationMap: { town: "$.town", id: "$.id" } } },
			expected: ["response.translationMap.id translation-unused warning"],
		},
		{
			name: "a path without a default",
			change: { response: { translationMapDefaults: {} } },
			expected: ["response.translationMapDefaults no-default warning"],
		},
		{
			name: "a name without a path",
			change: { response: { successTemplate: '{"town": ${town}, "id": ${twon}}' } },
			expected: ["response.successTemplate unknown-value error", "response.successTemplate success-json warning"],
		},
		{
			name: "no JSON",
			change: { response: { successTemplate: '{"town": ${town}' } },
			expected: ["response.successTemplate success-json warning"],
		},
		{
			name: "the whole answer",
			change: { response: { translationMap: {}, translationMapDefaults: {}, successTemplate: "${rawResult}" } },
			expected: [],
		},
		{
			name: "an output that nothing writes",
			change: { output: { properties: { town: { type: "string" }, street: { type: "string" } } } },
			expected: ["response.successTemplate output-unwritten warning"],
		},
		{ name: "a category of functions", change: { category: "My function data actions" }, expected: ["category function-category warning"] },
	])("$name", ({ change, expected }) => {
		expect(found(change)).toEqual(expected);
	});

	test("the nearest name is the remedy", () => {
		const [finding] = findingsOf(exported({ request: { requestUrlTemplate: "/x/${input.nubmer}", requestTemplate: "" } }));
		expect(finding).toMatchObject({
			message: "Expected an input of the contract, got input.nubmer; its inputs: number.",
			remedy: "Write input.number.",
		});
	});

	test("errors end with 1, and each file is looked at whatever is wrong with the others", () => {
		const wrong = folder.add("json", exported({ request: { requestTemplate: "#if(" } }));
		expect(lint(wrong).status).toBe(1);
		const { status, out, err } = lint(folder.add("json", "{"), wrong, "examples/actions/find-parcel.json");
		expect(status).toBe(2);
		expect(err).toMatch(/: Expected the JSON of a data action, got .*JSON/);
		expect(out).toMatch(/1 error, 0 warnings in 2 actions\n$/);
	});
});
