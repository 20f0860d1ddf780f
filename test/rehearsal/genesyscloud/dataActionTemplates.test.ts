import { expect, test } from "vitest";
import { answering, tested, text } from "./actionRun.ts";

/** A vendor that answers with what it was asked. */
const echo: typeof fetch = async (input, init) =>
	Response.json({
		url: String(input),
		method: init?.method,
		authorization: new Headers(init?.headers).get("authorization"),
		body: init?.body ?? null,
	});

const templates = [
	{
		name: "a text is escaped for JSON",
		template: '{"a":"$esc.jsonString(${input.a})"}',
		given: { a: 'say "hi"\n' },
		sent: '{"a":"say \\"hi\\"\\n"}',
	},
	{
		name: "a text is escaped for a form",
		template: "Body=$esc.url(${input.a})",
		given: { a: "down & out: +49 €" },
		sent: "Body=down+%26+out%3A+%2B49+%E2%82%AC",
	},
	{
		name: "half a surrogate pair is a question mark in a form",
		template: "Body=$esc.url(${input.a})",
		given: { a: "x\ud83d \ud83d\ude00 \ude00" },
		sent: "Body=x%3F+%F0%9F%98%80+%3F",
	},
	{
		name: "the raw request is the inputs as JSON",
		template: '{"operation":"claim","input":${input.rawRequest}}',
		given: { a: "x", n: 3 },
		sent: '{"operation":"claim","input":{"a":"x","n":3}}',
	},
	{ name: "no template sends the inputs", template: undefined, given: { a: "x" }, sent: '{"a":"x"}' },
	{ name: "a quiet reference that is absent is nothing", template: '{"a":"$!{input.missing}"}', given: {}, sent: '{"a":""}' },
	{ name: "a credential", template: '{"k":"$!{credentials.routingKey}"}', given: {}, sent: '{"k":"planted"}' },
	{
		name: "a dollar sign in a value is no reference",
		template: '{"a":"$esc.jsonString(${input.a})"}',
		given: { a: "costs $input.b" },
		sent: '{"a":"costs $input.b"}',
	},
	{ name: "a condition", template: "#if(${input.n} > 2)many#{else}few#end", given: { n: 3 }, sent: "many" },
];

test.each(templates)("request template: $name", async ({ template, given, sent }) => {
	const result = await tested(
		{
			credential: { type: "userDefined", slot: "basicAuth", fields: { routingKey: "planted" } },
			output: { body: text },
			request: template === undefined ? {} : { requestTemplate: template },
			response: { translationMap: { body: "$.body" }, successTemplate: '{"body": ${body}}' },
		},
		given,
		{ outbound: echo },
	);
	expect(result).toMatchObject({ success: true, finalResult: { body: sent } });
});

const brokenTemplates = [
	{
		name: "a reference without a value",
		request: { requestTemplate: '{"a":"${input.missing}"}' },
		detail: "ACTION.TEMPLATE",
		message: "requestTemplate: ${input.missing} has no value",
	},
	{
		name: "a helper that does not exist",
		request: { requestTemplate: '{"a":"$esc.latex(${input.a})"}' },
		detail: "ACTION.TEMPLATE",
		message: "requestTemplate: $esc.latex",
	},
	{
		name: "an escape of an absent input",
		request: { requestTemplate: '{"a":"$esc.jsonString(${input.missing})"}' },
		detail: "ACTION.TEMPLATE",
		message: "requestTemplate: $esc.jsonString",
	},
	{
		name: "a relative URL to the outside",
		request: { requestUrlTemplate: "/api/v2/tokens/me" },
		detail: "ACTION.URL",
		message: "expected an absolute http(s) URL",
	},
];

test.each(brokenTemplates)("request: $name fails the action", async ({ request, detail, message }) => {
	const result = await tested({ request }, { a: "x" }, { outbound: echo });
	expect(result).toMatchObject({ success: false, error: { details: [{ errorCode: detail }], message: expect.stringContaining(message) } });
});

test("a basic credential is sent as Basic authentication", async () => {
	const result = await tested(
		{
			credential: { type: "basicAuth", slot: "basicAuth", fields: { userName: "AC1", password: "planted" } },
			output: { authorization: text },
		},
		{},
		{ outbound: echo },
	);
	expect(result).toMatchObject({ success: true, finalResult: { authorization: `Basic ${Buffer.from("AC1:planted").toString("base64")}` } });
});

test("$encoding.base64 builds a header by hand", async () => {
	const result = await tested(
		{
			credential: { type: "userDefined", slot: "basicAuth", fields: { userName: "AC1", password: "planted" } },
			output: { authorization: text },
			request: { headers: { Authorization: 'Basic $encoding.base64("${credentials.userName}:${credentials.password}")' } },
		},
		{},
		{ outbound: echo },
	);
	expect(result).toMatchObject({ success: true, finalResult: { authorization: `Basic ${Buffer.from("AC1:planted").toString("base64")}` } });
});

const incidents = {
	incidents: [
		{ id: "P1", status: "triggered" },
		{ id: "P2", status: "resolved" },
	],
	total: 2,
};

const translations = [
	{ name: "a definite path gives its value", path: "$.incidents[0].status", gives: "triggered" },
	{ name: "an indefinite path gives a list", path: "$.incidents[*].status", gives: ["triggered", "resolved"] },
	{ name: "a filter gives a list", path: "$.incidents[?(@.id == 'P2')].status", gives: ["resolved"] },
	{ name: "a filter by a pattern", path: "$.incidents[?(@.id =~ /p[12]/i)].status", gives: ["triggered", "resolved"] },
	{ name: "a filter by a list", path: "$.incidents[?(@.status in ['resolved', 'closed'])].id", gives: ["P2"] },
	{ name: "a path that finds nothing gives its default", path: "$.incidents[7].status", gives: "none" },
	{ name: "an indefinite path that finds nothing gives an empty list", path: "$.nothing[*].status", gives: [] },
	{ name: "a number", path: "$.total", gives: 2 },
	{ name: "everything", path: "$", gives: incidents },
];

test.each(translations)("translation map: $name", async ({ path, gives }) => {
	const response = { translationMap: { found: path }, translationMapDefaults: { found: '"none"' }, successTemplate: '{"found": ${found}}' };
	expect(await tested({ output: { found: {} }, response }, {}, answering(incidents))).toMatchObject({
		success: true,
		finalResult: { found: gives },
	});
});

test("an empty list and its default, by firstFromArray", async () => {
	const response = {
		translationMap: { ids: "$.incidents[*].id", none: "$.nothing[*].id" },
		successTemplate:
			'{"first": ${successTemplateUtils.firstFromArray("${ids}")}, "none": $successTemplateUtils.firstFromArray("${none}", "$esc.quote$esc.quote")}',
	};
	expect(await tested({ output: { first: text, none: text }, response }, {}, answering(incidents))).toMatchObject({
		success: true,
		finalResult: { first: "P1", none: "" },
	});
});

const refusedPaths = ["$.incidents.min()", "$.incidents[?(@.id =~ /P.*/x)]", "$.incidents[0]^", "$.incidents[*]~"];

test.each(refusedPaths)("the path %s is refused", async (path) => {
	const result = await tested({ response: { translationMap: { found: path }, successTemplate: "{}" } }, {}, answering(incidents));
	expect(result).toMatchObject({ success: false, error: { details: [{ errorCode: "ACTION.TRANSLATION" }] } });
});
