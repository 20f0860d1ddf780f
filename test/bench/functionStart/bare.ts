/** The clients that a bundle may hold: by the name of its package, a program that makes one and can send what the functions send by it. */
const programs: Readonly<Record<string, string>> = {
	dynamodb: `import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
const table = DynamoDBDocumentClient.from(new DynamoDBClient(options));
sends.dynamodb = { read: () => table.send(new GetCommand({ TableName: "table", Key: { pk: "none" } })), GetCommand, PutCommand, QueryCommand, TransactWriteCommand };`,
	"secrets-manager": `import { SecretsManagerClient, GetSecretValueCommand } from "@aws-sdk/client-secrets-manager";
sends.secrets = { client: new SecretsManagerClient(options), GetSecretValueCommand };`,
	sqs: `import { SQSClient, SendMessageCommand, ChangeMessageVisibilityCommand } from "@aws-sdk/client-sqs";
sends.sqs = { client: new SQSClient(options), SendMessageCommand, ChangeMessageVisibilityCommand };`,
};

/** A function that has these clients and nothing else, with the same waits: it answers an event by one read of the table. */
export function bareFunction(clients: readonly string[]): string {
	const parts = clients.map((client) => {
		const program = programs[client];
		if (program === undefined) throw new Error(`Expected one of ${Object.keys(programs).join(", ")}, got the client ${client}`);
		return program;
	});
	return `import { clientOptions as options } from "./functions/edges/aws/clientOptions.ts";
const sends = {};
${parts.join("\n")}
export const kept = sends;
export const handler = async () => (await sends.dynamodb.read()).Item ?? null;
`;
}
