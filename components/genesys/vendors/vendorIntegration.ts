import * as pulumi from "@pulumi/pulumi";
import { IntegrationCredential } from "../../../sdks/genesyscloud/index.ts";
import { credentialOf } from "../../../vendors/credentials.ts";
import { vendorOf } from "../../../vendors/kinds.ts";
import { settingOf } from "../../../vendors/settings.ts";
import { StoredSecret } from "../../aws/secrets.ts";
import { vendorDocument } from "../../aws/vendorSecret.ts";
import type { Settings } from "../../settings/settings.ts";
import type { Secrets } from "../../settings/stackConfiguration.ts";
import { DataActions } from "../dataActions.ts";
import type { VendorActions } from "./vendorActions.ts";

export interface VendorIntegrationArgs {
	readonly settings: Settings;
	readonly set: VendorActions;
	/** The settings of the vendor's account. */
	readonly account: Readonly<Record<string, string>>;
	readonly secrets: Secrets;
}

/** What it was while each vendor had a component of its own: what is deployed keeps its place. */
const formerTypes = ["PagerDutyService", "TwilioAccount"].map((name) => ({ type: `genesyscloud-runbooks:index:${name}` }));

/** One credential of a vendor: inside Genesys Cloud, the same for the functions in AWS, and its data actions. */
export class VendorIntegration extends pulumi.ComponentResource {
	readonly substitutions: DataActions["substitutions"];
	readonly secretArn: pulumi.Output<string>;

	constructor(name: string, args: VendorIntegrationArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:VendorIntegration", name, {}, { ...opts, aliases: [...(opts?.aliases ?? []), ...formerTypes] });
		const { settings, set } = args;
		const { credential } = vendorOf(set.channel.kind);
		const document = vendorDocument({ ...args, channel: set.channel });
		const { genesys } = credential;
		if (genesys === undefined) throw new Error(`${name}: expected a vendor that the workflow calls, got one that only functions do`);
		const fields = Object.entries(genesys.fields).map(([field, held]) => [field, document[held] ?? ""]);
		const inGenesys = new IntegrationCredential(
			`${name}-credential`,
			{ name: set.category, credentialTypeName: genesys.type, fields: Object.fromEntries(fields) },
			{ parent: this },
		);
		const actions = new DataActions(
			`${name}-actions`,
			{
				set,
				notes: credential.notes.replaceAll(/\{(\w+)\}/g, (_, setting: string) => settingOf(set.channel, setting)),
				integrationType: "custom-rest-actions",
				credentials: { basicAuth: inGenesys.id },
			},
			{ parent: this },
		);
		const secretName = credentialOf(set.channel);
		const stored = new StoredSecret(`${name}-secret`, { settings, secretName, document }, { parent: this });
		this.substitutions = actions.substitutions;
		this.secretArn = stored.arn;
		this.registerOutputs({ substitutions: this.substitutions, secretArn: this.secretArn });
	}
}
