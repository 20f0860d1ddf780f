import * as pulumi from "@pulumi/pulumi";
import { everyChannel, launchedPolicies, pagingChannels } from "../functions/pipeline/route/policy.ts";
import type { Channel } from "../functions/pipeline/settings.ts";
import { vendorSecretsVariable } from "../functions/schemas/secrets.ts";
import { isAction } from "../vendors/actions.ts";
import { credentialOf } from "../vendors/credentials.ts";
import { channelKinds } from "../vendors/kinds.ts";
import { accountOf } from "../vendors/settings.ts";
import { nameOfSecret } from "./aws/secrets.ts";
import { VendorSecret } from "./aws/vendorSecret.ts";
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

/** One channel of each credential, in the order of the vendors. */
function vendorChannels({ runtime }: Settings): readonly (readonly [string, Channel])[] {
	const channels = everyChannel(runtime);
	const ordered = channelKinds.flatMap((kind) => channels.filter((channel) => channel.kind === kind));
	return [...new Map(ordered.map((channel) => [credentialOf(channel), channel]))];
}

/** Every system that the tiers' channels page through: one integration for each credential, in the order of the vendors. */
export class IncidentSystems extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];
	/** For the functions that page when the workflow cannot. */
	readonly secrets: SecretAccess;
	/** For the one page that the dispatcher may have to send: the first channel of the first tier of each policy that is launched. */
	readonly firstSecrets: SecretAccess;
	/** For the function that pages where no data action can. */
	readonly messengerSecrets: SecretAccess;

	constructor(name: string, args: IncidentSystemsArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:IncidentSystems", name, {}, opts);
		const { settings, sets, secrets } = args;
		const child = { parent: this };
		const systems = vendorChannels(settings).map(([credential, channel]) => {
			const account = accountOf(settings.runtime, channel.kind) ?? {};
			const set = sets.vendors.get(credential);
			const of = `${name}-${credential}`;
			const system =
				set === undefined
					? new VendorSecret(of, { settings, channel, account, secrets }, child)
					: new VendorIntegration(of, { settings, set, account, secrets }, child);
			return { credential, channel, system };
		});
		this.substitutions = Object.assign({}, ...systems.map(({ system }) => ("substitutions" in system ? system.substitutions : {})));
		const variables = { [vendorSecretsVariable]: nameOfSecret(settings, "") };
		this.secrets = { variables, arns: systems.map(({ system }) => system.secretArn) };
		const signing = new Set(
			pagingChannels(settings.runtime)
				.filter(({ kind }) => !isAction(kind))
				.map(credentialOf),
		);
		const accessTo = (credentials: ReadonlySet<string>): SecretAccess => ({
			variables,
			arns: systems.flatMap(({ credential, system }) => (credentials.has(credential) ? [system.secretArn] : [])),
		});
		this.messengerSecrets = accessTo(signing);
		const first = new Set(
			launchedPolicies(settings.runtime)
				.flatMap(({ tiers }) => tiers[0]?.channels[0] ?? [])
				.map(credentialOf),
		);
		this.firstSecrets = accessTo(first);
		this.registerOutputs({ secretArns: this.secrets.arns });
	}
}
