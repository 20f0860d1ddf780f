import * as z from "zod";
import { SecretVersions } from "../../../rehearsal/aws/secretVersions.ts";
import { provision, tagList, textOf } from "./provision.ts";

const secret = provision(
	// How long it is kept once it is deleted: nothing is, here.
	z.strictObject({ name: z.string(), recoveryWindowInDays: z.number(), tags: z.record(z.string(), z.string()) }),
	async ({ call }, { name, tags }) => {
		const arn = textOf(await call("secretsmanager", "CreateSecret", { Name: name, Tags: tagList(tags) }), "ARN");
		return { id: arn, outputs: { arn } };
	},
);

const secretVersion = provision(
	z.strictObject({ secretId: z.string(), secretStringWo: z.string(), secretStringWoVersion: z.number() }),
	async ({ call, state }, { secretId, secretStringWo }) => {
		const put = await call("secretsmanager", "PutSecretValue", { SecretId: secretId, SecretString: secretStringWo });
		const versions = state.secrets.get(secretId) ?? new SecretVersions();
		versions.put(textOf(put, "VersionId"), secretStringWo, Date.now());
		state.secrets.set(secretId, versions);
		return { id: `${secretId}|${textOf(put, "VersionId")}`, outputs: { arn: secretId, secretStringWo: undefined } };
	},
);

export const secretsmanagerTypes = {
	"aws:secretsmanager/secret:Secret": secret,
	"aws:secretsmanager/secretVersion:SecretVersion": secretVersion,
};
