import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Clock } from "../../pipeline/ports.ts";
import type { Surroundings } from "../parts.ts";
import { clientOptions } from "./clientOptions.ts";
import { documentOptions, dynamoLedger } from "./dynamodb.ts";

/** The ledger of a stack that keeps it in DynamoDB. What `#ledger` of package.json is, unless a bundle is made under the condition "redis". */
export const lambdaLedger =
	(clock: Clock): Surroundings["ledger"] =>
	({ environment }) => {
		const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions), documentOptions);
		return dynamoLedger({ client, tableName: environment.tableName(), clock });
	};
