import * as dynamodb from "@pulumi/aws/dynamodb/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Need } from "../functions/policies.ts";
import type { LedgerAccess } from "../functions/responderFunction.ts";
import type { Settings } from "../settings/settings.ts";
import { ledgerTableName } from "./names.ts";

export interface IncidentLedgerArgs {
	readonly settings: Settings;
}

/** The one place that remembers: incidents, streaks, leases and request budgets, in one DynamoDB table of single versioned items. */
export class IncidentLedger extends pulumi.ComponentResource implements LedgerAccess {
	readonly tableName: pulumi.Output<string>;
	readonly environment: LedgerAccess["environment"];
	readonly use: Need;
	readonly queryDue: readonly Need[];

	constructor(name: string, args: IncidentLedgerArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:IncidentLedger", name, {}, opts);
		const { base, protect, tags } = args.settings;
		const table = new dynamodb.Table(
			`${name}-table`,
			{
				name: ledgerTableName({ base }),
				billingMode: "PAY_PER_REQUEST",
				hashKey: "pk",
				attributes: [
					{ name: "pk", type: "S" },
					{ name: "due", type: "S" },
					{ name: "dueAt", type: "N" },
				],
				globalSecondaryIndexes: [
					{
						name: "due",
						keySchemas: [
							{ attributeName: "due", keyType: "HASH" },
							{ attributeName: "dueAt", keyType: "RANGE" },
						],
						projectionType: "KEYS_ONLY",
					},
				],
				ttl: { attributeName: "exp", enabled: true },
				pointInTimeRecovery: { enabled: true },
				serverSideEncryption: { enabled: true },
				deletionProtectionEnabled: protect,
				tags,
			},
			{ parent: this, protect },
		);
		this.tableName = table.name;
		this.environment = { TABLE_NAME: table.name };
		this.use = { sid: "UseLedger", actions: ["dynamodb:GetItem", "dynamodb:PutItem"], resources: [table.arn] };
		this.queryDue = [{ sid: "QueryDue", actions: ["dynamodb:Query"], resources: [pulumi.interpolate`${table.arn}/index/due`] }];
		this.registerOutputs({ tableName: this.tableName });
	}
}
