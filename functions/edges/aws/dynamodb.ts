import {
	type DynamoDBDocumentClient,
	GetCommand,
	PutCommand,
	type PutCommandInput,
	QueryCommand,
	TransactWriteCommand,
} from "@aws-sdk/lib-dynamodb";
import type { Clock, Ledger, LedgerWrite } from "../../pipeline/ports.ts";
import { pauseAfterLostRace, realTimers, type Timers } from "../timers.ts";
import { awsFailure } from "./failure.ts";
import { refuseUnstorable } from "./storable.ts";

const system = "DynamoDB";

/** How values are turned into attributes: an absent property stays absent, as in JSON. */
export const documentOptions = { marshallOptions: { removeUndefinedValues: true } };

export interface DynamoLedgerOptions {
	/** Made with `documentOptions`. */
	readonly client: DynamoDBDocumentClient;
	/** A table with the string key `pk`, the TTL attribute `exp` (epoch seconds) and the sparse index `due` (hash `due`, range `dueAt`). */
	readonly tableName: string;
	readonly clock: Clock;
	/** For the pauses between tries; real time when absent. */
	readonly timers?: Pick<Timers, "sleep" | "random">;
}

/**
 * The ledger in one DynamoDB table: single items, strongly consistent reads, conditional puts. AWS deletes an expired item days later, so
 * every condition and read here treats it as gone; `exp` is kept in whole seconds, rounded up. Throws only EdgeError.
 */
export function dynamoLedger({ client, tableName, clock, timers = realTimers }: DynamoLedgerOptions): Ledger {
	const nowSeconds = (): number => Math.floor(clock.now() / 1000);
	const put = ({ key, value, expectedVersion, options: { dueAt, exp } = {} }: LedgerWrite) => {
		refuseUnstorable(key, value);
		const item = {
			pk: key,
			version: expectedVersion + 1,
			value,
			...(dueAt === undefined ? {} : { due: "due", dueAt }),
			...(exp === undefined ? {} : { exp: Math.ceil(exp / 1000) }),
		};
		return { TableName: tableName, Item: item, ...unchanged(expectedVersion, nowSeconds()) };
	};
	return {
		async read(key) {
			const { Item: item } = await client
				.send(new GetCommand({ TableName: tableName, Key: { pk: key }, ConsistentRead: true }))
				.catch((error: unknown) => Promise.reject(awsFailure(system, `to read ${key}`, error)));
			if (item === undefined || (typeof item.exp === "number" && item.exp <= nowSeconds())) return undefined;
			return { version: Number(item.version), value: item.value };
		},
		async write(key, value, expectedVersion, options) {
			try {
				await client.send(new PutCommand(put({ key, value, expectedVersion, ...(options && { options }) })));
				return "written";
			} catch (error) {
				if (error instanceof Error && error.name === "ConditionalCheckFailedException") return "conflict";
				throw awsFailure(system, `to write ${key}`, error);
			}
		},
		async transact(writes) {
			try {
				await client.send(new TransactWriteCommand({ TransactItems: writes.map((write) => ({ Put: put(write) })) }));
				return "written";
			} catch (error) {
				if (isLostRace(error)) return "conflict";
				throw awsFailure(system, `to write ${writes.map(({ key }) => key).join(" and ")}`, error);
			}
		},
		pause: (tried) => pauseAfterLostRace(timers, tried),
		async due(now, limit) {
			const { Items: items = [] } = await client
				.send(
					new QueryCommand({
						TableName: tableName,
						IndexName: "due",
						KeyConditionExpression: "#due = :due AND #dueAt <= :now",
						ExpressionAttributeNames: { "#due": "due", "#dueAt": "dueAt" },
						ExpressionAttributeValues: { ":due": "due", ":now": now },
						Limit: limit,
					}),
				)
				.catch((error: unknown) => Promise.reject(awsFailure(system, "to read what is due", error)));
			return items.map((item) => String(item.pk));
		},
	};
}

/**
 * A transaction is cancelled as a whole; its reasons stand in the order of its writes. TransactionConflict is another transaction on the same
 * item at the same moment. https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactWriteItems.html
 */
function isLostRace(error: unknown): boolean {
	if (!(error instanceof Error) || error.name !== "TransactionCanceledException") return false;
	const reasons: readonly { readonly Code?: string }[] =
		"CancellationReasons" in error && Array.isArray(error.CancellationReasons) ? error.CancellationReasons : [];
	return reasons.some(({ Code: code }) => code === "ConditionalCheckFailed" || code === "TransactionConflict");
}

/** Holds if the item still has the version that was read; version 0 is the absence of a live item. */
function unchanged(expectedVersion: number, nowSeconds: number): Partial<PutCommandInput> {
	if (expectedVersion === 0) {
		return {
			ConditionExpression: "attribute_not_exists(pk) OR #exp <= :now",
			ExpressionAttributeNames: { "#exp": "exp" },
			ExpressionAttributeValues: { ":now": nowSeconds },
		};
	}
	return {
		ConditionExpression: "#version = :expected AND (attribute_not_exists(#exp) OR #exp > :now)",
		ExpressionAttributeNames: { "#version": "version", "#exp": "exp" },
		ExpressionAttributeValues: { ":expected": expectedVersion, ":now": nowSeconds },
	};
}
