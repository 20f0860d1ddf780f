import * as pulumi from "@pulumi/pulumi";
import { everyChannel, launchedPolicies, pagingChannels } from "../functions/pipeline/route/policy.ts";
import type { Channel } from "../functions/pipeline/settings.ts";
import { vendorSecretsVariable } from "../functions/schemas/secrets.ts";
import { isAction } from "../vendors/actions.ts";
import { credentialOf, isStored } from "../vendors/credentials.ts";
import { channelKinds } from "../vendors/kinds.ts";
import { accountOf } from "../vendors/settings.ts";
import { nameOfSecret } from "./aws/names.ts";
import { type VendorNeeds, vendorNeeds } from "./aws/vendorNeeds.ts";
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
	/** Of a resource of the deploying account, whose ARN says which account that is. */
	readonly ownArn: pulumi.Input<string>;
}

/** One credential, as the functions have it. */
interface System {
	readonly credential: string;
	readonly needs: VendorNeeds;
	readonly arns: readonly pulumi.Output<string>[];
	readonly substitutions: DataActions["substitutions"];
}

const held = (system: VendorIntegration | VendorSecret): Pick<System, "arns" | "substitutions"> => ({
	arns: [system.secretArn],
	substitutions: "substitutions" in system ? system.substitutions : {},
});

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
		const { settings, sets, secrets, ownArn } = args;
		const systems = vendorChannels(settings).map(([credential, channel]): System => {
			const account = accountOf(settings.runtime, channel.kind) ?? {};
			const needs = vendorNeeds(channel.kind, account, ownArn);
			const set = sets.vendors.get(credential);
			const [of, child] = [`${name}-${credential}`, { parent: this }];
			if (set !== undefined) return { credential, needs, ...held(new VendorIntegration(of, { settings, set, account, secrets }, child)) };
			if (!isStored(channel.kind)) return { credential, needs, arns: [], substitutions: {} };
			return { credential, needs, ...held(new VendorSecret(of, { settings, channel, account, secrets }, child)) };
		});
		this.substitutions = Object.assign({}, ...systems.map(({ substitutions }) => substitutions));
		const variables = { [vendorSecretsVariable]: nameOfSecret(settings, "") };
		const accessTo = (channels: readonly Channel[], checks = false): SecretAccess => {
			const wanted = new Set(channels.map(credentialOf));
			const chosen = systems.filter(({ credential }) => wanted.has(credential));
			return {
				variables,
				arns: chosen.flatMap(({ arns }) => arns),
				needs: chosen.flatMap(({ needs: { paging, checking } }) => (checks ? [...paging, ...checking] : paging)),
			};
		};
		// The overseer, which also checks whether they are taken.
		this.secrets = accessTo(everyChannel(settings.runtime), true);
		this.messengerSecrets = accessTo(pagingChannels(settings.runtime).filter(({ kind }) => !isAction(kind)));
		this.firstSecrets = accessTo(launchedPolicies(settings.runtime).flatMap(({ tiers }) => tiers[0]?.channels[0] ?? []));
		this.registerOutputs({ secretArns: this.secrets.arns });
	}
}
