import * as pulumi from "@pulumi/pulumi";
import { getPackage } from "./package.ts";

/** One column. The vendor adds columns to a table and never changes or removes one. */
export interface ArchitectDatatableProperty {
	readonly name: pulumi.Input<string>;
	/** `string`, `boolean`, `integer` or `number`. */
	readonly type: pulumi.Input<string>;
	readonly title?: pulumi.Input<string>;
	/** As text, whatever the type. */
	readonly default?: pulumi.Input<string>;
}

export interface ArchitectDatatableArgs {
	/** Optional in the schema, required here: the bridge would invent one. */
	readonly name: pulumi.Input<string>;
	readonly description?: pulumi.Input<string>;
	/** The home division without one. */
	readonly divisionId?: pulumi.Input<string>;
	/** One of them must be the text `key`. */
	readonly properties: pulumi.Input<pulumi.Input<ArchitectDatatableProperty>[]>;
}

/** A data table that Architect flows look up (`genesyscloud_architect_datatable`). */
export class ArchitectDatatable extends pulumi.CustomResource {
	declare readonly architectDatatableId: pulumi.Output<string>;
	declare readonly name: pulumi.Output<string>;
	declare readonly description: pulumi.Output<string | undefined>;
	declare readonly divisionId: pulumi.Output<string>;
	declare readonly properties: pulumi.Output<pulumi.Unwrap<ArchitectDatatableProperty>[]>;

	constructor(name: string, args: ArchitectDatatableArgs, opts?: pulumi.CustomResourceOptions) {
		const props = {
			architectDatatableId: undefined,
			name: args.name,
			description: args.description,
			divisionId: args.divisionId,
			properties: args.properties,
		};
		super("genesyscloud:index/architectDatatable:ArchitectDatatable", name, props, opts, false, getPackage());
	}
}
