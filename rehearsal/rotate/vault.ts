import { randomUUID } from "node:crypto";
import {
	GetSecretValueCommand,
	PutSecretValueCommand,
	type SecretsManagerClient,
	UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { awsFailure } from "../../functions/edges/aws/failure.ts";
import { stages } from "../../functions/edges/aws/secrets.ts";
import type { SecretVault, StoredVersion } from "../../functions/pipeline/credentials/vault.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import type { SecretVersions } from "../aws/secretVersions.ts";

/** One secret of Secrets Manager by its name, with the credentials of whoever runs the command. Throws EdgeError, which never holds a value. */
export function secretsManagerVault(client: SecretsManagerClient, SecretId: string): SecretVault {
	const failed = (wanted: string) => (error: unknown) => Promise.reject(awsFailure("Secrets Manager", `${wanted} ${SecretId}`, error));
	const version = async (VersionStage: string): Promise<StoredVersion | undefined> => {
		try {
			const answer = await client.send(new GetSecretValueCommand({ SecretId, VersionStage })).catch(failed("to read"));
			const { VersionId: id, SecretString: text, CreatedDate: made } = answer;
			return id === undefined || text === undefined ? undefined : { id, text, madeAt: made?.getTime() ?? 0 };
		} catch (error) {
			if (error instanceof EdgeError && error.reason === "not-found") return undefined;
			throw error;
		}
	};
	return {
		read: async () => versionsOf(await Promise.all([version(stages.current), version(stages.next), version(stages.previous)])),
		putNext: async (SecretString) => {
			// The SDK repeats a request with the same token, which stores it once.
			const ClientRequestToken = randomUUID();
			await client
				.send(new PutSecretValueCommand({ SecretId, SecretString, ClientRequestToken, VersionStages: [stages.next] }))
				.catch(failed("to store the next value of"));
		},
		promote: async (next, current) => {
			const VersionStage = stages.current;
			await client
				.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage, MoveToVersionId: next.id, RemoveFromVersionId: current.id }))
				.catch(failed("to promote the next value of"));
		},
		dropNext: async (next) => {
			await client
				.send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: stages.next, RemoveFromVersionId: next.id }))
				.catch(failed("to drop the next value of"));
		},
	};
}

type Found = StoredVersion | undefined;

const versionsOf = ([current, next, previous]: readonly [Found, Found, Found]) => ({
	...(current && { current }),
	...(next && { next }),
	...(previous && { previous }),
});

/** The same of a secret in a rehearsal. */
export function rehearsedVault(versions: SecretVersions, now: () => number): SecretVault {
	const at = (stage: string): StoredVersion | undefined => versions.at(stage);
	let made = 0;
	return {
		read: async () => versionsOf([at(stages.current), at(stages.next), at(stages.previous)]),
		putNext: async (text) => {
			made += 1;
			versions.put(`rotation-${now()}-${made}`, text, now(), [stages.next]);
		},
		promote: async (next, current) => versions.label(stages.current, next.id, current.id),
		dropNext: async (next) => versions.label(stages.next, undefined, next.id),
	};
}
