import { execFile } from "node:child_process";
import { devNull } from "node:os";
import { fileURLToPath } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { GetQueueUrlCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { vi } from "vitest";
import { statusOf } from "../../../commands/commandLine.ts";
import { deadLetterQueueName, dispatchQueueName, ledgerTableName } from "../../../components/aws/names.ts";
import { documentOptions, dynamoLedger } from "../../../functions/edges/aws/dynamodb.ts";
import type { Incident } from "../../../functions/pipeline/model/incident.ts";
import type { Ledger } from "../../../functions/pipeline/ports.ts";
import { type ServedAccount, serveAccount } from "../../../rehearsal/aws/servedAccount.ts";
import { servedClient } from "../../../rehearsal/aws/servedClient.ts";
import { incidentsScript } from "../../../rehearsal/incidents/script.ts";
import { readStackFile } from "../../../rehearsal/scenario/stackFile.ts";
import { realClock } from "../../../rehearsal/world/clock.ts";
import type { DeclaredResource } from "../../../rehearsal/world/deploy.ts";

const root = fileURLToPath(new URL("../../..", import.meta.url));
const { settings } = readStackFile("dev");
const names = { table: ledgerTableName(settings), dispatch: dispatchQueueName(settings), dead: deadLetterQueueName(settings) };

export interface Ended {
	readonly status: number;
	readonly out: string;
	readonly err: string;
}

/** Runs the command in a process of its own, as its npm script does, with no AWS credentials anywhere. */
export function inProcessOfItsOwn(...args: readonly string[]): Promise<Ended> {
	const env = { PATH: process.env.PATH, AWS_CONFIG_FILE: devNull, AWS_SHARED_CREDENTIALS_FILE: devNull, AWS_EC2_METADATA_DISABLED: "true" };
	return new Promise((resolve) => {
		const started = ["--import", "./assert-node.mjs", "rehearsal/incidents.ts", ...args];
		execFile(process.execPath, started, { cwd: root, encoding: "utf8", env }, (error, out, err) => {
			resolve({ status: error === null ? 0 : Number(error.code), out, err });
		});
	});
}

/** What the command does with these arguments, in this process: starting one costs more than the command. */
export async function incidents(...args: readonly string[]): Promise<Ended> {
	let [out, err] = ["", ""];
	const log = vi.spyOn(console, "log").mockImplementation((text: unknown) => {
		out += `${text}\n`;
	});
	const error = vi.spyOn(console, "error").mockImplementation((text: unknown) => {
		err += `${text}\n`;
	});
	const command = incidentsScript.command().configureOutput({
		writeErr: (text) => {
			err += text;
		},
	});
	try {
		return { status: await statusOf(command, incidentsScript, args), out, err };
	} finally {
		log.mockRestore();
		error.mockRestore();
	}
}

export interface Served {
	readonly ledger: Ledger;
	put(incident: Incident): Promise<void>;
	read(key: string): Promise<Incident | undefined>;
	/** Puts a body on the dead-letter queue. */
	bury(body: string): Promise<void>;
	/** Takes what is on a queue. */
	bodies(queue: "dead" | "dispatch"): Promise<readonly string[]>;
	readonly endpoint: string;
	readonly secrets: ServedAccount["secrets"];
	run(...args: readonly string[]): Promise<Ended>;
	close(): Promise<void>;
}

/** DynamoDB and SQS with the table and the queues of the stack dev, empty. */
export async function served(): Promise<Served> {
	const account = await serveAccount();
	await account.provision(declared);
	const dynamo = new DynamoDBClient(servedClient(account.endpoint));
	const sqs = new SQSClient(servedClient(account.endpoint));
	const client = DynamoDBDocumentClient.from(dynamo, documentOptions);
	const ledger = dynamoLedger({ client, tableName: names.table, clock: realClock });
	const urlOf = async (queue: "dead" | "dispatch") => (await sqs.send(new GetQueueUrlCommand({ QueueName: names[queue] }))).QueueUrl;
	return {
		ledger,
		put: async (incident) => {
			const { key, storedAs, state, dueAt = incident.openedAt } = incident;
			await ledger.write(storedAs ?? key, incident, 0, state === "closed" ? {} : { dueAt });
		},
		read: async (key) => (await ledger.read(key))?.value as Incident | undefined,
		bury: async (MessageBody) => {
			await sqs.send(new SendMessageCommand({ QueueUrl: await urlOf("dead"), MessageBody }));
		},
		bodies: async (queue) => {
			const asked = { QueueUrl: await urlOf(queue), MaxNumberOfMessages: 10, VisibilityTimeout: 0 };
			const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(asked));
			return Messages.map(({ Body = "" }) => Body);
		},
		endpoint: account.endpoint,
		secrets: account.secrets,
		run: (...args) => incidents(...args, "--endpoint", account.endpoint),
		close: async () => {
			dynamo.destroy();
			sqs.destroy();
			await account.close();
		},
	};
}

const declared: readonly DeclaredResource[] = [
	{
		type: "aws:dynamodb/table:Table",
		name: "table",
		inputs: {
			name: names.table,
			hashKey: "pk",
			attributes: [
				{ name: "pk", type: "S" },
				{ name: "due", type: "S" },
				{ name: "dueAt", type: "N" },
			],
			globalSecondaryIndexes: [
				{
					name: "due",
					keySchemas: [
						{ attributeName: "due", keyType: "HASH" },
						{ attributeName: "dueAt", keyType: "RANGE" },
					],
				},
			],
		},
	},
	{ type: "aws:sqs/queue:Queue", name: "dead", inputs: { name: names.dead } },
	{ type: "aws:sqs/queue:Queue", name: "dispatch", inputs: { name: names.dispatch } },
];
