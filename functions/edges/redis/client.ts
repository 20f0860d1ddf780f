import { Redis } from "ioredis";
import * as z from "zod";
import { awsClient } from "../timeouts.ts";
import type { RedisCommands } from "./ledger.ts";

/** What the secret of the ledger's server holds: both empty for a server that asks for nothing. */
export const redisSecret = z.object({ username: z.string().default(""), password: z.string().default("") });
export type RedisSecret = z.infer<typeof redisSecret>;

export interface RedisAddress {
	readonly host: string;
	readonly port: number;
	readonly tls: boolean;
}

/** The server of REDIS_URL, such as `rediss://cache.example:6379` (with TLS) or `redis://...`; undefined where it is none. */
export function redisAddress(text: string): RedisAddress | undefined {
	if (!URL.canParse(text)) return undefined;
	const { protocol, hostname, port, username, password, pathname, search } = new URL(text);
	const isPlain = username === "" && password === "" && search === "" && (pathname === "" || pathname === "/");
	if (!isPlain || hostname === "" || (protocol !== "redis:" && protocol !== "rediss:")) return undefined;
	return { host: hostname, port: port === "" ? 6379 : Number(port), tls: protocol === "rediss:" };
}

/**
 * One connection for each pair of credentials, opened by its first command and opened again after a function was frozen. A command fails after the
 * same time as a call of AWS does.
 */
export function redisConnections(address: RedisAddress): (secret: RedisSecret) => Redis & RedisCommands {
	const open = new Map<string, Redis>();
	return ({ username, password }) => {
		const name = JSON.stringify([username, password]);
		const known = open.get(name);
		if (known !== undefined) return known;
		const redis = new Redis({
			host: address.host,
			port: address.port,
			...(address.tls ? { tls: { servername: address.host } } : {}),
			...(username === "" ? {} : { username }),
			...(password === "" ? {} : { password }),
			lazyConnect: true,
			enableReadyCheck: false,
			connectTimeout: awsClient.connectionTimeoutMilliseconds,
			commandTimeout: awsClient.requestTimeoutMilliseconds,
			maxRetriesPerRequest: awsClient.maxAttempts - 1,
			retryStrategy: (tries) => Math.min(tries * 50, 500),
		});
		// A connection that breaks is told by the commands that need it.
		redis.on("error", () => undefined);
		open.set(name, redis);
		return redis;
	};
}
