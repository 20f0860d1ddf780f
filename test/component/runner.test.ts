import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as grpc from "@grpc/grpc-js";
import providers from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/provider_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Plugin, startPlugin } from "../policy/plugin.ts";

const folder = fileURLToPath(new URL("../../component", import.meta.url));
let plugin: Plugin;
let client: InstanceType<typeof providers.ResourceProviderClient>;

/** Starts the component as Pulumi's language host does. */
beforeAll(async () => {
	plugin = await startPlugin("run-plugin", [folder, "127.0.0.1:1"], { cwd: folder });
	client = new providers.ResourceProviderClient(plugin.address, grpc.credentials.createInsecure(), {
		"grpc.max_receive_message_length": -1,
	});
});
afterAll(async () => {
	client.close();
	await plugin.end();
});

async function schema(): Promise<Readonly<Record<string, unknown>>> {
	const response = await new Promise<InstanceType<typeof messages.GetSchemaResponse>>((resolve, reject) => {
		client.getSchema(new messages.GetSchemaRequest(), (error, answer) => (error === null ? resolve(answer) : reject(error)));
	});
	return JSON.parse(response.getSchema());
}

describe("the component, run as Pulumi runs it", () => {
	test("has the schema that the SDKs of other languages are made of", async () => {
		await expect(`${JSON.stringify(await schema(), undefined, "\t")}\n`).toMatchFileSnapshot("schema.golden");
	});

	test("is used by the examples as the schema has it", async () => {
		const {
			resources,
		}: { readonly resources?: Readonly<Record<string, { readonly requiredInputs: readonly string[]; readonly properties: object }>> } =
			await schema();
		const [token = "", { requiredInputs, properties } = { requiredInputs: [], properties: {} }] = Object.entries(resources ?? {})[0] ?? [];
		expect(token).toBe("genesyscloud-runbooks:index:OnCallRunbooks");
		expect(requiredInputs).toEqual(["secrets", "settings"]);
		const example = (path: string): string => readFileSync(new URL(`../../examples/component/${path}`, import.meta.url), "utf8");
		const texts = {
			typescript: example("typescript/index.ts"),
			python: example("python/__main__.py"),
			go: example("go/main.go"),
			yaml: example("yaml/Pulumi.yaml"),
		};
		for (const [language, text] of Object.entries(texts)) {
			expect(text, language).toContain("OnCallRunbooks");
			for (const input of requiredInputs) expect(text.toLowerCase(), language).toContain(input);
			expect(text.replaceAll("_", "").toLowerCase(), language).toContain("webhookurl");
		}
		expect(Object.keys(properties)).toContain("webhookUrl");
		expect(texts.yaml).toContain(`type: ${token}`);
	});
});
