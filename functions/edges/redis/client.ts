import { Redis } from "ioredis";
import type { RedisSecret } from "../../schemas/secrets.ts";
import { awsClient } from "../timeouts.ts";
import type { RedisAddress } from "./address.ts";
import type { RedisCommands } from "./ledger.ts";

/** How long is waited for a connection, and for an answer. */
export interface Patience {
	readonly connectMilliseconds: number;
	readonly commandMilliseconds: number;
}

const ofFunctions: Patience = {
	connectMilliseconds: awsClient.connectionTimeoutMilliseconds,
	commandMilliseconds: awsClient.requestTimeoutMilliseconds,
};

/**
 * One connection for each pair of credentials, opened by its first command and opened again after a function was frozen. In a function a command
 * fails after the same time as a call of AWS does.
 */
export function redisConnections(address: RedisAddress, patience = ofFunctions): (secret: RedisSecret) => Redis & RedisCommands {
	const open = new Map<string, Redis>();
	return ({ username, password }) => {
		const name = JSON.stringify([username, password]);
		const known = open.get(name);
		if (known !== undefined) return known;
		const redis = new Redis({
			host: address.host,
			port: address.port,
			...(address.tls ? { tls: { servername: address.certifiedAs ?? address.host } } : {}),
			...(username === "" ? {} : { username }),
			...(password === "" ? {} : { password }),
			lazyConnect: true,
			enableReadyCheck: false,
			connectTimeout: patience.connectMilliseconds,
			commandTimeout: patience.commandMilliseconds,
			maxRetriesPerRequest: awsClient.maxAttempts - 1,
			retryStrategy: (tries) => Math.min(tries * 50, 500),
		});
		// A connection that breaks is told by the commands that need it.
		redis.on("error", () => undefined);
		open.set(name, redis);
		return redis;
	};
}
