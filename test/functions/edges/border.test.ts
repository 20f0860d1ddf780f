import type { AddressInfo } from "node:net";
import { CreateTableCommand, DescribeTableCommand, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { documentOptions, dynamoLedger } from "../../../functions/edges/aws/dynamodb.ts";
import { memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import { admit } from "../../../functions/edges/webhook/admission.ts";
import { sign } from "../../../functions/edges/webhook/signature.ts";
import { deduplicate } from "../../../functions/pipeline/deduplicate/rules.ts";
import type { Ledger } from "../../../functions/pipeline/ports.ts";
import { reading, seconds, settings } from "../pipeline/fixtures.ts";
import { loopback } from "./loopback.ts";

const clock = { now: () => seconds(0) };
const TableName = "incidents";
const server = dynalite({ createTableMs: 0 });
let client: DynamoDBClient;
const ledgers = new Map<string, Ledger>([["memory", memoryLedger(clock)]]);

beforeAll(async () => {
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	client = new DynamoDBClient(loopback(port));
	await client.send(
		new CreateTableCommand({
			TableName,
			BillingMode: "PAY_PER_REQUEST",
			AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
			KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
		}),
	);
	let status: string | undefined;
	for (let asked = 0; asked < 100 && status !== "ACTIVE"; asked += 1)
		status = (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
	expect(status).toBe("ACTIVE");
	ledgers.set("dynalite", dynamoLedger({ client: DynamoDBDocumentClient.from(client, documentOptions), tableName: TableName, clock }));
});

afterAll(async () => {
	client.destroy();
	await new Promise((resolve) => server.close(resolve));
});

const extremes = [2 ** 53, -(2 ** 63), 1e200, -1e200, 1e-200, 5e-324, 1.7e308, 1e-100];

describe.each(["memory", "dynalite"])("what a signed webhook brings across the border, on %s", (name) => {
	test("is held by the ledger as an incident, whatever stands in raw, metrics, name and reason", async () => {
		const ledger = ledgers.get(name);
		if (ledger === undefined) throw new Error(`Expected a ledger named ${name}`);
		const ports = { settings, clock, ledger, webhookSecrets: async () => ["secret"] };
		const given = fc.record({
			raw: fc.jsonValue({ depthSize: "medium" }),
			metrics: fc.dictionary(
				fc.string({ minLength: 1, maxLength: 64 }),
				fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...extremes)),
				{ maxKeys: 50, noNullPrototype: true },
			),
			entity: fc.record({ id: fc.constant("base-1"), name: fc.string({ unit: "binary", minLength: 1, maxLength: 100 }) }),
			reason: fc.string({ unit: "binary", minLength: 1, maxLength: 100 }),
		});
		let version = 0;
		await fc.assert(
			fc.asyncProperty(given, async (change) => {
				const body = JSON.stringify({ ...reading(), ...change });
				const timestamp = String(clock.now() / 1000);
				const headers = { "x-runbooks-signature": sign("secret", timestamp, body), "x-runbooks-timestamp": timestamp };
				const admission = await admit(ports, { headers, body, isBase64Encoded: false });
				if (admission.reading === undefined) throw new Error(`${admission.status}: ${admission.detail}`);
				const { incident } = deduplicate(undefined, admission.reading, "open", "dev", clock.now());
				expect(await ledger.write("incident", incident, version)).toBe("written");
				version += 1;
				expect((await ledger.read("incident"))?.value).toEqual(incident);
			}),
			{ numRuns: 100, seed: 20261124 },
		);
	});
});
