import type { Clock } from "../../pipeline/ports.ts";
import { cachedSecrets, type ReadSecret, type SecretVersion } from "../aws/secretCache.ts";

/** Secrets Manager without AWS: the texts of the secrets by ARN or name, each of them current, read as `secretsReader` reads them. */
export function memorySecrets(texts: ReadonlyMap<string, string>, clock: Clock): ReadSecret {
	return cachedSecrets(async (id, version: SecretVersion) => (version === "current" ? texts.get(id) : undefined), clock);
}
