import * as pulumi from "@pulumi/pulumi";
import type { Channel } from "../../functions/pipeline/settings.ts";
import { credentialOf, secretKey } from "../../vendors/credentials.ts";
import { vendorOf } from "../../vendors/kinds.ts";
import type { Settings } from "../settings/settings.ts";
import type { Secrets } from "../settings/stackConfiguration.ts";
import { type SecretDocument, StoredSecret } from "./secrets.ts";

export interface VendorCredential {
	readonly channel: Channel;
	/** The settings of the vendor's account. */
	readonly account: Readonly<Record<string, string>>;
	readonly secrets: Secrets;
}

/** What is held with the secrets, and the secrets, as the functions expect them. */
export function vendorDocument({ channel, account, secrets }: VendorCredential): Readonly<Record<string, pulumi.Input<string>>> {
	const { credential, secrets: names } = vendorOf(channel.kind);
	const held = (credential.holds ?? []).map((name): [string, pulumi.Input<string>] => [name, account[name] ?? ""]);
	const kept = Object.keys(names).map((name): [string, pulumi.Input<string>] => [name, secrets(secretKey(credentialOf(channel), name))]);
	return Object.fromEntries([...held, ...kept]);
}

/** The credential of a vendor, where only functions call it: nothing of it is in Genesys Cloud. */
export class VendorSecret extends pulumi.ComponentResource {
	readonly secretArn: pulumi.Output<string>;

	constructor(name: string, args: VendorCredential & { readonly settings: Settings }, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:VendorSecret", name, {}, opts);
		const document: SecretDocument = vendorDocument(args);
		const secretName = credentialOf(args.channel);
		this.secretArn = new StoredSecret(`${name}-secret`, { settings: args.settings, secretName, document }, { parent: this }).arn;
		this.registerOutputs({ secretArn: this.secretArn });
	}
}
