import * as pulumi from "@pulumi/pulumi";
import { launchedPolicies } from "../functions/pipeline/route/policy.ts";
import { secretVariable } from "../functions/schemas/secrets.ts";
import { credentialOf } from "../vendors/credentials.ts";
import { accountOf } from "../vendors/settings.ts";
import type { SecretArns } from "./functions/needs.ts";
import type { DataActions } from "./genesys/dataActions.ts";
import type { ActionSets } from "./genesys/responsePlan.ts";
import { VendorIntegration } from "./genesys/vendors/vendorIntegration.ts";
import type { Settings } from "./settings/settings.ts";
import type { Secrets } from "./settings/stackConfiguration.ts";

export interface IncidentSystemsArgs {
	readonly settings: Settings;
	readonly sets: ActionSets;
	readonly secrets: Secrets;
}

/** Every system that the tiers' channels page through: one integration for each credential, in the order of the vendors. */
export class IncidentSystems extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];
	/** For the functions that page when the workflow cannot. */
	readonly secretArns: SecretArns;
	/** For the one page that the dispatcher may have to send: the first channel of the first tier of each policy that is launched. */
	readonly firstSecretArns: SecretArns;

	constructor(name: string, args: IncidentSystemsArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:IncidentSystems", name, {}, opts);
		const { settings, sets, secrets } = args;
		const systems = [...sets.vendors].map(([credential, set]) => {
			const account = accountOf(settings.runtime, set.channel.kind) ?? {};
			const system = new VendorIntegration(`${name}-${credential}`, { settings, set, account, secrets }, { parent: this });
			return { variable: secretVariable(credential), system };
		});
		this.substitutions = Object.assign({}, ...systems.map(({ system }) => system.substitutions));
		this.secretArns = Object.fromEntries(systems.map(({ variable, system }) => [variable, system.secretArn]));
		const first = launchedPolicies(settings.runtime).flatMap(({ tiers }) => tiers[0]?.channels[0] ?? []);
		const wanted = new Set(first.map((channel) => secretVariable(credentialOf(channel))));
		this.firstSecretArns = Object.fromEntries(Object.entries(this.secretArns).filter(([variable]) => wanted.has(variable)));
		this.registerOutputs({ secretArns: this.secretArns });
	}
}
