import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { deadLetterQueueName, dispatchQueueName, ledgerTableName } from "../../components/aws/names.ts";
import { documentOptions, dynamoLedger } from "../../functions/edges/aws/dynamodb.ts";
import { awsFailure } from "../../functions/edges/aws/failure.ts";
import { type IncidentPorts, itemKey, mostIncidentsRead } from "../../functions/pipeline/ledger/incidents.ts";
import { readItem } from "../../functions/pipeline/ledger/store.ts";
import { callsAtOnce, sideBySide } from "../../functions/pipeline/limits/sideBySide.ts";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import { servedClient } from "../aws/servedClient.ts";
import { incidentsInTable } from "../cutover/table.ts";
import { readStackFile } from "../scenario/stackFile.ts";
import { realClock } from "../world/clock.ts";
import { type DeadLetters, deadLetters } from "./deadLetters.ts";

/** Which stack's ledger and queues are meant, and where they are. */
export interface AccountFlags {
	readonly stack: string;
	readonly table?: string;
	readonly endpoint?: string;
}

/** A stack's ledger and its dead letters, with the operator's own AWS credentials. */
export interface Account extends IncidentPorts {
	/** Every incident that is not closed. Throws EdgeError. */
	open(): Promise<readonly Incident[]>;
	/** Every closed one that is kept. Throws EdgeError. */
	closed(): Promise<readonly Incident[]>;
	/** By its key; an occurrence that moved aside by `<key>#<occurrence>`. Throws EdgeError. */
	find(key: string): Promise<Incident | undefined>;
	readonly letters: DeadLetters;
	/** Where it looks, for a message. */
	readonly where: string;
	end(): void;
}

/** A person waits. */
const requestHandler = { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** Opens a stack's account; nothing is asked before something is used. Throws StackFileError. */
export function openAccount({ stack, table, endpoint }: AccountFlags): Account {
	const { settings, config } = readStackFile(stack);
	const region = config["aws:region"];
	const options = {
		...(endpoint === undefined ? (region === undefined ? {} : { region }) : servedClient(endpoint)),
		maxAttempts: 3,
		requestHandler,
	};
	const [dynamo, sqs] = [new DynamoDBClient(options), new SQSClient(options)];
	const tableName = table ?? ledgerTableName(settings);
	const clock = realClock;
	const ledger = dynamoLedger({ client: DynamoDBDocumentClient.from(dynamo, documentOptions), tableName, clock });
	return {
		ledger,
		clock,
		settings: settings.runtime,
		where: `table ${tableName} in ${endpoint ?? region ?? "the region of your AWS settings"}`,
		open: async () => {
			const found: Incident[] = [];
			await sideBySide(await ledger.due(clock.now(), mostIncidentsRead), callsAtOnce, async (key) => {
				const incident = await readItem<Incident>(ledger, key);
				// The list is a hint: it may have been closed, or be another occurrence by now.
				if (incident !== undefined && incident.state !== "closed" && itemKey(incident) === key) found.push(incident);
			});
			return found;
		},
		closed: async () => {
			const all = await incidentsInTable(tableName, dynamo).catch((error: unknown) =>
				Promise.reject(awsFailure("DynamoDB", `to read the table ${tableName}`, error)),
			);
			return all.filter(({ state, closedAt = 0 }) => state === "closed" && isKept(closedAt, settings.runtime.limits.keepClosedDays));
		},
		find: (key) => readItem<Incident>(ledger, key),
		letters: deadLetters(sqs, { dead: deadLetterQueueName(settings), dispatch: dispatchQueueName(settings) }),
		end: () => {
			dynamo.destroy();
			sqs.destroy();
		},
	};
}

/** AWS deletes an expired item days later. */
const isKept = (closedAt: number, days: number): boolean => realClock.now() < closedAt + days * 86_400_000;
