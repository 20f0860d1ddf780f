import * as pulumi from "@pulumi/pulumi";
import { getPackage } from "./package.ts";

export interface IntegrationCredentialArgs {
	/** Optional in the schema, required here: the bridge would invent one. */
	readonly name: pulumi.Input<string>;
	/** For example `userDefined`, `basicAuth`, `pureCloudOAuthClient`, `amazonWebServicesARN`. */
	readonly credentialTypeName: pulumi.Input<string>;
	/** Always wrapped as a secret, so the state holds it encrypted. */
	readonly fields?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

/** What an integration logs in with (`genesyscloud_integration_credential`). */
export class IntegrationCredential extends pulumi.CustomResource {
	declare readonly integrationCredentialId: pulumi.Output<string>;
	declare readonly name: pulumi.Output<string>;
	declare readonly credentialTypeName: pulumi.Output<string>;
	/** A secret. */
	declare readonly fields: pulumi.Output<Record<string, string> | undefined>;

	constructor(name: string, args: IntegrationCredentialArgs, opts?: pulumi.CustomResourceOptions) {
		const props = {
			integrationCredentialId: undefined,
			name: args.name,
			credentialTypeName: args.credentialTypeName,
			fields: args.fields === undefined ? undefined : pulumi.secret(args.fields),
		};
		const options = pulumi.mergeOptions(opts, { additionalSecretOutputs: ["fields"] });
		super("genesyscloud:index/integrationCredential:IntegrationCredential", name, props, options, false, getPackage());
	}
}
