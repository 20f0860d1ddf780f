import * as pulumi from "@pulumi/pulumi";
import { getPackage } from "./package.ts";

export interface IntegrationConfig {
	readonly name?: pulumi.Input<string>;
	readonly notes?: pulumi.Input<string>;
	/** A JSON object, as text. */
	readonly properties?: pulumi.Input<string>;
	/** A JSON object, as text. */
	readonly advanced?: pulumi.Input<string>;
	/** Slot → id of a credential. */
	readonly credentials?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

export interface IntegrationArgs {
	/** For example `custom-rest-actions`, `purecloud-data-actions`, `aws-lambda-data-actions`. */
	readonly integrationType: pulumi.Input<string>;
	/** `ENABLED` or `DISABLED` (default). */
	readonly intendedState?: pulumi.Input<string>;
	/** Its `name` is the integration's: required here, because the vendor would invent one. */
	readonly config: pulumi.Input<IntegrationConfig & { readonly name: pulumi.Input<string> }>;
}

/** An integration of a Genesys Cloud organization (`genesyscloud_integration`). */
export class Integration extends pulumi.CustomResource {
	declare readonly integrationId: pulumi.Output<string>;
	declare readonly integrationType: pulumi.Output<string>;
	declare readonly intendedState: pulumi.Output<string | undefined>;
	declare readonly config: pulumi.Output<pulumi.Unwrap<IntegrationConfig>>;

	constructor(name: string, args: IntegrationArgs, opts?: pulumi.CustomResourceOptions) {
		const props = {
			integrationId: undefined,
			integrationType: args.integrationType,
			intendedState: args.intendedState,
			config: args.config,
		};
		super("genesyscloud:index/integration:Integration", name, props, opts, false, getPackage());
	}
}
