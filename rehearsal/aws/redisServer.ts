import type { LedgerParts } from "../../functions/edges/parts.ts";
import { EdgeError, type Ledger } from "../../functions/pipeline/ports.ts";
import { redisName, redisSecret } from "../../functions/schemas/secrets.ts";
import { type CallService, notDeclared } from "./guardedServices.ts";
import type { AccountState, DeclaredFunction } from "./state.ts";

interface RedisServerParts extends LedgerParts {
	readonly state: AccountState;
	readonly declared: DeclaredFunction;
	readonly call: CallService;
	/** Throws EdgeError while that service is faulty. */
	readonly failWhereFaulty: (service: string) => void;
}

/**
 * A Redis or Valkey server as one function reaches it: out of its VPC, with the document of a secret that its role may read. Which user and which
 * password the server takes is not played: `npm run test:redis` asks a real one.
 */
export function redisServer({ state, declared, environment, secret, call, failWhereFaulty }: RedisServerParts): Ledger {
	const url = environment.redisUrl();
	const prefix = environment.redisPrefix();
	const kept = state.tables.find(({ name, arn }) => name === prefix && arn === url);
	const ledger = kept?.ledger ?? notDeclared("Redis", "keys of a declared function", prefix);
	const credentials = secret(redisName, redisSecret);
	const ask = async <T>(work: () => Promise<T>): Promise<T> => {
		await credentials();
		return call("ledger", () => {
			// What the world makes unreachable is the ledger, whatever keeps it.
			failWhereFaulty("dynamodb");
			if (declared.inNetwork) return work();
			throw new EdgeError("unreachable", `Redis: expected ${url} to be asked from its VPC, got ${declared.name}, which is in none`, {
				retry: true,
			});
		});
	};
	return {
		read: (key) => ask(() => ledger.read(key)),
		write: (...write) => ask(() => ledger.write(...write)),
		transact: (writes) => ask(() => ledger.transact(writes)),
		due: (now, limit) => ask(() => ledger.due(now, limit)),
	};
}
