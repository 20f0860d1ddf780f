import type { Clock, Ledger, LedgerWrite } from "../../pipeline/ports.ts";
import { refuseUnstorable } from "../aws/storable.ts";
import { type Credentials, withCredentials } from "../credentials/documents.ts";
import { pauseAfterLostRace, realTimers, type Timers } from "../timers.ts";
import { redisFailure } from "./failure.ts";
import { writeScript } from "./script.ts";

/** The commands that the ledger uses, as ioredis has them. */
export interface RedisCommands {
	hmget(key: string, ...fields: string[]): Promise<readonly (string | null)[]>;
	zrangebyscore(key: string, min: string, max: number, limit: "LIMIT", offset: number, count: number): Promise<readonly string[]>;
	eval(script: string, numberOfKeys: number, ...keysAndArguments: (string | number)[]): Promise<unknown>;
}

export interface RedisLedgerOptions<T> {
	/** The client that these credentials open: one for each, made when it is first asked for. */
	readonly connect: (credentials: T) => RedisCommands;
	readonly credentials: Credentials<T>;
	/** Stands before every key, in the braces that keep them in one slot of a cluster. */
	readonly prefix: string;
	readonly clock: Clock;
	/** For the pauses between tries; real time when absent. */
	readonly timers?: Pick<Timers, "sleep" | "random">;
}

/** The server deletes what has expired so much later: by its own clock, which may be ahead of ours. */
const graceMilliseconds = 86_400_000;

/**
 * The ledger in Redis or Valkey: the same promises as `dynamoLedger` (one contract suite runs on both), its limits of an item included, so that a
 * ledger can be moved. What the server loses is lost: its durability is that of its own settings. Throws only EdgeError.
 */
export function redisLedger<T>({ connect, credentials, prefix, clock, timers = realTimers }: RedisLedgerOptions<T>): Ledger {
	const keyOf = (key: string): string => `${keysIn(prefix)}${key}`;
	const dueList = `{${prefix}}|due`;
	const ask = <R>(wanted: string, make: (redis: RedisCommands) => Promise<R>): Promise<R> =>
		withCredentials(credentials, (held) => make(connect(held)).catch((error: unknown) => Promise.reject(redisFailure(wanted, error))));
	const transact = async (writes: readonly LedgerWrite[], wanted: string): Promise<"written" | "conflict"> => {
		for (const { key, value } of writes) refuseUnstorable(key, value);
		const keys = [dueList, ...writes.map(({ key }) => keyOf(key))];
		const values = writes.flatMap(argumentsOf);
		const written = await ask(wanted, (redis) => redis.eval(writeScript, keys.length, ...keys, clock.now(), graceMilliseconds, ...values));
		return written === 1 ? "written" : "conflict";
	};
	return {
		async read(key) {
			const [version, value, exp] = await ask(`to read ${key}`, (redis) => redis.hmget(keyOf(key), "version", "value", "exp"));
			if (version == null || value == null || (exp && Number(exp) <= clock.now())) return undefined;
			return { version: Number(version), value: JSON.parse(value) };
		},
		write: (key, value, expectedVersion, options) =>
			transact([{ key, value, expectedVersion, ...(options && { options }) }], `to write ${key}`),
		transact: (writes) => transact(writes, `to write ${writes.map(({ key }) => key).join(" and ")}`),
		pause: (tried) => pauseAfterLostRace(timers, tried),
		due: async (now, limit) => [
			...(await ask("to read what is due", (redis) => redis.zrangebyscore(dueList, "-inf", now, "LIMIT", 0, limit))),
		],
	};
}

/** What the keys of items begin with; the braces keep them in one slot of a cluster. */
export const keysIn = (prefix: string): string => `{${prefix}}:`;

/** An expiry counts in whole seconds, rounded up, as in DynamoDB. */
const argumentsOf = ({ key, value, expectedVersion, options: { dueAt, exp } = {} }: LedgerWrite): readonly (string | number)[] => [
	key,
	expectedVersion,
	JSON.stringify(value),
	dueAt ?? "",
	exp === undefined ? "" : Math.ceil(exp / 1000) * 1000,
];
