import * as pulumi from "@pulumi/pulumi";
import { launchedPolicies } from "../functions/pipeline/route/policy.ts";
import { vendorSecretsVariable } from "../functions/schemas/secrets.ts";
import { credentialOf } from "../vendors/credentials.ts";
import { accountOf } from "../vendors/settings.ts";
import { nameOfSecret } from "./aws/secrets.ts";
import type { SecretAccess } from "./functions/needs.ts";
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
	readonly secrets: SecretAccess;
	/** For the one page that the dispatcher may have to send: the first channel of the first tier of each policy that is launched. */
	readonly firstSecrets: SecretAccess;

	constructor(name: string, args: IncidentSystemsArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:IncidentSystems", name, {}, opts);
		const { settings, sets, secrets } = args;
		const systems = [...sets.vendors].map(([credential, set]) => {
			const account = accountOf(settings.runtime, set.channel.kind) ?? {};
			const system = new VendorIntegration(`${name}-${credential}`, { settings, set, account, secrets }, { parent: this });
			return { credential, system };
		});
		this.substitutions = Object.assign({}, ...systems.map(({ system }) => system.substitutions));
		const variables = { [vendorSecretsVariable]: nameOfSecret(settings, "") };
		this.secrets = { variables, arns: systems.map(({ system }) => system.secretArn) };
		const first = new Set(
			launchedPolicies(settings.runtime)
				.flatMap(({ tiers }) => tiers[0]?.channels[0] ?? [])
				.map(credentialOf),
		);
		const wanted = systems.filter(({ credential }) => first.has(credential));
		this.firstSecrets = { variables, arns: wanted.map(({ system }) => system.secretArn) };
		this.registerOutputs({ secretArns: this.secrets.arns });
	}
}
