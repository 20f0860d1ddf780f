import { expect, test } from "vitest";
import { edges, id } from "./apiFacts.ts";
import { apiOf, createOrganization, HastyClock } from "./organization.ts";

/** Method, path, the permissions of which one is enough: the vendor's API pages. */
const endpoints: readonly (readonly [string, string, readonly string[]])[] = [
	["GET", "/authorization/roles", ["authorization:role:view"]],
	["POST", "/authorization/roles", ["authorization:role:add"]],
	["GET", `/authorization/roles/${id}`, ["authorization:role:view"]],
	["PUT", `/authorization/roles/${id}`, ["authorization:role:edit"]],
	["DELETE", `/authorization/roles/${id}`, ["authorization:role:delete"]],
	["GET", "/oauth/clients", ["oauth:client:view"]],
	["POST", "/oauth/clients", ["oauth:client:add"]],
	["PUT", `/oauth/clients/${id}`, ["oauth:client:edit"]],
	["POST", `/oauth/clients/${id}/secret`, ["oauth:client:edit"]],
	["DELETE", `/oauth/clients/${id}`, ["oauth:client:delete"]],
	["GET", `${edges}`, ["telephony:plugin:all"]],
	["GET", `${edges}/trunks`, ["telephony:plugin:all"]],
	["GET", `${edges}/trunks/${id}`, ["telephony:plugin:all"]],
	["GET", `${edges}/trunks/metrics?trunkIds=${id}`, ["telephony:plugin:all"]],
	["GET", "/routing/queues", ["routing:queue:view"]],
	["POST", "/analytics/queues/observations/query", ["analytics:queueObservation:view"]],
	["POST", "/integrations/credentials", ["integrations:integration:add"]],
	["GET", `/integrations/credentials/${id}`, ["integrations:integration:view"]],
	["PUT", `/integrations/credentials/${id}`, ["integrations:integration:edit"]],
	["DELETE", `/integrations/credentials/${id}`, ["integrations:integration:delete"]],
	["GET", "/integrations/types", ["integrations:integration:view"]],
	["POST", "/integrations", ["integrations:integration:add"]],
	["GET", `/integrations/${id}/config/current`, ["integrations:integration:view"]],
	["PUT", `/integrations/${id}/config/current`, ["integrations:integration:edit"]],
	["PATCH", `/integrations/${id}`, ["integrations:integration:edit"]],
	["DELETE", `/integrations/${id}`, ["integrations:integration:delete"]],
	["POST", "/integrations/actions", ["integrations:action:add"]],
	["GET", `/integrations/actions/${id}`, ["integrations:action:view", "bridge:actions:view"]],
	["GET", `/integrations/actions/${id}/templates/requesttemplate.vm`, ["integrations:action:view", "bridge:actions:view"]],
	["PATCH", `/integrations/actions/${id}`, ["integrations:action:edit"]],
	["DELETE", `/integrations/actions/${id}`, ["integrations:action:delete"]],
	["POST", `/integrations/actions/${id}/execute`, ["integrations:action:execute", "bridge:actions:execute"]],
	["POST", `/integrations/actions/${id}/test`, ["integrations:action:execute", "bridge:actions:execute"]],
	["GET", "/flows/datatables", ["architect:datatable:view"]],
	["POST", "/flows/datatables", ["architect:datatable:add"]],
	["GET", `/flows/datatables/${id}`, ["architect:datatable:view"]],
	["PUT", `/flows/datatables/${id}`, ["architect:datatable:edit"]],
	["DELETE", `/flows/datatables/${id}`, ["architect:datatable:delete"]],
	["GET", `/flows/datatables/${id}/rows`, ["architect:datatableRow:view", "architect:datatable:view"]],
	["POST", `/flows/datatables/${id}/rows`, ["architect:datatableRow:add", "architect:datatable:add"]],
	["GET", `/flows/datatables/${id}/rows/any`, ["architect:datatableRow:view", "architect:datatable:view"]],
	["PUT", `/flows/datatables/${id}/rows/any`, ["architect:datatableRow:edit", "architect:datatable:edit"]],
	["DELETE", `/flows/datatables/${id}/rows/any`, ["architect:datatableRow:delete", "architect:datatable:delete"]],
	["POST", "/flows/jobs", ["architect:job:create"]],
	["GET", `/flows/jobs/${id}`, ["architect:job:view"]],
	["POST", `/flows/actions/unlock?flow=${id}`, ["architect:flow:unlock"]],
	["GET", `/flows/${id}`, ["architect:flow:view"]],
	["DELETE", `/flows/${id}`, ["architect:flow:delete"]],
	["POST", "/flows/executions", ["architect:flow:launch"]],
	["GET", `/flows/executions/${id}`, ["architect:flowExecution:view"]],
];

test.each(endpoints)("%s %s needs one of %j", async (method, path, anyOf) => {
	const { cloud } = createOrganization();
	const nobody = await apiOf(cloud, cloud.world.issueBootstrapClient({ name: "Nobody", permissions: ["usage:events:view"] }));
	const refused = await nobody(method, path, method === "GET" ? undefined : {});
	expect(refused).toMatchObject({
		status: 403,
		body: { code: anyOf.length === 1 ? "missing.permissions" : "missing.any.permissions", status: 403 },
	});
	expect((refused.body as { message: string }).message).toContain(anyOf.join(", "));
	expect(cloud.refusals).toMatchObject([{ method, status: 403, client: "Nobody", permission: anyOf.join(", ") }]);
	for (const [index, permission] of anyOf.entries()) {
		const holder = await apiOf(cloud, cloud.world.issueBootstrapClient({ name: `Holder ${index}`, permissions: [permission] }));
		expect((await holder(method, path, method === "GET" ? undefined : {})).status).not.toBe(403);
	}
});

test("a creator cannot grant what it does not hold, neither in a role nor through a client", async () => {
	const { cloud, deployer } = createOrganization();
	const weak = await apiOf(
		cloud,
		cloud.world.issueBootstrapClient({ name: "Weak", permissions: ["authorization:role:*", "oauth:client:*", "routing:queue:view"] }),
	);
	const role = (domain: string, entityName: string, action: string) => ({
		name: entityName,
		permissionPolicies: [{ domain, entityName, actionSet: [action] }],
	});
	expect((await weak("POST", "/authorization/roles", role("routing", "queue", "view"))).status).toBe(200);
	expect(await weak("POST", "/authorization/roles", role("telephony", "plugin", "all"))).toMatchObject({
		status: 403,
		body: { message: expect.stringContaining("telephony:plugin:all") },
	});
	const strong = await apiOf(cloud, deployer);
	const { body } = await strong("POST", "/authorization/roles", role("telephony", "plugin", "all"));
	const client = {
		name: "c",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roleDivisions: [{ roleId: (body as { id: string }).id, divisionId: "*" }],
	};
	expect(await weak("POST", "/oauth/clients", client)).toMatchObject({ status: 403, body: { code: "missing.permissions" } });
});

test("a role with a permission that does not exist is refused by name", async () => {
	const { cloud, deployer } = createOrganization();
	const api = await apiOf(cloud, deployer);
	const body = { name: "r", permissionPolicies: [{ domain: "telephony", entityName: "trunk", actionSet: ["view"] }] };
	expect(await api("POST", "/authorization/roles", body)).toMatchObject({
		status: 400,
		body: { message: "Unknown permission(s): telephony:trunk:view" },
	});
});

test("the 301st call of a minute is a 429 that says when to come back", async () => {
	const clock = new HastyClock();
	const { cloud, deployer } = createOrganization({ clock });
	const api = await apiOf(cloud, deployer);
	for (let call = 1; call < 300; call += 1) await api("GET", "/tokens/me");
	clock.time += 20_000;
	const last = await api("GET", "/tokens/me");
	expect([
		last.status,
		last.headers.get("inin-ratelimit-count"),
		last.headers.get("inin-ratelimit-allowed"),
		last.headers.get("inin-ratelimit-reset"),
	]).toEqual([200, "300", "300", "40"]);
	const refused = await api("GET", "/tokens/me");
	expect(refused).toMatchObject({
		status: 429,
		body: { code: "too.many.requests", message: "Rate limit exceeded the maximum [300] requests within [60] seconds" },
	});
	expect(refused.headers.get("retry-after")).toBe("40");
	clock.time += 40_000;
	expect((await api("GET", "/tokens/me")).headers.get("inin-ratelimit-count")).toBe("1");
	const other = await apiOf(cloud, deployer);
	expect((await other("GET", "/tokens/me")).headers.get("inin-ratelimit-count")).toBe("1");
});

test("tokens end after their validity, with their client and with a renewed secret", async () => {
	const clock = new HastyClock();
	const { cloud, deployer } = createOrganization({ clock });
	const api = await apiOf(cloud, deployer);
	clock.time += 86_400_000 - 1;
	expect((await api("GET", "/tokens/me")).status).toBe(200);
	clock.time += 1;
	expect(await api("GET", "/tokens/me")).toMatchObject({ status: 401, body: { code: "bad.credentials" } });
	cloud.world.rotateSecret("Deployer");
	const basic = Buffer.from(`${deployer.clientId}:${deployer.clientSecret}`).toString("base64");
	const login = await cloud.fetch("https://login.mypurecloud.de/oauth/token", {
		method: "POST",
		headers: { authorization: `Basic ${basic}` },
		body: "grant_type=client_credentials",
	});
	expect([login.status, await login.json()]).toEqual([401, expect.objectContaining({ error: "invalid_client" })]);
	expect(cloud.refusals.map(({ path, status, code }) => [path, status, code])).toEqual([
		["/api/v2/tokens/me", 401, "bad.credentials"],
		["/oauth/token", 401, "invalid_client"],
	]);
	expect(JSON.stringify(cloud.refusals)).not.toContain(deployer.clientSecret);
});

test("a call without a token is a 401 in the vendor's form", async () => {
	const { cloud } = createOrganization();
	const answer = await cloud.fetch("https://api.mypurecloud.de/api/v2/tokens/me");
	expect([answer.status, await answer.json()]).toEqual([
		401,
		expect.objectContaining({ code: "authentication.required", status: 401, errors: [], details: [] }),
	]);
});
