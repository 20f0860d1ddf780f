import * as pulumi from "@pulumi/pulumi";
import * as runtime from "@pulumi/pulumi/runtime/index.js";
import { afterEach, expect, test, vi } from "vitest";
import * as genesys from "../../sdks/genesyscloud/index.ts";
import { bridgeVersion, getPackage, parameterization } from "../../sdks/genesyscloud/package.ts";

interface Declared {
	readonly type: string;
	readonly name: string;
	readonly inputs: Record<string, unknown>;
}

async function declared(build: () => void): Promise<Declared[]> {
	const seen: Declared[] = [];
	await runtime.setMocks(
		{
			newResource: (args) => {
				seen.push({ type: args.type, name: args.name, inputs: args.inputs });
				return { id: `${args.name}-id`, state: { ...args.inputs, clientId: "c", clientSecret: "s", fileContentHash: "h" } };
			},
			call: (args) => {
				throw new Error(`unexpected provider call ${args.token}`);
			},
		},
		"genesyscloud-runbooks",
		"test",
		false,
	);
	build();
	// What is registered inside nested applies comes later than `disconnect`: wait until nothing new has come three times in a row.
	for (let [before, quiet] = [-1, 0]; quiet < 3; ) {
		await runtime.disconnect();
		await new Promise((resolve) => setImmediate(resolve));
		quiet = seen.length === before ? quiet + 1 : 0;
		before = seen.length;
	}
	return seen;
}

function value<T>(output: pulumi.Output<T>): Promise<T> {
	return new Promise((resolve) => output.apply(resolve));
}

afterEach(() => {
	vi.restoreAllMocks();
});

test("each class registers its token and exactly the inputs that were given", async () => {
	const seen = await declared(() => {
		new genesys.ArchitectDatatable("table", { name: "t", description: "d", properties: [{ name: "key", type: "string" }] });
		new genesys.AuthRole("role", {
			name: "r",
			permissionPolicies: [{ domain: "telephony", entityName: "plugin", actionSets: ["all"] }],
		});
		new genesys.OauthClient("client", { name: "c", authorizedGrantType: "CLIENT-CREDENTIALS", roles: [{ roleId: "1", divisionId: "*" }] });
		new genesys.Integration("integration", { integrationType: "custom-rest-actions", config: { name: "i" } });
		new genesys.IntegrationAction("action", {
			name: "a",
			category: "i",
			integrationId: "2",
			contractInput: "{}",
			contractOutput: "{}",
			configRequest: { requestType: "GET", requestUrlTemplate: "/api/v2/tokens/me" },
		});
		new genesys.Flow("flow", { name: "f", filepath: "build/f.yaml", substitutions: { a: "b" } });
	});
	const byName = seen.toSorted((a, b) => a.name.localeCompare(b.name));
	expect(byName).toEqual([
		{
			type: "genesyscloud:index/integrationAction:IntegrationAction",
			name: "action",
			inputs: {
				name: "a",
				category: "i",
				integrationId: "2",
				contractInput: "{}",
				contractOutput: "{}",
				configRequest: { requestType: "GET", requestUrlTemplate: "/api/v2/tokens/me" },
			},
		},
		{
			type: "genesyscloud:index/oauthClient:OauthClient",
			name: "client",
			inputs: { name: "c", authorizedGrantType: "CLIENT-CREDENTIALS", roles: [{ roleId: "1", divisionId: "*" }] },
		},
		{
			type: "genesyscloud:index/flow:Flow",
			name: "flow",
			inputs: { name: "f", filepath: "build/f.yaml", substitutions: { a: "b" } },
		},
		{
			type: "genesyscloud:index/integration:Integration",
			name: "integration",
			inputs: { integrationType: "custom-rest-actions", config: { name: "i" } },
		},
		{
			type: "genesyscloud:index/authRole:AuthRole",
			name: "role",
			inputs: { name: "r", permissionPolicies: [{ domain: "telephony", entityName: "plugin", actionSets: ["all"] }] },
		},
		{
			type: "genesyscloud:index/architectDatatable:ArchitectDatatable",
			name: "table",
			inputs: { name: "t", description: "d", properties: [{ name: "key", type: "string" }] },
		},
	]);
});

test("a credential's fields travel as a secret", async () => {
	const seen = await declared(() => {
		new genesys.IntegrationCredential("credential", { name: "k", credentialTypeName: "userDefined", fields: { routingKey: "plain" } });
	});
	const fields = seen[0]?.inputs.fields;
	expect(runtime.isRpcSecret(fields)).toBe(true);
	expect(runtime.unwrapRpcSecret(fields)).toEqual({ routingKey: "plain" });
});

test("outputs are real outputs: not overwritten by a field of the class", async () => {
	let client: genesys.OauthClient | undefined;
	let flow: genesys.Flow | undefined;
	await declared(() => {
		client = new genesys.OauthClient("client", { name: "c", authorizedGrantType: "CLIENT-CREDENTIALS" });
		flow = new genesys.Flow("flow", { name: "f", filepath: "x" });
	});
	if (client === undefined || flow === undefined) throw new Error("expected the program to have run");
	expect(await value(client.clientId)).toBe("c");
	expect(await value(client.name)).toBe("c");
	expect(await value(flow.fileContentHash)).toBe("h");
	expect(pulumi.Output.isInstance(client.integrationCredentialId)).toBe(true);
});

test("an OAuth client's secret is a secret output", async () => {
	let additional: () => string[] = () => [];
	await declared(() => {
		const monitor = runtime.getMonitor();
		if (monitor === undefined) throw new Error("expected a monitor");
		const spy = vi.spyOn(monitor, "registerResource");
		additional = () => spy.mock.calls[0]?.[0].getAdditionalsecretoutputsList() ?? [];
		new genesys.OauthClient("client", { name: "c", authorizedGrantType: "CLIENT-CREDENTIALS", exposeClientSecret: true });
	});
	expect(additional()).toEqual(["clientSecret"]);
});

test("one package, with the parameter that `pulumi package add` writes", () => {
	expect(getPackage()).toBe(getPackage());
	expect(bridgeVersion).toBe("1.1.3");
	expect(JSON.stringify(parameterization)).toBe(
		'{"remote":{"url":"registry.opentofu.org/mypurecloud/genesyscloud","version":"1.82.0"},"includes":["genesyscloud_architect_datatable","genesyscloud_auth_role","genesyscloud_flow","genesyscloud_integration","genesyscloud_integration_action","genesyscloud_integration_credential","genesyscloud_oauth_client"]}',
	);
});
