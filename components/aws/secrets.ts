import { createHash } from "node:crypto";
import * as secretsmanager from "@pulumi/aws/secretsmanager/index.js";
import * as pulumi from "@pulumi/pulumi";
import type { Settings } from "../settings/settings.ts";
import { nameOfSecret } from "./names.ts";

/** A JSON document of secret texts. */
export type SecretDocument = Readonly<Record<string, pulumi.Input<string> | readonly pulumi.Input<string>[]>>;

export interface StoredSecretArgs {
	readonly settings: Settings;
	/** After `<base>/`. */
	readonly secretName: string;
	readonly document: SecretDocument;
}

/** A secret that functions read at run time. Its value is write-only: AWS never tells it again; Pulumi keeps it, encrypted, among the inputs. */
export class StoredSecret extends pulumi.ComponentResource {
	readonly arn: pulumi.Output<string>;

	constructor(name: string, args: StoredSecretArgs, opts?: pulumi.ComponentResourceOptions) {
		super("genesyscloud-runbooks:index:StoredSecret", name, {}, opts);
		const { settings, secretName } = args;
		const secret = new secretsmanager.Secret(
			name,
			{
				name: nameOfSecret(settings, secretName),
				// A development stack is torn down and built again under the same names.
				recoveryWindowInDays: settings.protect ? 30 : 0,
				tags: settings.tags,
			},
			{ parent: this, protect: settings.protect },
		);
		const document = pulumi.secret(pulumi.jsonStringify(args.document));
		new secretsmanager.SecretVersion(
			`${name}-value`,
			{ secretId: secret.arn, secretStringWo: document, secretStringWoVersion: document.apply(versionOf) },
			{ parent: this },
		);
		this.arn = secret.arn;
		this.registerOutputs({ arn: this.arn });
	}
}

/** A write-only value is written again only when its version changes, so the version follows the value; it is a secret itself. */
function versionOf(document: string): number {
	return createHash("sha256").update(document).digest().readUInt32BE(0) >>> 1;
}
