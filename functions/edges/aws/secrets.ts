import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Clock, EdgeError } from "../../pipeline/ports.ts";
import { awsFailure } from "./failure.ts";
import { cachedSecrets, type ReadSecret } from "./secretCache.ts";

const system = "Secrets Manager";

/** The JSON documents of Secrets Manager by ARN or name, cached for five minutes. Throws EdgeError, which never holds a value. */
export function secretsReader(client: SecretsManagerClient, clock: Clock): ReadSecret {
	return cachedSecrets(async (id) => {
		const { SecretString: text } = await client
			.send(new GetSecretValueCommand({ SecretId: id }))
			.catch((error: unknown) => Promise.reject(awsFailure(system, `to read ${id}`, error)));
		if (text === undefined) throw new EdgeError("misconfigured", `secret ${id}: expected text, got a binary secret`, { retry: false });
		return text;
	}, clock);
}
