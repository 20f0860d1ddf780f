import { SecretsManagerClient, type SecretsManagerClientConfig } from "@aws-sdk/client-secrets-manager";
import { ledgerTableName, nameOfSecret } from "../../components/aws/names.ts";
import type { Settings } from "../../components/settings/settings.ts";
import { secretsReader } from "../../functions/edges/aws/secrets.ts";
import type { Credentials } from "../../functions/edges/credentials/documents.ts";
import { type RedisAddress, redisAddress } from "../../functions/edges/redis/address.ts";
import { redisConnections } from "../../functions/edges/redis/client.ts";
import { redisFailure } from "../../functions/edges/redis/failure.ts";
import { keysIn, redisLedger } from "../../functions/edges/redis/ledger.ts";
import type { Incident } from "../../functions/pipeline/model/incident.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import { type RedisSecret, redisName, redisSecret } from "../../functions/schemas/secrets.ts";
import { realClock } from "../world/clock.ts";
import type { LedgerPlace, StackLedger } from "./ledgerPlace.ts";
import { WrongInput } from "./wrongInput.ts";

export const isRedis = (endpoint: string): boolean => /^rediss?:/.test(endpoint);

/** A person waits, maybe behind a tunnel. */
const patience = { connectMilliseconds: 3000, commandMilliseconds: 10_000 };

/** The same for a stack whose ledger is in a Redis or Valkey server, at its address or at the end of a tunnel. Throws WrongInput. */
export function openRedis(settings: Settings, aws: SecretsManagerClientConfig, { table, endpoint }: LedgerPlace): StackLedger {
	const { redis: server } = settings;
	if (server === undefined)
		throw new WrongInput(`--endpoint: expected none of Redis, since the stack keeps its ledger in DynamoDB, got "${endpoint}"`);
	const prefix = table ?? ledgerTableName(settings);
	const secrets = new SecretsManagerClient(aws);
	const connect = redisConnections(addressOf(server.address, endpoint), patience);
	const opened = new Set<ReturnType<typeof connect>>();
	const open = (secret: RedisSecret) => {
		const redis = connect(secret);
		opened.add(redis);
		return redis;
	};
	const credentials = server.password ? documentOf(secrets, nameOfSecret(settings, redisName)) : async () => redisSecret.parse({});
	return {
		ledger: redisLedger({ connect: open, credentials, prefix, clock: realClock }),
		incidents: async () => {
			const redis = open(await credentials());
			return incidentsIn(redis, prefix).catch((error: unknown) => Promise.reject(redisFailure("to read every incident", error)));
		},
		where: `keys ${prefix} in ${endpoint ?? server.address}, which has to be reached from here: docs/operations.md, The ledger in Redis`,
		end: () => {
			for (const redis of opened) redis.disconnect();
			secrets.destroy();
		},
	};
}

/** The end of a tunnel has another name than the server's certificate. */
function addressOf(address: string, endpoint: string | undefined): RedisAddress {
	return endpoint === undefined ? redisAddress(address) : { ...redisAddress(endpoint), certifiedAs: redisAddress(address).host };
}

/** Throws EdgeError "misconfigured", which never holds the document. */
function documentOf(client: SecretsManagerClient, name: string): Credentials<RedisSecret> {
	const read = secretsReader(client, realClock);
	return async (anew) => {
		const { data } = redisSecret.safeParse(await read(name, anew));
		if (data !== undefined) return data;
		throw new EdgeError("misconfigured", `secret ${name}: expected a user name and a password, got something else`, { retry: false });
	};
}

type Client = ReturnType<ReturnType<typeof redisConnections>>;

/** By the server's own cursor, so that it answers the functions meanwhile. https://redis.io/docs/latest/commands/scan/ */
async function incidentsIn(redis: Client, prefix: string): Promise<readonly Incident[]> {
	const keys = new Set<string>();
	let cursor = "0";
	do {
		const [next, some] = await redis.scan(cursor, "MATCH", `${keysIn(prefix)}inc:*`, "COUNT", 1000);
		for (const key of some) keys.add(key);
		cursor = next;
	} while (cursor !== "0");
	const found: Incident[] = [];
	for (const key of keys) {
		const [value, exp] = await redis.hmget(key, "value", "exp");
		if (value != null && (!exp || Number(exp) > realClock.now())) found.push(JSON.parse(value));
	}
	return found;
}
