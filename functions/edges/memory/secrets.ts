import { type Clock, EdgeError } from "../../pipeline/ports.ts";
import { cachedSecrets, type ReadSecret } from "../aws/secretCache.ts";

/** Secrets Manager without AWS: the texts of the secrets by ARN, read as `secretsReader` reads them. */
export function memorySecrets(texts: ReadonlyMap<string, string>, clock: Clock): ReadSecret {
	return cachedSecrets(async (arn) => {
		const text = texts.get(arn);
		if (text === undefined)
			throw new EdgeError("not-found", `Secrets Manager: expected a secret with a value at ${arn}, got none`, { retry: false });
		return text;
	}, clock);
}
