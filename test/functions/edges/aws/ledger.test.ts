import type { AddressInfo } from "node:net";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentOptions, dynamoLedger } from "../../../../functions/edges/aws/dynamodb.ts";
import { memoryLedger } from "../../../../functions/edges/memory/ledger.ts";
import { loopback } from "../loopback.ts";
import { ledgerContract, standingClock, transactionContract } from "./ledgerContract.ts";
import { streakContract } from "./streakContract.ts";

const server = dynalite({ createTableMs: 0 });
let client: DynamoDBClient;
let documents: DynamoDBDocumentClient;
let tables = 0;

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	client = new DynamoDBClient(loopback(port));
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
streakContract("dynamoLedger", async (clock) => dynamoLedger({ client: documents, tableName: await newTable(), clock }));
streakContract("memoryLedger", async (clock) => memoryLedger(clock));
// dynalite knows no transactions: what is sent to DynamoDB is looked at below instead.
transactionContract("memoryLedger", async (clock) => memoryLedger(clock));

describe("dynamoLedger: transactions", () => {
	const writes = [
		{ key: "inc#1", value: { n: 1 }, expectedVersion: 0, options: { exp: 1_700_000_000_500 } },
		{ key: "inc", value: { n: 2 }, expectedVersion: 3, options: { dueAt: 5 } },
	];

	/** A ledger whose client answers what it is told, and keeps what it was sent. */
	function answered(answer: () => unknown) {
		const sent: unknown[] = [];
		const scripted = DynamoDBDocumentClient.from(client, documentOptions);
		scripted.send = async (command: { readonly input: unknown }) => {
			sent.push(command.input);
			return answer();
		};
		return { sent, ledger: dynamoLedger({ client: scripted, tableName: "incidents", clock: { now: () => 2000 } }) };
	}

	test("are one TransactWriteItems with the condition of each write", async () => {
		const { sent, ledger } = answered(() => ({}));
		expect(await ledger.transact(writes)).toBe("written");
		expect(sent).toEqual([
			{
				TransactItems: [
					{
						Put: {
							TableName: "incidents",
							Item: { pk: "inc#1", version: 1, value: { n: 1 }, exp: 1_700_000_001 },
							ConditionExpression: "attribute_not_exists(pk) OR #exp <= :now",
							ExpressionAttributeNames: { "#exp": "exp" },
							ExpressionAttributeValues: { ":now": 2 },
						},
					},
					{
						Put: {
							TableName: "incidents",
							Item: { pk: "inc", version: 4, value: { n: 2 }, due: "due", dueAt: 5 },
							ConditionExpression: "#version = :expected AND (attribute_not_exists(#exp) OR #exp > :now)",
							ExpressionAttributeNames: { "#version": "version", "#exp": "exp" },
							ExpressionAttributeValues: { ":expected": 3, ":now": 2 },
						},
					},
				],
			},
		]);
	});

	test.each([
		{ code: "ConditionalCheckFailed", becomes: "conflict" },
		{ code: "TransactionConflict", becomes: "conflict" },
		{ code: "ThrottlingError", becomes: "EdgeError" },
	])("that are cancelled for $code are $becomes", async ({ code, becomes }) => {
		const cancelled = Object.assign(new Error("cancelled"), {
			name: "TransactionCanceledException",
			CancellationReasons: [{ Code: "None" }, { Code: code }],
		});
		const { ledger } = answered(() => Promise.reject(cancelled));
		const outcome = await ledger.transact(writes).catch((error: Error) => error.name);
		expect(outcome).toBe(becomes);
	});
});

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
		const refused = Object.assign(new Error("connect ECONNREFUSED"), { code: "ECONNREFUSED" });
		const nowhere = new DynamoDBClient({
			...loopback(1),
			requestHandler: { handle: () => Promise.reject(refused) },
		});
		const ledger = dynamoLedger({ client: DynamoDBDocumentClient.from(nowhere), tableName: "incidents", clock: standingClock() });
		await expect(ledger.read("k")).rejects.toMatchObject({ name: "EdgeError", reason: "unreachable", retry: true });
	});

	const ledgerOn = (tableName: string) => dynamoLedger({ client: documents, tableName, clock: standingClock() });
});
