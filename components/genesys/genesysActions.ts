import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings.ts";
import type { ActionContract, ActionSet } from "./dataAction.ts";
import { DataActions } from "./dataActions.ts";
import { OauthClient } from "./oauthClient.ts";

export type GenesysActionSet = ActionSet<"checkCredentials" | "healthCheckTrigger">;

/** The data actions with which the workflow asks Genesys Cloud itself; relative URLs, with the responder's token. */
export function genesysActions(base: string): GenesysActionSet {
	return { key: "genesys", category: `${base} Genesys Cloud`, actions: { checkCredentials, healthCheckTrigger } };
}

/** Needs no permission: it only proves that the credential still gets a token. */
const checkCredentials: ActionContract = {
	verb: "CheckCredentials",
	inputs: {},
	outputs: { clientName: "string", organizationId: "string" },
	timeoutSeconds: 10,
	request: { type: "GET", url: "/api/v2/tokens/me" },
	response: {
		translationMap: { clientName: "$.OAuthClient.name", organizationId: "$.organization.id" },
		translationMapDefaults: { clientName: '""', organizationId: '""' },
		template: '{"clientName":${clientName},"organizationId":${organizationId}}',
	},
};

/** The trunk on all its edges, as it is at the moment of the page. */
const healthCheckTrigger: ActionContract = {
	verb: "HealthCheckTrigger",
	inputs: { trunkBaseId: "string" },
	outputs: { connected: "boolean[]", total: "integer" },
	timeoutSeconds: 10,
	request: { type: "GET", url: "/api/v2/telephony/providers/edges/trunks?trunkBase.id=$esc.url(${input.trunkBaseId})&pageSize=100" },
	response: {
		translationMap: { connected: "$.entities[*].connectedStatus.connected", total: "$.total" },
		translationMapDefaults: { connected: "[]", total: "0" },
		template: '{"connected":${connected},"total":${total}}',
	},
};

export interface GenesysActionsArgs {
	readonly settings: Settings;
	readonly set: GenesysActionSet;
}

/** The workflow's own way into the Genesys Cloud API: a client whose secret never leaves the organization, and its data actions. */
export class GenesysActions extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];

	constructor(name: string, args: GenesysActionsArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:GenesysActions", name, {}, opts);
		const responder = new OauthClient(
			`${name}-responder`,
			{
				settings: args.settings,
				purpose: "responder",
				description:
					"The response workflow reads the state of trunks with it. The permission also allows writes; there is no narrower one.",
				permissions: ["telephony:plugin:all"],
				usedBy: "integration",
			},
			{ parent: this },
		);
		const actions = new DataActions(
			`${name}-actions`,
			{
				set: args.set,
				notes: "The response workflow checks its credential and reads a trunk's health with it.",
				integrationType: "purecloud-data-actions",
				credentials: { pureCloudOAuthClient: responder.requireCredentialId() },
			},
			{ parent: this },
		);
		this.substitutions = actions.substitutions;
		this.registerOutputs({ substitutions: this.substitutions });
	}
}
