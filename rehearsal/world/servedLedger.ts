import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetQueueUrlCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { documentOptions, dynamoLedger } from "../../functions/edges/aws/dynamodb.ts";
import type { ServedAccount } from "../aws/servedAccount.ts";
import { servedClient } from "../aws/servedClient.ts";
import { play } from "../play.ts";
import { parseScenario } from "../scenario/read.ts";
import { readStackFile, withTable } from "../scenario/stackFile.ts";
import { realClock } from "./clock.ts";
import type { DeclaredResource } from "./deploy.ts";
import type { OfflineWorld } from "./offlineWorld.ts";

/** The dispatcher may not use the ledger, so that the first incident's message ends among the dead letters; the second incident is new. */
const story = `
name: served
why: What an operator finds.
lasts: 22m
trunks: [{ name: Frankfurt-1 }, { name: Berlin-1 }]
happens:
  - { at: 30s, do: trunk-down, trunk: Berlin-1 }
  - { at: 17m30s, do: trunk-down, trunk: Frankfurt-1 }
must:
  - { by: 22m, what: incident-opened, times: 2 }
`;
const lastsMilliseconds = 22 * 60_000;

/** A stack's ledger and queues as a story has left them that ends now; nothing runs on it. */
export interface ServedLedger {
	readonly endpoint: string;
	readonly stack: string;
	/** The key of the newest open incident. */
	readonly incidentKey: string;
}

/** Plays a story on the stack `dev` and serves what its ledger and its queues hold at the end, in the tables and queues that it declares. */
export async function serveLedger(served: ServedAccount): Promise<ServedLedger> {
	const file = withTable(readStackFile("dev"));
	const scenario = { ...parseScenario(story, "served.yaml"), starts: realClock.now() - lastsMilliseconds };
	const { world } = await play({ scenario, file, seed: 1, tamper: withoutLedger });
	await served.provision(world.deployment.resources);
	await copyItems(served.endpoint, world);
	await copyMessages(served.endpoint, world);
	for (const [arn, versions] of world.aws.state.secrets) served.secrets.set(arn, versions);
	const opened = world.timeline.events.findLast(({ what }) => what === "incident-opened");
	return { endpoint: served.endpoint, stack: file.stack, incidentKey: opened?.incident ?? "" };
}

/** The policy of the dispatcher's role without its statement of the ledger's table. */
function withoutLedger(resource: DeclaredResource): DeclaredResource {
	const { type, name, inputs } = resource;
	const { policy, ...others } = inputs;
	if (type !== "aws:iam/rolePolicy:RolePolicy" || !name.includes("dispatcher") || typeof policy !== "string") return resource;
	const document: { readonly Statement: readonly { readonly Sid: string }[] } = JSON.parse(policy);
	const Statement = document.Statement.filter(({ Sid }) => Sid !== "UseLedger");
	return { ...resource, inputs: { ...others, policy: JSON.stringify({ ...document, Statement }) } };
}

async function copyItems(endpoint: string, { aws }: OfflineWorld): Promise<void> {
	const client = new DynamoDBClient(servedClient(endpoint));
	const documents = DynamoDBDocumentClient.from(client, documentOptions);
	for (const { name, ledger } of aws.state.tables) {
		const table = dynamoLedger({ client: documents, tableName: name, clock: realClock });
		for (const { key, value, dueAt, exp } of ledger.items())
			await table.write(key, value, 0, {
				...(dueAt === undefined ? {} : { dueAt }),
				...(exp === undefined ? {} : { exp: exp * 1000 }),
			});
	}
	client.destroy();
}

async function copyMessages(endpoint: string, { aws }: OfflineWorld): Promise<void> {
	const client = new SQSClient(servedClient(endpoint));
	for (const { name, queue } of aws.state.queues) {
		const { QueueUrl } = await client.send(new GetQueueUrlCommand({ QueueName: name }));
		for (const MessageBody of queue.bodies()) await client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
	}
	client.destroy();
}
