import { describe, expect, test } from "vitest";
import { createProvider, type ProviderError } from "../../../rehearsal/provider/genesyscloud.ts";
import { createOrganization, deploy, flowYaml, inputs, providerOf, served, tokens } from "../genesyscloud/organization.ts";

const files = { "build/flow.yaml": flowYaml };

test("up, change and destroy over HTTP, in the provider's own order of calls", async () => {
	let base = "";
	const { cloud, deployer } = createOrganization({ uploadBase: () => base });
	const { port, close } = await served(cloud);
	base = `http://127.0.0.1:${port}`;
	const calls: string[] = [];
	const provider = createProvider({
		...deployer,
		apiBase: base,
		loginBase: base,
		readFile: async () => flowYaml,
		fetch: (input, init) => {
			calls.push(
				`${init?.method} ${String(input)
					.slice(base.length)
					.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID")}`,
			);
			return fetch(input, init);
		},
	});
	try {
		const ids = await deploy(provider);
		expect(calls).toEqual([
			"POST /oauth/token",
			"POST /oauth/token",
			"GET /api/v2/organizations/me",
			"GET /api/v2/authorization/products",
			"GET /api/v2/authorization/permissions?queryType=domain&query=telephony&pageSize=100&pageNumber=1",
			"POST /api/v2/authorization/roles",
			"GET /api/v2/authorization/roles/ID?userCount=false",
			"GET /api/v2/tokens/me?preserveIdleTTL=false",
			"POST /api/v2/oauth/clients",
			"POST /api/v2/integrations/credentials",
			"GET /api/v2/oauth/clients/ID",
			"POST /api/v2/integrations/credentials",
			"GET /api/v2/integrations/credentials/ID",
			"POST /api/v2/integrations",
			"GET /api/v2/integrations/ID/config/current",
			"GET /api/v2/integrations/ID/config/current",
			"PUT /api/v2/integrations/ID/config/current",
			"PATCH /api/v2/integrations/ID?pageSize=25&pageNumber=1",
			"GET /api/v2/integrations/ID?pageSize=100&pageNumber=1",
			"GET /api/v2/integrations/ID/config/current",
			"POST /api/v2/integrations/actions",
			"GET /api/v2/integrations/actions/custom_-_ID?expand=contract&includeConfig=true",
			"GET /api/v2/integrations/actions/custom_-_ID/templates/requesttemplate.vm",
			"GET /api/v2/integrations/actions/custom_-_ID/templates/successtemplate.vm",
			"POST /api/v2/flows/jobs",
			"PUT /flow-uploads/ID",
			"GET /api/v2/flows/jobs/ID?expand=messages",
			"GET /api/v2/flows/ID?deleted=false",
		]);
		const action = { ...inputs.action(ids.integration), configTimeoutSeconds: 20 };
		await provider.update(tokens.action, ids.action, action);
		await provider.update(tokens.role, ids.role, { ...inputs.role, description: "changed" });
		await provider.update(tokens.integration, ids.integration, inputs.integration(ids.credential));
		calls.length = 0;
		await provider.update(tokens.client, ids.client, { ...inputs.client(ids.role), description: "changed" });
		expect(calls).toEqual([
			"PUT /api/v2/oauth/clients/ID",
			"GET /api/v2/integrations/credentials/ID",
			"PUT /api/v2/integrations/credentials/ID",
			"GET /api/v2/oauth/clients/ID",
		]);
		await provider.update(tokens.credential, ids.credential, { ...inputs.credential, fields: { routingKey: "other" } });
		const republished = await provider.update(tokens.flow, ids.flow, inputs.flow);
		expect(republished.id).toBe(ids.flow);
		expect(cloud.world.flows().map(({ name, version }) => ({ name, version }))).toEqual([{ name: "runbooks-test Response", version: 2 }]);
		calls.length = 0;
		for (const type of ["flow", "action", "integration", "credential", "client", "role"] as const)
			await provider.delete(tokens[type], ids[type]);
		expect(calls).toEqual([
			"DELETE /api/v2/flows/ID",
			"DELETE /api/v2/integrations/actions/custom_-_ID",
			"GET /api/v2/integrations/actions/custom_-_ID?expand=contract&includeConfig=true",
			"DELETE /api/v2/integrations/ID",
			"GET /api/v2/integrations/ID?pageSize=100&pageNumber=1",
			"DELETE /api/v2/integrations/credentials/ID",
			"GET /api/v2/integrations/credentials/ID",
			"GET /api/v2/integrations/credentials/ID",
			"DELETE /api/v2/integrations/credentials/ID",
			"PUT /api/v2/oauth/clients/ID",
			"GET /api/v2/oauth/clients/ID",
			"DELETE /api/v2/oauth/clients/ID",
			"GET /api/v2/oauth/clients/ID",
			"DELETE /api/v2/authorization/roles/ID",
			"GET /api/v2/authorization/roles/ID?userCount=false",
		]);
		expect(cloud.world.roles().map(({ name }) => name)).toEqual(["Deployer"]);
		expect(cloud.refusals).toEqual([]);
	} finally {
		await close();
	}
});

describe("a call that is throttled", () => {
	/** The provider's first read, with an API that throttles until the provider has waited so often. */
	async function throttled(until: number, retryAfterSeconds: number): Promise<{ waits: number[]; outcome: unknown }> {
		const { cloud, deployer } = createOrganization();
		const waits: number[] = [];
		cloud.world.setFault({ kind: "api", status: 429, retryAfterSeconds }, "throttled");
		const pause = async (milliseconds: number) => {
			waits.push(milliseconds / 1000);
			if (waits.length === until) cloud.world.setFault(undefined, "throttled");
		};
		const bases = { apiBase: "https://api.mypurecloud.de", loginBase: "https://login.mypurecloud.de" };
		const provider = createProvider({ fetch: cloud.fetch, ...bases, ...deployer, pause });
		const outcome = await provider.configure().then(
			() => "configured",
			({ status, code }: ProviderError) => ({ status, code }),
		);
		return { waits, outcome };
	}
	const refused = { status: 429, code: "too.many.requests" };

	test("is made again after as long as Retry-After says", async () => {
		expect(await throttled(3, 7)).toEqual({ waits: [7, 7, 7], outcome: "configured" });
	});

	test("is given up after twenty tries more", async () => {
		const { waits, outcome } = await throttled(21, 7);
		expect({ waits: waits.length, outcome }).toEqual({ waits: 20, outcome: refused });
	});

	test("is given up at once where it would have to wait for more than three minutes", async () => {
		expect(await throttled(1, 181)).toEqual({ waits: [], outcome: refused });
		expect(await throttled(1, 180)).toEqual({ waits: [180], outcome: "configured" });
	});
});

test("everything that was written is read back, so that a second preview is quiet", async () => {
	const provider = providerOf(createOrganization(), files);
	const ids = await deploy(provider);
	const read = async (type: keyof typeof tokens): Promise<unknown> => (await provider.read(tokens[type], ids[type]))?.outputs;
	expect(await read("role")).toEqual({ ...inputs.role, permissions: [], authRoleId: ids.role });
	expect(await read("client")).toMatchObject({
		name: "runbooks-test responder",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		accessTokenValiditySeconds: 86_400,
		state: "active",
		roles: [{ roleId: ids.role, divisionId: "*" }],
	});
	expect(await read("credential")).toEqual({
		name: inputs.credential.name,
		credentialTypeName: "userDefined",
		integrationCredentialId: ids.credential,
	});
	const integration = inputs.integration(ids.credential);
	expect(await read("integration")).toEqual({
		...integration,
		config: { ...integration.config, properties: "{}", advanced: "{}" },
		integrationId: ids.integration,
	});
	expect(await read("action")).toEqual({ ...inputs.action(ids.integration), secure: false, integrationActionId: ids.action });
	expect(await read("flow")).toEqual({ name: inputs.flow.name, type: "WORKFLOW", flowId: ids.flow });
});

test("a client with a credential name keeps its secret out of every output; an exposed one has it", async () => {
	const { cloud, ...rest } = createOrganization();
	const provider = providerOf({ cloud, ...rest }, files);
	await provider.configure();
	const role = await provider.create(tokens.role, "role", inputs.role);
	const hidden = await provider.create(tokens.client, "hidden", inputs.client(role.id));
	expect(hidden.outputs).toMatchObject({
		clientId: hidden.id,
		clientSecret: "",
		integrationCredentialId: expect.stringMatching(/^[0-9a-f-]{36}$/),
	});
	const exposed = await provider.create(tokens.client, "exposed", {
		name: "runbooks-test detector",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roles: [{ roleId: role.id, divisionId: "*" }],
		exposeClientSecret: true,
	});
	expect(exposed.outputs).toMatchObject({ clientId: exposed.id, integrationCredentialId: "" });
	expect(String(exposed.outputs.clientSecret)).toHaveLength(43);
});

test("an error names the resource, the call and the vendor's reason, and no secret", async () => {
	const organization = createOrganization();
	const weak = organization.cloud.world.issueBootstrapClient({ name: "Weak", permissions: ["integrations:integration:view"] });
	const provider = providerOf({ ...organization, deployer: weak }, files);
	await provider.configure();
	const failure = await provider.create(tokens.credential, "pagerduty", inputs.credential).catch((error: unknown) => error);
	expect(failure).toMatchObject({ name: "ProviderError", status: 403, code: "missing.permissions" });
	expect(String(failure)).toBe(
		'ProviderError: IntegrationCredential "pagerduty": POST /api/v2/integrations/credentials answered 403 missing.permissions: Unable to perform the requested action. You are missing the following permission(s): integrations:integration:add',
	);
});

test("a changed contract needs a new action", async () => {
	const provider = providerOf(createOrganization(), files);
	const ids = await deploy(provider);
	const before = inputs.action(ids.integration);
	const after = { ...before, contractOutput: '{"type":"object"}' };
	expect(provider.replaces(tokens.action, before, after)).toEqual(["contractOutput"]);
	await expect(provider.update(tokens.action, ids.action, after)).rejects.toThrow(
		'IntegrationAction "action": a change of contractOutput needs a replacement',
	);
});

const brokenFlows = [
	{
		name: "a placeholder without a substitution",
		yaml: flowYaml,
		substitutions: { category: "runbooks-test PagerDuty primary" },
		reason: "The placeholder {{action}} was not substituted.",
	},
	{
		name: "a data action that does not exist",
		yaml: flowYaml,
		substitutions: { ...inputs.flow.substitutions, action: "Trigger 89abcdef" },
		reason: 'no data action "Trigger 89abcdef" in the category "runbooks-test PagerDuty primary"',
	},
	{
		name: "a function that does not exist",
		yaml: flowYaml.replace('exp: "Flow.summary"', 'exp: "ToLower(Flow.summary)"'),
		substitutions: inputs.flow.substitutions,
		reason: "ToLower",
	},
	{
		name: "an input that the data action does not have",
		yaml: flowYaml.replace("dedupKey:", "dedup_key:"),
		substitutions: inputs.flow.substitutions,
		reason: 'the data action has no input "dedup_key"; allowed: summary, dedupKey',
	},
	{ name: "a file that is no workflow", yaml: "inboundCall:\n  name: x\n", substitutions: {}, reason: "workflow" },
];

test.each(brokenFlows)("publishing fails by name: $name", async ({ yaml, substitutions, reason }) => {
	const organization = createOrganization();
	const provider = providerOf(organization, { "build/flow.yaml": yaml, "build/good.yaml": flowYaml });
	await provider.configure();
	const integration = await provider.create(tokens.integration, "integration", {
		integrationType: "custom-rest-actions",
		intendedState: "ENABLED",
		config: { name: "runbooks-test PagerDuty primary" },
	});
	await provider.create(tokens.action, "action", inputs.action(integration.id));
	const failure = await provider.create(tokens.flow, "response", { ...inputs.flow, substitutions }).catch((error: unknown) => error);
	expect(failure).toMatchObject({ name: "ProviderError", code: "Failure" });
	expect(String(failure)).toContain('Flow "response"');
	expect(String(failure)).toContain(reason);
	expect(organization.cloud.world.flows()).toEqual([]);
});
