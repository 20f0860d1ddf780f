import type { BackOff } from "../../functions/edges/http/backOff.ts";
import { type DispatchQueue, EdgeError, type Ledger } from "../../functions/pipeline/ports.ts";
import type { Context } from "./policy.ts";
import type { AccountState } from "./state.ts";

/** What a function does with AWS: authorised as its role, and subject to the faults of the service. Throws EdgeError. */
export type Allow = (action: string, resource: string, context?: Context) => void;

/** Makes one call to a service; a killed function's call is never answered. */
export type CallService = <T>(service: "ledger" | "queue" | "aws", work: () => Promise<T>) => Promise<T>;

/** DynamoDB as one function reaches it. */
export function guardedLedger(state: AccountState, tableName: string, allow: Allow, call: CallService): Ledger {
	const table = state.tables.find(({ name }) => name === tableName) ?? notDeclared("DynamoDB", "a declared table", tableName);
	return {
		read: (key) =>
			call("ledger", async () => {
				allow("dynamodb:GetItem", table.arn);
				return table.ledger.read(key);
			}),
		write: (key, value, expectedVersion, options) =>
			call("ledger", async () => {
				allow("dynamodb:PutItem", table.arn);
				return table.ledger.write(key, value, expectedVersion, options);
			}),
		transact: (writes) =>
			call("ledger", async () => {
				allow("dynamodb:PutItem", table.arn);
				return table.ledger.transact(writes);
			}),
		due: (now, limit) =>
			call("ledger", async () => {
				allow("dynamodb:Query", `${table.arn}/index/due`);
				if (table.indexes.includes("due")) return table.ledger.due(now, limit);
				throw new EdgeError("rejected", `DynamoDB: expected table ${tableName} to have the index due, got none`, { retry: false });
			}),
	};
}

/** SQS as one function reaches it. */
export function guardedQueue(state: AccountState, queueUrl: string, allow: Allow, call: CallService): DispatchQueue & BackOff {
	const declared = state.queues.find(({ url }) => url === queueUrl) ?? notDeclared("SQS", "a declared queue", queueUrl);
	return {
		send: (message, delaySeconds) =>
			call("queue", async () => {
				allow("sqs:SendMessage", declared.arn);
				await declared.queue.send(message, delaySeconds);
			}),
		backOff: (delivery) =>
			call("queue", async () => {
				allow("sqs:ChangeMessageVisibility", declared.arn);
				await declared.queue.backOff(delivery);
			}),
	};
}

export function notDeclared(service: string, expected: string, got: string): never {
	throw new EdgeError("not-found", `${service}: expected ${expected}, got ${got}`, { retry: false });
}
