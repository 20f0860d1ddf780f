import pb from "@pulumi/pulumi/proto/provider_pb.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { secret, unknownText } from "../../../rehearsal/engine/marks.ts";
import { type EngineWorld, serveForEngine } from "../../../rehearsal/engine/world.ts";
import { asFound } from "../../../rehearsal/provider/genesyscloud/drift.ts";
import { addressOf } from "../../../rehearsal/provider/genesyscloud/gateway.ts";
import { genesysPlugin } from "../../../rehearsal/provider/genesyscloud/plugin.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import { parameterization } from "../../../sdks/genesyscloud/package.ts";
import { engineOf } from "./client.ts";

const credentialType = "genesyscloud:index/integrationCredential:IntegrationCredential";
const flowType = "genesyscloud:index/flow:Flow";
const actionType = "genesyscloud:index/integrationAction:IntegrationAction";
const { DIFF_NONE, DIFF_SOME } = pb.DiffResponse.DiffChanges;

type Engine = Awaited<ReturnType<typeof engineOf>>;
let world: EngineWorld;
let engine: Engine;

const gateways = () => JSON.stringify([{ host: world.genesys.host, port: String(world.genesys.port), protocol: "http" }]);
const opened = async (): Promise<Engine> => {
	const { clientId, clientSecret } = world.genesys;
	const env = { GENESYSCLOUD_OAUTHCLIENT_ID: clientId, GENESYSCLOUD_OAUTHCLIENT_SECRET: clientSecret };
	const made = await engineOf(genesysPlugin({ env, readFile: async (path) => `inboundCall of ${path}` }));
	await made.configure({ gateways: gateways() });
	return made;
};

beforeAll(async () => {
	world = await serveForEngine(readStackFile("dev"));
	engine = await opened();
});
afterAll(async () => {
	engine.close();
	await world.close();
});

test("its package is that of its parameter", async () => {
	expect(await engine.parameterize(JSON.stringify(parameterization))).toMatchObject({ name: "genesyscloud", version: "1.82.0" });
});

describe("gateways", () => {
	test.each([
		["JSON text, as a stack's configuration is sent", '[{"host":"127.0.0.1","port":"80","protocol":"http"}]'],
		["a list", [{ host: "127.0.0.1", port: "80", protocol: "http" }]],
	])("%s", (_, given) => {
		expect(addressOf({ gateways: given })).toBe("http://127.0.0.1:80");
	});

	test.each([
		["nothing", undefined],
		["an empty list", "[]"],
		["a port that is a number", [{ host: "127.0.0.1", port: 80, protocol: "http" }]],
	])("%s is refused", (_, given) => {
		expect(() => addressOf({ gateways: given })).toThrow(
			"genesyscloud:gateways: expected a list of {host, port, protocol}, port as a text, got ",
		);
	});

	test("a provider that was not configured says so", async () => {
		const bare = await engineOf(genesysPlugin({ env: {}, readFile: async () => "" }));
		await expect(bare.create(credentialType, "c", {})).rejects.toThrow("expected to be configured first");
		await expect(bare.configure({})).rejects.toThrow("genesyscloud:gateways");
		bare.close();
	});
});

test("a credential's life: made, read by another process, changed, gone; its fields stay a secret", async () => {
	const inputs = { name: "c", credentialTypeName: "userDefined", fields: secret({ routingKey: "hidden" }) };
	expect((await engine.create(credentialType, "c", inputs, true)).outputs).toEqual({ ...inputs, integrationCredentialId: unknownText });
	const { id, outputs } = await engine.create(credentialType, "c", inputs);
	expect(outputs).toEqual({ ...inputs, integrationCredentialId: id });
	const later = await opened();
	const place = { type: credentialType, name: "c", id };
	expect(await later.read(place, inputs, outputs)).toEqual({ id, inputs, outputs });
	expect(await later.update(place, inputs, { ...inputs, name: "other" })).toMatchObject({ name: "other", integrationCredentialId: id });
	expect((await engine.read(place, inputs, outputs)).inputs).toEqual({ ...inputs, name: "other" });
	await later.delete(place, inputs);
	expect((await engine.read(place, inputs, outputs)).id).toBe("");
	await expect(engine.delete(place, inputs)).resolves.toBeDefined();
	later.close();
});

test("what is refused is told in the vendor's words, with the resource's name", async () => {
	await expect(engine.create("genesyscloud:index/integration:Integration", "i", { integrationType: "no-such-type" })).rejects.toThrow(
		/Integration "i": POST \/api\/v2\/integrations answered 4\d\d/,
	);
});

describe("Diff", () => {
	test("a contract needs a new action, a template does not", async () => {
		const action = { name: "a", contractInput: "{}", contractOutput: "{}", configTimeoutSeconds: 5 };
		const place = { type: actionType, name: "a", id: "1" };
		expect(await engine.diff(place, action, { ...action, contractOutput: '{"a":1}' })).toMatchObject({ replaces: ["contractOutput"] });
		expect(await engine.diff(place, action, { ...action, configTimeoutSeconds: 6 })).toEqual({
			changes: DIFF_SOME,
			diffs: ["configTimeoutSeconds"],
			replaces: [],
			deletesFirst: false,
		});
	});

	test("the file of a flow may change under its path", async () => {
		const inputs = { name: "f", filepath: "build/f.yaml" };
		const place = { type: flowType, name: "f", id: "1" };
		const fileContentHash = "0e0d4b4e0a8d7a9d3b0b8d5a5d2e8c9f";
		expect(await engine.diff(place, inputs, inputs, { ...inputs, fileContentHash })).toMatchObject({
			changes: DIFF_SOME,
			diffs: ["fileContentHash"],
		});
	});

	test("nothing changed is no difference", async () => {
		const inputs = { name: "c", credentialTypeName: "userDefined" };
		expect(await engine.diff({ type: credentialType, name: "c", id: "1" }, inputs, inputs)).toMatchObject({ changes: DIFF_NONE });
	});
});

test.each([
	["the same", { a: 1, b: ["x", "y"] }, { a: 1, b: ["y", "x"] }, { a: 1, b: ["x", "y"] }],
	["JSON that is written otherwise", { a: '{"x":1,"y":2}' }, { a: '{ "y": 2, "x": 1 }' }, { a: '{"x":1,"y":2}' }],
	["a default that the API adds", { a: { x: 1 } }, { a: { x: 1, y: 2 } }, { a: { x: 1 } }],
	["what the API does not tell", { a: secret("hidden") }, {}, { a: secret("hidden") }],
	["another value", { a: { x: 1 } }, { a: { x: 2 } }, { a: { x: 2 } }],
	["a shorter list", { a: ["x", "y"] }, { a: ["x"] }, { a: ["x"] }],
])("found: %s", (_, inputs, found, expected) => {
	expect(asFound(inputs, found)).toEqual(expected);
});
