import { expect, test } from "vitest";
import type { LambdaCall } from "../../../rehearsal/genesyscloud/index.ts";
import { apiOf, createOrganization, HastyClock, inputs, providerOf, type Settings, tokens } from "./organization.ts";

interface Action {
	readonly integrationType?: string;
	readonly intendedState?: string;
	readonly credential?: { readonly type: string; readonly slot: string; readonly fields: Record<string, string> };
	readonly input?: Record<string, unknown>;
	readonly required?: string[];
	readonly output?: Record<string, unknown>;
	readonly request?: Record<string, unknown>;
	readonly response?: Record<string, unknown>;
	readonly timeoutSeconds?: number;
}

const text = { type: "string" };

/** Makes one integration with one action, tests it with the inputs and returns the vendor's test result. */
async function tested(action: Action, given: Record<string, unknown>, settings: Settings = {}): Promise<unknown> {
	const organization = createOrganization(settings);
	const provider = providerOf(organization);
	await provider.configure();
	const { credential } = action;
	const credentialId =
		credential === undefined
			? undefined
			: (
					await provider.create(tokens.credential, "credential", {
						name: "c",
						credentialTypeName: credential.type,
						fields: credential.fields,
					})
				).id;
	const integration = await provider.create(tokens.integration, "integration", {
		integrationType: action.integrationType ?? "custom-rest-actions",
		intendedState: action.intendedState ?? "ENABLED",
		config: { name: "Category", ...(credentialId === undefined ? {} : { credentials: { [credential?.slot ?? ""]: credentialId } }) },
	});
	const made = await provider.create(tokens.action, "action", {
		name: "Action",
		category: "Category",
		integrationId: integration.id,
		contractInput: JSON.stringify({
			type: "object",
			properties: action.input ?? {},
			required: action.required ?? [],
			additionalProperties: true,
		}),
		contractOutput: JSON.stringify({ type: "object", properties: action.output ?? {}, additionalProperties: true }),
		configTimeoutSeconds: action.timeoutSeconds ?? 10,
		configRequest: { requestType: "POST", requestUrlTemplate: "https://vendor.example/hook", ...action.request },
		configResponse: action.response,
	});
	const api = await apiOf(organization.cloud, organization.deployer);
	return (await api("POST", `/integrations/actions/${made.id}/test`, given)).body;
}

/** A vendor that answers with what it was asked. */
const echo: typeof fetch = async (input, init) =>
	Response.json({
		url: String(input),
		method: init?.method,
		authorization: new Headers(init?.headers).get("authorization"),
		body: init?.body ?? null,
	});

function answering(body: unknown, status = 200): Settings {
	return { outbound: async () => (typeof body === "string" ? new Response(body, { status }) : Response.json(body, { status })) };
}

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
		request: { requestTemplate: '{"a":"$esc.xml(${input.a})"}' },
		detail: "ACTION.TEMPLATE",
		message: "requestTemplate: $esc.xml",
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

const refusedPaths = ["$.incidents.length()", "$.incidents[?(@.id =~ /P.*/)]", "$.incidents[0]^", "$.incidents[*]~", "incidents"];

test.each(refusedPaths)("the path %s is refused", async (path) => {
	const result = await tested({ response: { translationMap: { found: path }, successTemplate: "{}" } }, {}, answering(incidents));
	expect(result).toMatchObject({ success: false, error: { details: [{ errorCode: "ACTION.TRANSLATION" }] } });
});

const answers = [
	{ name: "a 4xx", settings: answering({ message: "no" }, 422), error: { status: 422, details: [{ errorCode: "ACTION.REMOTE_STATUS" }] } },
	{ name: "a 401", settings: answering({}, 401), error: { status: 401, details: [{ errorCode: "ACTION.AUTHENTICATION" }] } },
	{ name: "a 503", settings: answering({}, 503), error: { status: 503, code: "service.unavailable" } },
	{ name: "no JSON", settings: answering("ok"), error: { details: [{ errorCode: "ACTION.RESPONSE" }] } },
	{
		name: "an answer that breaks the contract",
		settings: answering({ status: 5 }),
		error: { details: [{ errorCode: "ACTION.OUTPUT_CONTRACT" }], message: "$.status: expected string, got number" },
	},
	{
		name: "no connection",
		settings: {
			outbound: async () => {
				throw new TypeError("fetch failed", { cause: Object.assign(new Error("x"), { code: "ENOTFOUND" }) });
			},
		},
		error: {
			status: 502,
			details: [{ errorCode: "ACTION.CONNECTION" }],
			message: "vendor.example cannot be reached: fetch failed (ENOTFOUND)",
		},
	},
];

test.each(answers)("the vendor answers with $name: failure", async ({ settings, error }) => {
	expect(await tested({ output: { status: text } }, {}, settings)).toMatchObject({ success: false, error });
});

test("inputs are checked against the contract before anything is called", async () => {
	const action = { input: { to: text, tier: { type: "integer" } }, required: ["to"] };
	expect(await tested(action, { tier: 1.5 })).toMatchObject({
		success: false,
		error: {
			details: [{ errorCode: "ACTION.INPUT_CONTRACT" }],
			message: "$.to: required, got nothing; $.tier: expected integer, got number",
		},
	});
});

test("an integration that is not enabled fails its actions", async () => {
	expect(await tested({ intendedState: "DISABLED" }, {})).toMatchObject({
		success: false,
		error: { message: "the integration Category is not enabled" },
	});
});

test("a call that takes longer than the action's timeout is a timeout", async () => {
	const clock = new HastyClock();
	const before = clock.now();
	const result = await tested({ timeoutSeconds: 5 }, {}, { clock, outbound: () => new Promise(() => undefined) });
	expect(result).toMatchObject({ success: false, error: { code: "request.timeout" } });
	expect(clock.now() - before).toBe(5000);
});

test("a Lambda action calls the function's ARN with the credential's role and the organization's id", async () => {
	const calls: LambdaCall[] = [];
	const functionArn = "arn:aws:lambda:eu-central-1:123456789012:function:runbooks-test-ledger";
	const action: Action = {
		integrationType: "aws-lambda-data-actions",
		credential: {
			type: "amazonWebServicesARN",
			slot: "AmazonWebServicesARN",
			fields: { ARN: "arn:aws:iam::123456789012:role/runbooks-test-genesys-ledger" },
		},
		output: { answer: text },
		request: { requestUrlTemplate: functionArn, requestTemplate: '{"operation":"claim","input":${input.rawRequest}}' },
		response: { successTemplate: "${rawResult}" },
	};
	const invokeLambda = async (call: LambdaCall) => {
		calls.push(call);
		return { status: 200, body: '{"answer":"owner"}' };
	};
	expect(await tested(action, { launchId: "l1" }, { invokeLambda })).toMatchObject({ success: true, finalResult: { answer: "owner" } });
	expect(calls).toEqual([
		{
			functionArn,
			roleArn: "arn:aws:iam::123456789012:role/runbooks-test-genesys-ledger",
			externalId: "5f9d1c1e-0000-4000-a000-000000000001",
			payload: { operation: "claim", input: { launchId: "l1" } },
		},
	]);
	const refused = await tested(
		action,
		{},
		{
			invokeLambda: async () => {
				throw new Error("sts:AssumeRole is not allowed");
			},
		},
	);
	expect(refused).toMatchObject({
		success: false,
		error: { details: [{ errorCode: "ACTION.LAMBDA" }], message: "sts:AssumeRole is not allowed" },
	});
});

const ownApi = [
	{
		name: "with the permission",
		permissions: ["telephony:plugin:all"],
		result: { success: true, finalResult: { connected: [true, true], total: 2 } },
	},
	{
		name: "without the permission",
		permissions: ["routing:queue:view"],
		result: { success: false, error: { status: 403, details: [{ errorCode: "ACTION.AUTHENTICATION" }] } },
	},
];

test.each(ownApi)("a Genesys Cloud action calls this organization's API as its own client: $name", async ({ permissions, result }) => {
	const organization = createOrganization();
	const { cloud } = organization;
	const trunkBaseId = cloud.world.addTrunk({ base: { name: "Frankfurt-1" }, instances: 2 });
	const responder = cloud.world.issueBootstrapClient({ name: "responder", permissions });
	const provider = providerOf(organization);
	await provider.configure();
	const credential = await provider.create(tokens.credential, "credential", {
		name: "c",
		credentialTypeName: "pureCloudOAuthClient",
		fields: responder,
	});
	const integration = await provider.create(tokens.integration, "integration", {
		integrationType: "purecloud-data-actions",
		intendedState: "ENABLED",
		config: { name: "Genesys Cloud", credentials: { pureCloudOAuthClient: credential.id } },
	});
	const action = await provider.create(tokens.action, "action", {
		...inputs.action(integration.id),
		contractInput: JSON.stringify({ type: "object", properties: { trunkBaseId: text }, required: ["trunkBaseId"] }),
		contractOutput: JSON.stringify({
			type: "object",
			properties: { connected: { type: "array", items: { type: "boolean" } }, total: { type: "integer" } },
		}),
		configRequest: {
			requestType: "GET",
			requestUrlTemplate: "/api/v2/telephony/providers/edges/trunks?trunkBase.id=$esc.url(${input.trunkBaseId})&pageSize=100",
		},
		configResponse: {
			translationMap: { connected: "$.entities[*].connectedStatus.connected", total: "$.total" },
			successTemplate: '{"connected": ${connected}, "total": ${total}}',
		},
	});
	const api = await apiOf(cloud, organization.deployer);
	expect((await api("POST", `/integrations/actions/${action.id}/test`, { trunkBaseId })).body).toMatchObject(result);
	expect(cloud.usedPermissions.has("responder telephony:plugin:all")).toBe(permissions.includes("telephony:plugin:all"));
});

test("execute returns the output itself, or the error as the answer", async () => {
	const organization = createOrganization(answering({ status: "success" }));
	const provider = providerOf(organization);
	await provider.configure();
	const integration = await provider.create(tokens.integration, "integration", {
		integrationType: "custom-rest-actions",
		intendedState: "ENABLED",
		config: { name: "C" },
	});
	const action = await provider.create(tokens.action, "action", inputs.action(integration.id));
	const api = await apiOf(organization.cloud, organization.deployer);
	const path = `/integrations/actions/${action.id}/execute`;
	expect(await api("POST", path, { summary: "s", dedupKey: "d" })).toMatchObject({ status: 200, body: { status: "success" } });
	expect(await api("POST", path, {})).toMatchObject({ status: 400, body: { code: "bad.request" } });
	organization.cloud.world.setFault({ kind: "data-actions", how: "failure", action: "Trigger", status: 500 });
	expect(await api("POST", path, { summary: "s", dedupKey: "d" })).toMatchObject({ status: 500 });
});
