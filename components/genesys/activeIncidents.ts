import * as pulumi from "@pulumi/pulumi";
import { activeIncidentColumns } from "../../contracts/activeIncidents.ts";
import { typeOf } from "../../contracts/contract.ts";
import { ArchitectDatatable } from "../../sdks/genesyscloud/index.ts";
import type { Settings } from "../settings/settings.ts";
import { OauthClient } from "./oauthClient.ts";
import type { Permission } from "./permissions.ts";

/** What mirroring takes, row by row: the table itself stays the deployer's. No permission of the vendor's is of one table alone. */
const rowPermissions: readonly Permission[] = [
	"architect:datatableRow:view",
	"architect:datatableRow:add",
	"architect:datatableRow:edit",
	"architect:datatableRow:delete",
];

/** The name of the table, which flows look up. */
export const activeIncidentsTable = (base: string): string => `${base} Active Incidents`;

export interface ActiveIncidentsArgs {
	readonly settings: Settings;
}

/** The data table in which flows find what is wrong now, and the client by which the overseer keeps it. */
export class ActiveIncidents extends pulumi.ComponentResource {
	readonly tableId: pulumi.Output<string>;
	readonly secretArn: pulumi.Output<string>;

	constructor(name: string, { settings }: ActiveIncidentsArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:ActiveIncidents", name, {}, opts);
		const table = new ArchitectDatatable(
			`${name}-table`,
			{
				name: activeIncidentsTable(settings.base),
				description: "What is wrong now, for flows to announce. The overseer keeps its own rows; a flow ignores a row after its until.",
				// The title is the name: nothing documents by which of the two a flow names a column.
				properties: Object.entries(activeIncidentColumns).map(([column, field]) => ({
					name: column,
					title: column,
					type: typeOf(field),
				})),
			},
			{ parent: this },
		);
		const client = new OauthClient(
			`${name}-announcer`,
			{
				settings,
				purpose: "announcer",
				description:
					"The overseer keeps the table of active incidents with it. The permissions are for the rows of every data table of the division; there are no narrower ones.",
				permissions: rowPermissions,
				usedBy: "functions",
			},
			{ parent: this },
		);
		this.tableId = table.id;
		this.secretArn = client.requireSecretArn();
		this.registerOutputs({ tableId: this.tableId });
	}
}
