import * as pulumi from "@pulumi/pulumi";
import { getPackage } from "./package.ts";

/** One role of a client, in one division; `*` is every division, none is the home division. */
export interface OauthClientRole {
	readonly roleId: pulumi.Input<string>;
	readonly divisionId?: pulumi.Input<string>;
}

export interface OauthClientArgs {
	/** Optional in the schema, required here: the bridge would invent one. */
	readonly name: pulumi.Input<string>;
	/** `CLIENT-CREDENTIALS`, `CODE`, `TOKEN`, `SAML2BEARER`, `SAML2-BEARER` or `PASSWORD`. */
	readonly authorizedGrantType: pulumi.Input<string>;
	readonly description?: pulumi.Input<string>;
	/** Default 86400. */
	readonly accessTokenValiditySeconds?: pulumi.Input<number>;
	readonly roles?: pulumi.Input<pulumi.Input<OauthClientRole>[]>;
	readonly scopes?: pulumi.Input<pulumi.Input<string>[]>;
	readonly registeredRedirectUris?: pulumi.Input<pulumi.Input<string>[]>;
	/** `active` (default) or `inactive`. */
	readonly state?: pulumi.Input<string>;
	/** Also makes a credential of this name that holds the client's secret: so the secret never reaches the state. */
	readonly integrationCredentialName?: pulumi.Input<string>;
	/** Fills `clientSecret`, as a Pulumi secret. */
	readonly exposeClientSecret?: pulumi.Input<boolean>;
	readonly clientSecret?: pulumi.Input<string>;
	/** A folder that the provider writes the secret to. */
	readonly directoryClientSecret?: pulumi.Input<string>;
}

/** An OAuth client of a Genesys Cloud organization (`genesyscloud_oauth_client`). */
export class OauthClient extends pulumi.CustomResource {
	declare readonly oauthClientId: pulumi.Output<string>;
	declare readonly clientId: pulumi.Output<string>;
	/** A secret; empty unless `exposeClientSecret`. */
	declare readonly clientSecret: pulumi.Output<string>;
	/** Empty unless `integrationCredentialName`. */
	declare readonly integrationCredentialId: pulumi.Output<string>;
	declare readonly name: pulumi.Output<string>;
	declare readonly authorizedGrantType: pulumi.Output<string>;
	declare readonly description: pulumi.Output<string | undefined>;
	declare readonly accessTokenValiditySeconds: pulumi.Output<number | undefined>;
	declare readonly roles: pulumi.Output<pulumi.Unwrap<OauthClientRole>[] | undefined>;
	declare readonly scopes: pulumi.Output<string[] | undefined>;
	declare readonly registeredRedirectUris: pulumi.Output<string[] | undefined>;
	declare readonly state: pulumi.Output<string | undefined>;
	declare readonly integrationCredentialName: pulumi.Output<string | undefined>;
	declare readonly exposeClientSecret: pulumi.Output<boolean | undefined>;
	declare readonly directoryClientSecret: pulumi.Output<string | undefined>;

	constructor(name: string, args: OauthClientArgs, opts?: pulumi.CustomResourceOptions) {
		const props = {
			oauthClientId: undefined,
			clientId: undefined,
			integrationCredentialId: undefined,
			name: args.name,
			authorizedGrantType: args.authorizedGrantType,
			description: args.description,
			accessTokenValiditySeconds: args.accessTokenValiditySeconds,
			roles: args.roles,
			scopes: args.scopes,
			registeredRedirectUris: args.registeredRedirectUris,
			state: args.state,
			integrationCredentialName: args.integrationCredentialName,
			exposeClientSecret: args.exposeClientSecret,
			clientSecret: args.clientSecret === undefined ? undefined : pulumi.secret(args.clientSecret),
			directoryClientSecret: args.directoryClientSecret,
		};
		const options = pulumi.mergeOptions(opts, { additionalSecretOutputs: ["clientSecret"] });
		super("genesyscloud:index/oauthClient:OauthClient", name, props, options, false, getPackage());
	}
}
