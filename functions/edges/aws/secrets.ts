import { GetSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type Clock, EdgeError } from "../../pipeline/ports.ts";
import { awsFailure } from "./failure.ts";
import { cachedSecrets, type ReadSecret, type SecretVersion } from "./secretCache.ts";

const system = "Secrets Manager";

/** The staging labels of Secrets Manager. https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html */
export const stages = { current: "AWSCURRENT", next: "AWSPENDING", previous: "AWSPREVIOUS" } as const satisfies Record<
	SecretVersion,
	string
>;

/** The JSON documents of Secrets Manager by ARN or name, cached for five minutes. Throws EdgeError, which never holds a value. */
export function secretsReader(client: SecretsManagerClient, clock: Clock): ReadSecret {
	return cachedSecrets(async (id, version) => {
		try {
			const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: id, VersionStage: stages[version] }));
			if (text === undefined) throw new EdgeError("misconfigured", `secret ${id}: expected text, got a binary secret`, { retry: false });
			return text;
		} catch (error) {
			const failed = awsFailure(system, `to read ${id}`, error);
			// No version has that label.
			if (failed.reason === "not-found" && version !== "current") return undefined;
			throw failed;
		}
	}, clock);
}
