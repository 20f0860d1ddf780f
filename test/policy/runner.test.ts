import { fileURLToPath } from "node:url";
import * as grpc from "@grpc/grpc-js";
import analyzers from "@pulumi/pulumi/proto/analyzer_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/analyzer_pb.js";
import structs, { type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { rules } from "../../policy/rules/index.ts";
import { type Plugin, startPlugin } from "./plugin.ts";

const folder = fileURLToPath(new URL("../../policy", import.meta.url));
/** Stands for a text that only the deployment will know; the engine's own mark. */
const unknownText = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

let plugin: Plugin;
let client: InstanceType<typeof analyzers.AnalyzerClient>;

/** Starts the pack as Pulumi's language host does: its folder is the working directory, and the stack's settings stand in the environment. */
beforeAll(async () => {
	const env = { PULUMI_CONFIG: JSON.stringify({ "genesyscloud-runbooks:protect": "true" }) };
	plugin = await startPlugin("run-policy-pack", ["127.0.0.1:1", folder], { cwd: folder, env });
	client = new analyzers.AnalyzerClient(plugin.address, grpc.credentials.createInsecure());
});
afterAll(async () => {
	client.close();
	await plugin.end();
});

const options = (protect: boolean) => new messages.AnalyzerResourceOptions().setProtect(protect);

/** What the pack says of a resource that is about to be made: enforcement, rule, message. */
async function analyzed(type: string, inputs: Record<string, JavaScriptValue>, protect = false): Promise<readonly string[]> {
	const request = new messages.AnalyzeRequest()
		.setType(type)
		.setName("judged")
		.setUrn(`urn:pulumi:dev::genesyscloud-runbooks::${type}::judged`)
		.setProperties(structs.Struct.fromJavaScript(inputs))
		.setOptions(options(protect));
	const response = await new Promise<InstanceType<typeof messages.AnalyzeResponse>>((resolve, reject) => {
		client.analyze(request, (error, answer) => (error === null ? resolve(answer) : reject(error)));
	});
	return told(response);
}

async function analyzedStack(
	all: readonly { readonly type: string; readonly inputs: Record<string, JavaScriptValue> }[],
): Promise<readonly string[]> {
	const resources = all.map(({ type, inputs }, index) =>
		new messages.AnalyzerResource()
			.setType(type)
			.setName(`judged-${index}`)
			.setUrn(`urn:pulumi:dev::genesyscloud-runbooks::${type}::judged-${index}`)
			.setProperties(structs.Struct.fromJavaScript(inputs))
			.setOptions(options(false)),
	);
	const request = new messages.AnalyzeStackRequest().setResourcesList(resources);
	const response = await new Promise<InstanceType<typeof messages.AnalyzeResponse>>((resolve, reject) => {
		client.analyzeStack(request, (error, answer) => (error === null ? resolve(answer) : reject(error)));
	});
	return told(response);
}

const levels = Object.fromEntries(Object.entries(messages.EnforcementLevel).map(([word, level]) => [level, word]));
const told = (response: InstanceType<typeof messages.AnalyzeResponse>): readonly string[] =>
	response
		.getDiagnosticsList()
		.map((each) => `${levels[each.getEnforcementlevel()]} ${each.getPolicyname()}: ${each.getMessage().split("\n").at(-1)}`);

const queue = "aws:sqs/queue:Queue";
const rolePolicy = "aws:iam/rolePolicy:RolePolicy";

describe("the pack, run as Pulumi runs it", () => {
	test("has every rule", async () => {
		const info = await new Promise<InstanceType<typeof messages.AnalyzerInfo>>((resolve, reject) => {
			const empty = analyzers.AnalyzerService.getAnalyzerInfo.requestDeserialize(Buffer.alloc(0));
			client.getAnalyzerInfo(empty, (error, answer) => (error === null ? resolve(answer) : reject(error)));
		});
		expect(info.getName()).toBe("genesyscloud-runbooks-policy");
		expect(info.getPoliciesList().map((policy) => policy.getName())).toEqual(rules.map(({ name }) => name));
	});

	test("stops a resource that violates a rule, and says how", async () => {
		expect(await analyzed(queue, { name: "q" })).toEqual([
			"MANDATORY encrypted-stores: expected sqsManagedSseEnabled: true, or a kmsMasterKeyId, got none of it",
		]);
		expect(await analyzed(queue, { name: "q", sqsManagedSseEnabled: true })).toEqual([]);
	});

	test("knows the stack's settings, and whether a resource is protected", async () => {
		const secret = "aws:secretsmanager/secret:Secret";
		expect(await analyzed(secret, { recoveryWindowInDays: 30 })).toEqual([
			"MANDATORY protected-stores: expected the option protect, which the stack's settings want, got none",
		]);
		expect(await analyzed(secret, { recoveryWindowInDays: 30 }, true)).toEqual([]);
	});

	test("judges in a preview what is known, and lets pass what is not yet", async () => {
		expect(await analyzed(rolePolicy, { policy: unknownText })).toEqual([]);
		const environment = { variables: { QUEUE_URL: unknownText, SECRET_X: "hunter2" } };
		expect(await analyzed("aws:lambda/function:Function", { environment, loggingConfig: { logGroup: "g" } })).toEqual([
			"MANDATORY no-secrets-in-environment: expected the ARN of a secret in SECRET_X, got a text",
		]);
	});

	test("judges resources by each other", async () => {
		const dead = { type: queue, inputs: { name: "dead" } };
		const redrive = (deadLetterTargetArn: string) => JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 5 });
		expect(await analyzedStack([dead, { type: queue, inputs: { name: "q", redrivePolicy: redrive("arn:aws:sqs:r:1:dead") } }])).toEqual([]);
		expect(await analyzedStack([dead, { type: queue, inputs: { name: "q", redrivePolicy: unknownText } }])).toEqual([]);
		expect(await analyzedStack([dead])).toEqual(["MANDATORY dead-letters: expected a redrivePolicy with a dead-letter queue, got none"]);
	});
});
