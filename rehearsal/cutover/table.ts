import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import type { Incident } from "../../functions/pipeline/model/incident.ts";

/** Every incident that a stack's ledger holds, closed ones as well, with the operator's own AWS credentials. It only reads. */
export async function incidentsInTable(tableName: string, client = new DynamoDBClient({})): Promise<readonly Incident[]> {
	const pages = paginateScan(
		{ client: DynamoDBDocumentClient.from(client) },
		{
			TableName: tableName,
			FilterExpression: "begins_with(pk, :incident)",
			ExpressionAttributeValues: { ":incident": "inc:" },
		},
	);
	const found: Incident[] = [];
	for await (const { Items: items = [] } of pages) found.push(...items.map(({ value }) => value as Incident));
	return found;
}
