import { apiOf, createOrganization, providerOf, type Settings, tokens } from "./organization.ts";

export interface Action {
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

export const text = { type: "string" };

/** Makes one integration with one action, tests it with the inputs and returns the vendor's test result. */
export async function tested(action: Action, given: Record<string, unknown>, settings: Settings = {}): Promise<unknown> {
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

export function answering(body: unknown, status = 200): Settings {
	return { outbound: async () => (typeof body === "string" ? new Response(body, { status }) : Response.json(body, { status })) };
}
