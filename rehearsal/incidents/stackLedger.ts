import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { ledgerTableName } from "../../components/aws/names.ts";
import { documentOptions, dynamoLedger } from "../../functions/edges/aws/dynamodb.ts";
import { awsFailure } from "../../functions/edges/aws/failure.ts";
import { servedClient } from "../aws/servedClient.ts";
import { incidentsInTable } from "../cutover/table.ts";
import type { StackFile } from "../scenario/stackFile.ts";
import { realClock } from "../world/clock.ts";
import type { LedgerPlace, StackLedger } from "./ledgerPlace.ts";
import { isRedis, openRedis } from "./redisOfStack.ts";

/** A person waits. */
const requestHandler = { connectionTimeout: 3000, requestTimeout: 10_000, throwOnRequestTimeout: true };

/** How the clients of AWS are made for a person: for a served world where an endpoint is named, else in the stack's region. */
export function clientOptionsOf({ config }: Pick<StackFile, "config">, endpoint?: string) {
	const region = config["aws:region"];
	const inAws = { ...(region === undefined ? {} : { region }), maxAttempts: 3, requestHandler };
	if (endpoint === undefined || isRedis(endpoint)) return inAws;
	// Real credentials are shown to no served world.
	return /^http:\/\/(?:127\.0\.0\.1|localhost|\[::1\]):/.test(endpoint) ? { ...inAws, ...servedClient(endpoint) } : { ...inAws, endpoint };
}

/** Opens it; nothing is asked before something is used. Throws WrongInput. */
export function openLedger(file: StackFile, { table, endpoint }: LedgerPlace): StackLedger {
	const { settings, config } = file;
	const options = clientOptionsOf(file, endpoint);
	const keepsInServer = settings.redis !== undefined && (endpoint === undefined || isRedis(endpoint));
	if (keepsInServer || (endpoint !== undefined && isRedis(endpoint))) return openRedis(settings, options, { table, endpoint });
	const dynamo = new DynamoDBClient(options);
	const tableName = table ?? ledgerTableName(settings);
	return {
		ledger: dynamoLedger({ client: DynamoDBDocumentClient.from(dynamo, documentOptions), tableName, clock: realClock }),
		incidents: () =>
			incidentsInTable(tableName, dynamo).catch((error: unknown) =>
				Promise.reject(awsFailure("DynamoDB", `to read the table ${tableName}`, error)),
			),
		where: `table ${tableName} in ${endpoint ?? config["aws:region"] ?? "the region of your AWS settings"}`,
		end: () => dynamo.destroy(),
	};
}
