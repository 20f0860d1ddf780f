import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { CreateTableCommand, type CreateTableCommandInput, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import dynalite from "dynalite";
import { buildApp } from "fauxqs";
import type { DeclaredResource } from "../world/deploy.ts";
import { Inputs } from "./inputs.ts";
import { secretsApi } from "./secretsApi.ts";
import { servedClient } from "./servedClient.ts";
import type { AccountState } from "./state.ts";

/** DynamoDB, SQS and Secrets Manager on one loopback port. */
export interface ServedAccount {
	readonly endpoint: string;
	/** Makes the tables and the queues that a program declares, as it declares them. */
	provision(declared: readonly DeclaredResource[]): Promise<void>;
	/** Its secrets, by their ARNs. */
	readonly secrets: AccountState["secrets"];
	close(): Promise<void>;
}

/** Serves an empty account on a free loopback port: which of the services is meant stands in the header of each call. */
export async function serveAccount(): Promise<ServedAccount> {
	const tables = dynalite({ createTableMs: 0 });
	const queues = buildApp({ logger: false });
	await queues.ready();
	const secrets: AccountState["secrets"] = new Map();
	const answerSecret = secretsApi(secrets, () => Date.now());
	const server = createServer((request, response) => {
		const target = String(request.headers["x-amz-target"]);
		if (target.startsWith("secretsmanager.")) {
			void text(request).then((body) => {
				const { status, json } = answerSecret(target, body);
				response.writeHead(status, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(json));
			});
			return;
		}
		const isTable = target.startsWith("DynamoDB_");
		(isTable ? tables : queues.server).emit("request", request, response);
	});
	await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
	const { port } = server.address() as AddressInfo;
	const endpoint = `http://127.0.0.1:${port}`;
	return {
		endpoint,
		secrets,
		provision: (declared) => provision(endpoint, declared),
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await queues.close();
		},
	};
}

async function provision(endpoint: string, declared: readonly DeclaredResource[]): Promise<void> {
	const dynamo = new DynamoDBClient(servedClient(endpoint));
	const sqs = new SQSClient(servedClient(endpoint));
	try {
		for (const { type, name, inputs } of declared) {
			const own = new Inputs(`${type} ${name}`, inputs);
			if (type === "aws:dynamodb/table:Table") await dynamo.send(new CreateTableCommand(tableOf(own)));
			if (type === "aws:sqs/queue:Queue") await sqs.send(new CreateQueueCommand({ QueueName: own.text("name") }));
		}
	} finally {
		dynamo.destroy();
		sqs.destroy();
	}
}

function tableOf(inputs: Inputs): CreateTableCommandInput {
	return {
		TableName: inputs.text("name"),
		BillingMode: "PAY_PER_REQUEST",
		AttributeDefinitions: inputs.each("attributes").map((each) => ({
			AttributeName: each.text("name"),
			AttributeType: each.text("type") === "N" ? "N" : "S",
		})),
		KeySchema: [{ AttributeName: inputs.text("hashKey"), KeyType: "HASH" }],
		GlobalSecondaryIndexes: inputs.each("globalSecondaryIndexes").map((index) => ({
			IndexName: index.text("name"),
			KeySchema: index.each("keySchemas").map((key) => ({
				AttributeName: key.text("attributeName"),
				KeyType: key.text("keyType") === "HASH" ? "HASH" : "RANGE",
			})),
			Projection: { ProjectionType: "KEYS_ONLY" },
		})),
	};
}
