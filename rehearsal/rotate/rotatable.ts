import { remedyApprovalSecretKey, remedyWebhookSecretKey, webhookTokenKey } from "../../components/settings/secrets.ts";
import type { Settings } from "../../components/settings/settings.ts";
import { remediatorName, responderName } from "../../functions/pipeline/credentials/names.ts";
import { usedCredentials } from "../../functions/pipeline/credentials/rules.ts";
import { everyChannel, launchedPolicies } from "../../functions/pipeline/route/policy.ts";
import { isAction } from "../../vendors/actions.ts";
import { credentialOf, credentialsOf, isStored } from "../../vendors/credentials.ts";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";

/** A secret whose value is replaced by this command. */
export interface RotatableSecret {
	readonly name: string;
	readonly sort: "vendor" | "own";
	/** Of a vendor's credential. */
	readonly kind?: ChannelKind;
	/** Its secrets, as the stack's file names them after the credential. */
	readonly secrets: readonly string[];
	/** Whether the workflow has a copy of it inside Genesys Cloud, which only `pulumi up` writes. */
	readonly hasCopy: boolean;
}

/** A credential that is replaced in another way, or is none that could be. */
export interface OtherCredential {
	readonly name: string;
	readonly sort: "client" | "role";
}

/** What a stack proves itself with. */
export type StackCredential = RotatableSecret | OtherCredential;

export const isRotatable = (credential: StackCredential): credential is RotatableSecret => "secrets" in credential;

/** Every credential of a stack, in the order in which it is used. */
export function credentialsOfStack({ runtime, secrets }: Settings): readonly StackCredential[] {
	const used = usedCredentials(runtime);
	const clients = ["detector", "launcher", responderName, ...(used.includes(remediatorName) ? [remediatorName] : [])];
	const copied = new Set(
		launchedPolicies(runtime).flatMap(({ tiers }) =>
			tiers.flatMap(({ channels }) => channels.filter(({ kind }) => isAction(kind)).map(credentialOf)),
		),
	);
	const vendors = credentialsOf(everyChannel(runtime)).map(
		({ credential, kind }): StackCredential =>
			isStored(kind)
				? { name: credential, sort: "vendor", kind, secrets: Object.keys(vendorOf(kind).secrets), hasCopy: copied.has(credential) }
				: { name: credential, sort: "role" },
	);
	const has = (key: string): boolean => secrets.some((each) => each.key === key);
	const own = (name: string, names: readonly string[]): RotatableSecret => ({ name, sort: "own", secrets: names, hasCopy: false });
	return [
		...clients.map((name) => ({ name, sort: "client" as const })),
		...vendors,
		own("webhook", ["signingSecret", ...(has(webhookTokenKey) ? ["bearerToken"] : [])]),
		...(has(remedyWebhookSecretKey) ? [own("remedy-webhook", ["signingSecret"])] : []),
		...(has(remedyApprovalSecretKey) ? [own("remedy-approval", ["signingSecret"])] : []),
	];
}

/** Our own secrets stand in lists, of which several are valid. */
const listOf: Readonly<Record<string, string>> = { signingSecret: "signingSecrets", bearerToken: "bearerTokens" };

/** The field of the stored document in which a secret stands. */
export const fieldOf = ({ sort }: RotatableSecret, secret: string): string => (sort === "own" ? (listOf[secret] ?? secret) : secret);

/** The document with another value of one of its secrets. */
export function withSecret(credential: RotatableSecret, text: string, secret: string, value: string): string {
	const document: Readonly<Record<string, unknown>> = JSON.parse(text);
	return JSON.stringify({ ...document, [fieldOf(credential, secret)]: credential.sort === "own" ? [value] : value });
}
