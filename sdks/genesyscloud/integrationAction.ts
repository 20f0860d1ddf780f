import * as pulumi from "@pulumi/pulumi";
import { getPackage } from "./package.ts";

export interface IntegrationActionConfigRequest {
	/** `GET`, `PUT`, `POST`, `PATCH` or `DELETE`. */
	readonly requestType: pulumi.Input<string>;
	/** A Velocity template; for a Lambda integration the function's ARN. */
	readonly requestUrlTemplate?: pulumi.Input<string>;
	/** A Velocity template. */
	readonly requestTemplate?: pulumi.Input<string>;
	readonly headers?: pulumi.Input<Record<string, pulumi.Input<string>>>;
}

export interface IntegrationActionConfigResponse {
	/** Name → JSONPath into the raw answer. */
	readonly translationMap?: pulumi.Input<Record<string, pulumi.Input<string>>>;
	/** Name → JSON text used where the path finds nothing. */
	readonly translationMapDefaults?: pulumi.Input<Record<string, pulumi.Input<string>>>;
	/** A Velocity template that gives the success contract's JSON. */
	readonly successTemplate?: pulumi.Input<string>;
}

export interface IntegrationActionFunctionConfig {
	readonly filePath: pulumi.Input<string>;
	readonly description?: pulumi.Input<string>;
	readonly handler?: pulumi.Input<string>;
	readonly runtime?: pulumi.Input<string>;
	readonly timeoutSeconds?: pulumi.Input<number>;
	readonly zipId?: pulumi.Input<string>;
}

export interface IntegrationActionArgs {
	/** At most 256 characters. Optional in the schema, required here: the bridge would invent one. */
	readonly name: pulumi.Input<string>;
	/** At most 256 characters; workflows find the action by category and name. */
	readonly category: pulumi.Input<string>;
	readonly integrationId: pulumi.Input<string>;
	/** JSON Schema, as text. A change replaces the action. */
	readonly contractInput: pulumi.Input<string>;
	/** JSON Schema, as text. A change replaces the action. */
	readonly contractOutput: pulumi.Input<string>;
	readonly secure?: pulumi.Input<boolean>;
	/** 1 to 60; 60 when absent. */
	readonly configTimeoutSeconds?: pulumi.Input<number>;
	readonly configRequest?: pulumi.Input<IntegrationActionConfigRequest>;
	readonly configResponse?: pulumi.Input<IntegrationActionConfigResponse>;
	readonly functionConfig?: pulumi.Input<IntegrationActionFunctionConfig>;
}

/** A data action of a Genesys Cloud organization (`genesyscloud_integration_action`). */
export class IntegrationAction extends pulumi.CustomResource {
	declare readonly integrationActionId: pulumi.Output<string>;
	declare readonly name: pulumi.Output<string>;
	declare readonly category: pulumi.Output<string>;
	declare readonly integrationId: pulumi.Output<string>;
	declare readonly contractInput: pulumi.Output<string>;
	declare readonly contractOutput: pulumi.Output<string>;
	declare readonly secure: pulumi.Output<boolean | undefined>;
	declare readonly configTimeoutSeconds: pulumi.Output<number | undefined>;
	declare readonly configRequest: pulumi.Output<pulumi.Unwrap<IntegrationActionConfigRequest>>;
	declare readonly configResponse: pulumi.Output<pulumi.Unwrap<IntegrationActionConfigResponse>>;
	declare readonly functionConfig: pulumi.Output<pulumi.Unwrap<IntegrationActionFunctionConfig> | undefined>;

	constructor(name: string, args: IntegrationActionArgs, opts?: pulumi.CustomResourceOptions) {
		const props = {
			integrationActionId: undefined,
			name: args.name,
			category: args.category,
			integrationId: args.integrationId,
			contractInput: args.contractInput,
			contractOutput: args.contractOutput,
			secure: args.secure,
			configTimeoutSeconds: args.configTimeoutSeconds,
			configRequest: args.configRequest,
			configResponse: args.configResponse,
			functionConfig: args.functionConfig,
		};
		super("genesyscloud:index/integrationAction:IntegrationAction", name, props, opts, false, getPackage());
	}
}
