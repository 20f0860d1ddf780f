import * as pulumi from "@pulumi/pulumi";
import { getPackage } from "./package.ts";

export interface FlowArgs {
	/** The name that stands in the YAML, after substitutions. Without it every preview proposes an update. */
	readonly name: pulumi.Input<string>;
	/** The Archy YAML file; it must exist when a preview begins. */
	readonly filepath: pulumi.Input<string>;
	/** `{{key}}` → text, replaced literally. */
	readonly substitutions?: pulumi.Input<Record<string, pulumi.Input<string>>>;
	readonly forceUnlock?: pulumi.Input<boolean>;
	readonly type?: pulumi.Input<string>;
	readonly updateTriggerHash?: pulumi.Input<string>;
}

/** A published Architect flow (`genesyscloud_flow`). */
export class Flow extends pulumi.CustomResource {
	declare readonly flowId: pulumi.Output<string>;
	/** sha256 of the file before substitutions. */
	declare readonly fileContentHash: pulumi.Output<string>;
	declare readonly name: pulumi.Output<string>;
	declare readonly filepath: pulumi.Output<string>;
	declare readonly substitutions: pulumi.Output<Record<string, string> | undefined>;
	declare readonly forceUnlock: pulumi.Output<boolean | undefined>;
	declare readonly type: pulumi.Output<string>;
	declare readonly updateTriggerHash: pulumi.Output<string | undefined>;

	constructor(name: string, args: FlowArgs, opts?: pulumi.CustomResourceOptions) {
		const props = {
			flowId: undefined,
			fileContentHash: undefined,
			name: args.name,
			filepath: args.filepath,
			substitutions: args.substitutions,
			forceUnlock: args.forceUnlock,
			type: args.type,
			updateTriggerHash: args.updateTriggerHash,
		};
		super("genesyscloud:index/flow:Flow", name, props, opts, false, getPackage());
	}
}
