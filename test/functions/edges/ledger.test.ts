import type { AddressInfo } from "node:net";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentOptions, dynamoLedger } from "../../../functions/edges/dynamodb.ts";
import { memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import { ledgerContract, standingClock } from "./ledgerContract.ts";

const server = dynalite({ createTableMs: 0 });
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;
let tables = 0;

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const credentials = { accessKeyId: "test", secretAccessKey: "test" };
	client = new DynamoDBClient({ endpoint: `http://127.0.0.1:${port}`, region: "eu-central-1", credentials, maxAttempts: 1 });
	documents = DynamoDBDocumentClient.from(client, documentOptions);
});

afterAll(async () => {
	client.destroy();
	await new Promise((resolve) => server.close(resolve));
});

async function newTable(): Promise<string> {
	tables += 1;
	const TableName = `incidents-${tables}`;
	await client.send(
		new CreateTableCommand({
			TableName,
			BillingMode: "PAY_PER_REQUEST",
			AttributeDefinitions: [
				{ AttributeName: "pk", AttributeType: "S" },
				{ AttributeName: "due", AttributeType: "S" },
				{ AttributeName: "dueAt", AttributeType: "N" },
			],
			KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
			GlobalSecondaryIndexes: [
				{
					IndexName: "due",
					KeySchema: [
						{ AttributeName: "due", KeyType: "HASH" },
						{ AttributeName: "dueAt", KeyType: "RANGE" },
					],
					Projection: { ProjectionType: "KEYS_ONLY" },
				},
			],
		}),
	);
	await untilActive(TableName);
	return TableName;
}

// dynalite answers while the table is being made, and makes it in a later turn: what is written before that finds no table.
async function untilActive(TableName: string): Promise<void> {
	for (let asked = 0; asked < 100; asked += 1) {
		const { Table } = await client.send(new DescribeTableCommand({ TableName }));
		if (Table?.TableStatus === "ACTIVE" && Table.GlobalSecondaryIndexes?.every(({ IndexStatus }) => IndexStatus === "ACTIVE")) return;
	}
	throw new Error(`Expected the table ${TableName} to be ACTIVE within 100 questions.`);
}

ledgerContract("dynamoLedger", async (clock) => dynamoLedger({ client: documents, tableName: await newTable(), clock }));
ledgerContract("memoryLedger", async (clock) => memoryLedger(clock));

describe("dynamoLedger: failures", () => {
	test.each([
		{ name: "reading", use: (tableName: string) => ledgerOn(tableName).read("k"), wanted: "to read k" },
		{ name: "writing", use: (tableName: string) => ledgerOn(tableName).write("k", "s3cret", 0), wanted: "to write k" },
		{ name: "asking what is due", use: (tableName: string) => ledgerOn(tableName).due(0, 1), wanted: "to read what is due" },
	])("$name a table that does not exist is not-found, without a retry and without the value", async ({ use, wanted }) => {
		await expect(use("no-such-table")).rejects.toMatchObject({
			name: "EdgeError",
			reason: "not-found",
			retry: false,
			message: `DynamoDB: expected ${wanted}, got ResourceNotFoundException`,
		});
	});

	test("a table that cannot be reached is unreachable, and a retry may help", async () => {
		const nowhere = new DynamoDBClient({
			endpoint: "http://127.0.0.1:1",
			region: "eu-central-1",
			credentials: { accessKeyId: "test", secretAccessKey: "test" },
			maxAttempts: 1,
		});
		const ledger = dynamoLedger({ client: DynamoDBDocumentClient.from(nowhere), tableName: "incidents", clock: standingClock() });
		await expect(ledger.read("k")).rejects.toMatchObject({ name: "EdgeError", reason: "unreachable", retry: true });
	});

	const ledgerOn = (tableName: string) => dynamoLedger({ client: documents, tableName, clock: standingClock() });
});
