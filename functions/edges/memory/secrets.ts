import { type Clock, EdgeError } from "../../pipeline/ports.ts";
import { cachedSecrets, type ReadSecret } from "../aws/secretCache.ts";

/** Secrets Manager without AWS: the texts of the secrets by ARN or name, read as `secretsReader` reads them. */
export function memorySecrets(texts: ReadonlyMap<string, string>, clock: Clock): ReadSecret {
	return cachedSecrets(async (id) => {
		const text = texts.get(id);
		if (text === undefined)
			throw new EdgeError("not-found", `Secrets Manager: expected a secret with a value at ${id}, got none`, { retry: false });
		return text;
	}, clock);
}
