import * as pulumi from "@pulumi/pulumi";
import { redisName, secretVariable } from "../../functions/schemas/secrets.ts";
import type { Network } from "../functions/network.ts";
import type { Need } from "../functions/policies.ts";
import type { LedgerAccess } from "../functions/responderFunction.ts";
import type { RedisServer } from "../settings/ledger.ts";
import { redisPasswordKey } from "../settings/secrets.ts";
import type { Settings } from "../settings/settings.ts";
import type { Secrets } from "../settings/stackConfiguration.ts";
import { ledgerTableName } from "./names.ts";
import { StoredSecret } from "./secrets.ts";

export interface RedisLedgerArgs {
	readonly settings: Settings;
	readonly server: RedisServer;
	readonly secrets: Secrets;
	/** The ARN of something of the stack's account and region. */
	readonly ownArn: pulumi.Input<string>;
}

/**
 * The ledger in a Redis or Valkey server that is there already: what is declared is how it is entered, and from where. Its keys begin with the name
 * that the table would have. Whoever reads the secret may write all of the ledger: such a server knows no narrower right to one key.
 */
export class RedisLedger extends pulumi.ComponentResource implements LedgerAccess {
	readonly environment: LedgerAccess["environment"];
	readonly use: Need;
	readonly queryDue: readonly Need[] = [];
	readonly network: Network;

	constructor(name: string, args: RedisLedgerArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:RedisLedger", name, {}, opts);
		const { settings, server, secrets, ownArn } = args;
		const { address, username = "", password, subnetIds, securityGroupIds } = server;
		const document = { username, password: password ? secrets(redisPasswordKey) : "" };
		const { arn } = new StoredSecret(`${name}-server`, { settings, secretName: redisName, document }, { parent: this });
		this.environment = { REDIS_URL: address, REDIS_PREFIX: ledgerTableName(settings), [secretVariable(redisName)]: arn };
		this.use = { sid: "UseLedger", actions: ["secretsmanager:GetSecretValue"], resources: [arn] };
		this.network = { subnetIds, securityGroupIds, ownArn };
		this.registerOutputs({ secretArn: arn });
	}
}
