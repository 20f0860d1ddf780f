import { serve } from "@hono/node-server";
import { createGenesysCloud, type GenesysCloud, type GenesysEvent, type LambdaCall } from "../../../rehearsal/genesyscloud/index.ts";
import { createProvider, type Provider } from "../../../rehearsal/provider/genesyscloud.ts";
import type { EmulatorClock } from "../../../rehearsal/world/clock.ts";

export const start = Date.parse("2026-11-24T08:00:00Z");
export const organization = { id: "5f9d1c1e-0000-4000-a000-000000000001", name: "Example Org", domain: "mypurecloud.de" };

/** A clock whose sleeps pass at once, for tests outside of a scenario. */
export class HastyClock implements EmulatorClock {
	time = start;
	readonly spawned: Promise<void>[] = [];

	now(): number {
		return this.time;
	}

	async sleep(milliseconds: number): Promise<void> {
		// As for the virtual clock: what needs no time and no file or network is done before the event loop's next turn.
		await new Promise((resolve) => setImmediate(resolve));
		this.time += milliseconds;
	}

	spawn(work: () => Promise<void>): void {
		this.spawned.push(work());
	}

	async settle(): Promise<void> {
		for (let done = 0; done < this.spawned.length; done += 1) await this.spawned[done];
	}
}

export interface Settings {
	readonly clock?: EmulatorClock;
	readonly outbound?: typeof fetch;
	readonly invokeLambda?: (call: LambdaCall) => Promise<{ status: number; body: string }>;
	readonly uploadBase?: () => string;
}

export interface Organization {
	readonly cloud: GenesysCloud;
	readonly clock: EmulatorClock;
	readonly events: GenesysEvent[];
	readonly deployer: { readonly clientId: string; readonly clientSecret: string };
}

export function createOrganization(settings: Settings = {}): Organization {
	const events: GenesysEvent[] = [];
	const clock = settings.clock ?? new HastyClock();
	const cloud = createGenesysCloud({
		clock,
		organization,
		outbound: settings.outbound ?? (() => Promise.reject(new Error("no call to the outside was expected"))),
		invokeLambda: settings.invokeLambda ?? (() => Promise.reject(new Error("no call of a function was expected"))),
		...(settings.uploadBase === undefined ? {} : { uploadBase: settings.uploadBase }),
		observe: (event) => events.push(event),
	});
	return { cloud, clock, events, deployer: cloud.world.issueBootstrapClient() };
}

export function providerOf({ cloud, clock, deployer }: Organization, files: Readonly<Record<string, string>> = {}): Provider {
	return createProvider({
		fetch: cloud.fetch,
		apiBase: "https://api.mypurecloud.de",
		loginBase: "https://login.mypurecloud.de",
		...deployer,
		pause: (milliseconds) => clock.sleep(milliseconds),
		readFile: async (path) => {
			const text = files[path];
			if (text === undefined) throw new Error(`no file ${path}`);
			return text;
		},
	});
}

export type Api = (method: string, path: string, body?: unknown) => Promise<{ status: number; headers: Headers; body: unknown }>;

/** Calls below `/api/v2` with a token of the client. */
export async function apiOf(cloud: GenesysCloud, client: { readonly clientId: string; readonly clientSecret: string }): Promise<Api> {
	const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`).toString("base64");
	const login = await cloud.fetch("https://login.mypurecloud.de/oauth/token", {
		method: "POST",
		headers: { authorization: `Basic ${basic}` },
		body: new URLSearchParams({ grant_type: "client_credentials" }),
	});
	const { access_token: token } = (await login.json()) as { access_token: string };
	return async (method, path, body) => {
		const answer = await cloud.fetch(`https://api.mypurecloud.de/api/v2${path}`, {
			method,
			headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
			...(body === undefined ? {} : { body: JSON.stringify(body) }),
		});
		const text = await answer.text();
		const json = (answer.headers.get("content-type") ?? "").includes("json");
		return { status: answer.status, headers: answer.headers, body: json && text !== "" ? JSON.parse(text) : text };
	};
}

/** Serves the organization on a free loopback port until it is disposed of. */
export async function served(cloud: GenesysCloud): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
	return new Promise((resolve) => {
		const server = serve({ fetch: cloud.app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => {
			resolve({ port, close: () => new Promise((closed) => server.close(() => closed())) });
		});
		// Idle connections stay open: one that closed while this process was busy would be reset under the next request.
		if ("keepAliveTimeout" in server) server.keepAliveTimeout = 0;
	});
}

const schema = (properties: Record<string, unknown>, required: string[] = []): string =>
	JSON.stringify({ type: "object", properties, required, additionalProperties: true });

/** One resource of each type, as a program would declare them: a role, a client, a vendor's integration, an action, a flow. */
export const inputs = {
	role: {
		name: "runbooks-test responder",
		description: "reads trunks",
		permissionPolicies: [{ domain: "telephony", entityName: "plugin", actionSets: ["all"] }],
	},
	client: (roleId: string) => ({
		name: "runbooks-test responder",
		authorizedGrantType: "CLIENT-CREDENTIALS",
		roles: [{ roleId, divisionId: "*" }],
		integrationCredentialName: "runbooks-test responder",
	}),
	credential: { name: "runbooks-test pagerduty", credentialTypeName: "userDefined", fields: { routingKey: "planted-routing-key" } },
	integration: (credentialId: string) => ({
		integrationType: "custom-rest-actions",
		intendedState: "ENABLED",
		config: { name: "runbooks-test PagerDuty primary", notes: "pages people", credentials: { basicAuth: credentialId } },
	}),
	action: (integrationId: string) => ({
		name: "Trigger 01234567",
		category: "runbooks-test PagerDuty primary",
		integrationId,
		contractInput: schema({ summary: { type: "string" }, dedupKey: { type: "string" } }, ["summary", "dedupKey"]),
		contractOutput: schema({ status: { type: "string" } }),
		configTimeoutSeconds: 10,
		configRequest: {
			requestType: "POST",
			requestUrlTemplate: "https://events.pagerduty.com/v2/enqueue",
			requestTemplate:
				'{"routing_key":"$!{credentials.routingKey}","dedup_key":"$esc.jsonString(${input.dedupKey})","summary":"$esc.jsonString(${input.summary})"}',
			headers: { "Content-Type": "application/json" },
		},
		configResponse: { translationMap: { status: "$.status" }, translationMapDefaults: {}, successTemplate: '{"status": ${status}}' },
	}),
	flow: {
		name: "runbooks-test Response",
		filepath: "build/flow.yaml",
		substitutions: { category: "runbooks-test PagerDuty primary", action: "Trigger 01234567" },
	},
};

/** A workflow that pages once and ends with what came of it. */
export const flowYaml = `workflow:
  name: "runbooks-test Response"
  description: "pages once"
  startUpRef: "/workflow/states/state[Page_10]"
  defaultLanguage: en-us
  supportedLanguages:
    en-us:
      none: true
  variables:
    - stringVariable:
        name: Flow.summary
        initialValue:
          noValue: true
        isInput: true
        isOutput: false
    - stringVariable:
        name: Flow.outcome
        initialValue:
          noValue: true
        isInput: false
        isOutput: true
    - integerVariable:
        name: Flow.httpStatus
        initialValue:
          noValue: true
        isInput: false
        isOutput: true
  settingsErrorHandling:
    errorHandling:
      endWorkflow:
        none: true
  states:
    - state:
        name: Page
        refId: Page_10
        actions:
          - wait:
              name: Breathe
              trimDurationNearMaxRunningTime:
                lit: true
              duration:
                lit:
                  seconds: 30
          - callData:
              name: Send
              category:
                "{{category}}":
                  dataAction:
                    "{{action}}":
                      inputs:
                        summary:
                          exp: "Flow.summary"
                        dedupKey:
                          lit: "inc:1:test:trunk-down:1"
                      successOutputs:
                        status:
                          var: Flow.outcome
                      failureOutputs:
                        errorCode:
                          var: Flow.outcome
                        status:
                          var: Flow.httpStatus
              outputs:
                success:
                  actions:
                    - endWorkflow:
                        name: Paged
                        exitReason:
                          lit: "paged"
                failure:
                  actions:
                    - endWorkflow:
                        name: Failed
                        exitReason:
                          lit: "failed"
                timeout:
                  actions:
                    - endWorkflow:
                        name: Slow
                        exitReason:
                          lit: "timeout"
`;

export const tableToken = "genesyscloud:index/architectDatatable:ArchitectDatatable";

export const tokens = {
	role: "genesyscloud:index/authRole:AuthRole",
	client: "genesyscloud:index/oauthClient:OauthClient",
	credential: "genesyscloud:index/integrationCredential:IntegrationCredential",
	integration: "genesyscloud:index/integration:Integration",
	action: "genesyscloud:index/integrationAction:IntegrationAction",
	flow: "genesyscloud:index/flow:Flow",
};

/** Declares the six resources in dependency order; returns their ids. */
export async function deploy(
	provider: Provider,
): Promise<{ role: string; client: string; credential: string; integration: string; action: string; flow: string }> {
	await provider.configure();
	const role = await provider.create(tokens.role, "role", inputs.role);
	const client = await provider.create(tokens.client, "client", inputs.client(role.id));
	const credential = await provider.create(tokens.credential, "credential", inputs.credential);
	const integration = await provider.create(tokens.integration, "integration", inputs.integration(credential.id));
	const action = await provider.create(tokens.action, "action", inputs.action(integration.id));
	const flow = await provider.create(tokens.flow, "flow", inputs.flow);
	return { role: role.id, client: client.id, credential: credential.id, integration: integration.id, action: action.id, flow: flow.id };
}
