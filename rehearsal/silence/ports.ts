import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { documentOptions, dynamoLedger } from "../../functions/edges/aws/dynamodb.ts";
import { pollerKey } from "../../functions/pipeline/model/keys.ts";
import type { OperatePorts } from "../../functions/pipeline/silence/operate.ts";
import { SilenceError } from "./asked.ts";

/** Where a stack keeps its ledger. */
export interface LedgerPlace {
	readonly stack: string;
	readonly table: string;
	/** Another endpoint than that of AWS. */
	readonly endpoint?: string;
}

/** The ledger of a deployed stack, with the operator's own AWS credentials. Throws SilenceError where the table is that of another stack. */
export async function operatorPorts({ stack, table, endpoint }: LedgerPlace): Promise<OperatePorts> {
	const client = DynamoDBDocumentClient.from(new DynamoDBClient(endpoint === undefined ? {} : { endpoint }), documentOptions);
	const clock = { now: () => Date.now() };
	const ledger = dynamoLedger({ client, tableName: table, clock });
	// A silence under another stack's name would be read by nobody.
	if ((await ledger.read(pollerKey(stack))) === undefined)
		throw new SilenceError(
			`Expected --table to be the ledger of stack ${stack}, which its poller writes to, got ${table}, which it never did`,
		);
	return { ledger, clock, environment: stack };
}
