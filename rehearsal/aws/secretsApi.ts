import * as z from "zod";
import { SecretRefusal, type SecretVersions } from "./secretVersions.ts";
import { type AccountState, arnOfSecret } from "./state.ts";

const input = z.object({
	SecretId: z.string(),
	VersionStage: z.string().optional(),
	VersionStages: z.array(z.string()).optional(),
	SecretString: z.string().optional(),
	ClientRequestToken: z.string().optional(),
	MoveToVersionId: z.string().optional(),
	RemoveFromVersionId: z.string().optional(),
});
type Input = z.infer<typeof input>;

interface Answer {
	readonly status: number;
	readonly json: unknown;
}

/** Secrets Manager as its clients call it: JSON by POST, the operation in a header. It knows the operations of who rotates a secret. */
export function secretsApi(secrets: AccountState["secrets"], now: () => number) {
	return (target: string, body: string): Answer => {
		const operation = operations[target.replace("secretsmanager.", "")];
		const asked = input.safeParse(JSON.parse(body));
		if (operation === undefined || !asked.success)
			return refused("InvalidRequestException", "an operation that this account does not know");
		const arn = arnOfSecret({ secrets }, asked.data.SecretId);
		const versions = secrets.get(arn);
		if (versions === undefined) return refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret.");
		try {
			return { status: 200, json: { ARN: arn, ...operation(versions, asked.data, now()) } };
		} catch (error) {
			if (error instanceof SecretRefusal) return refused(error.name, error.message);
			throw error;
		}
	};
}

const refused = (name: string, message: string): Answer => ({ status: 400, json: { __type: name, message } });

const operations: Readonly<Record<string, (versions: SecretVersions, asked: Input, now: number) => object>> = {
	GetSecretValue: (versions, { VersionStage = "AWSCURRENT" }) => {
		const found = versions.at(VersionStage);
		if (found === undefined) throw new SecretRefusal("ResourceNotFoundException", `there is no value with the label ${VersionStage}`);
		return { VersionId: found.id, SecretString: found.text, VersionStages: [VersionStage], CreatedDate: found.madeAt / 1000 };
	},
	PutSecretValue: (versions, { ClientRequestToken = "", SecretString = "", VersionStages }, now) => {
		versions.put(ClientRequestToken, SecretString, now, VersionStages);
		return { VersionId: ClientRequestToken };
	},
	UpdateSecretVersionStage: (versions, { VersionStage = "", MoveToVersionId, RemoveFromVersionId }) => {
		versions.label(VersionStage, MoveToVersionId, RemoveFromVersionId);
		return {};
	},
};
