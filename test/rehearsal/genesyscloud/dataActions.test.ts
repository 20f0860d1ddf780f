import { expect, test } from "vitest";
import type { LambdaCall } from "../../../rehearsal/genesyscloud/index.ts";
import { type Action, answering, tested, text } from "./actionRun.ts";
import { apiOf, createOrganization, HastyClock, inputs, providerOf, tokens } from "./organization.ts";

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
