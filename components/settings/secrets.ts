import type { Remediation } from "../../functions/pipeline/settings.ts";
import { needsOf, type Remedy } from "../../remedies/kinds.ts";
import { credentialsOf, secretKey, secretKeyPatterns } from "../../vendors/credentials.ts";
import { type ChannelKind, vendorOf } from "../../vendors/kinds.ts";

/** The namespace of every configuration key of this project. */
export const namespace = "genesyscloud-runbooks";

/** One secret that the chosen channels need, and whose it is. */
export type RequiredSecret =
	| { readonly key: string; readonly system: "vendor" | "webhook" | "ledger" }
	| { readonly key: string; readonly system: "remedy"; readonly field: "webhook" | "approval" }
	| { readonly key: string; readonly system: "watch"; readonly field: keyof typeof watchSecretKeys };

export const webhookSecretKey = "webhook-signingSecret";
/** Optional: still accepted while senders change over to a new signing secret. */
export const previousWebhookSecretKey = "webhook-previousSigningSecret";
/** For alerts of what cannot sign; its predecessor is optional, too. */
export const webhookTokenKey = "webhook-bearerToken";
export const previousWebhookTokenKey = "webhook-previousBearerToken";

/** Signs what the customer's own endpoint is asked to do. */
export const remedyWebhookSecretKey = "remedy-webhook-signingSecret";
/** Signs approval links. Not the webhook's: whoever may report a reading may not approve a remedy. */
export const remedyApprovalSecretKey = "remedy-approval-signingSecret";

/** Addresses outside whose paths are secrets, each by the setting that switches it on. */
export const watchSecretKeys = { heartbeat: "watch-heartbeatUrl", pager: "watch-pagerUrl" } as const;

/** Of the Redis or Valkey server that keeps the ledger. */
export const redisPasswordKey = "ledger-redisPassword";

/** Regular expressions of every key that can only be a secret, and what it is for. */
export const secretKeys: readonly { readonly pattern: string; readonly words: string }[] = [
	...secretKeyPatterns,
	{ pattern: "webhook-(signingSecret|previousSigningSecret)", words: "Signs what the webhook takes." },
	{ pattern: "webhook-(bearerToken|previousBearerToken)", words: "Shown to the webhook by what cannot sign." },
	{ pattern: "remedy-webhook-signingSecret", words: "Signs what the customer's own endpoint is asked to do." },
	{ pattern: "remedy-approval-signingSecret", words: "Signs approval links." },
	{ pattern: watchSecretKeys.heartbeat, words: "The address that the overseer calls after each good run." },
	{ pattern: redisPasswordKey, words: "The password of the Redis or Valkey server that keeps the ledger." },
	{ pattern: watchSecretKeys.pager, words: "The address at which an incident system takes alarms of Amazon SNS." },
];

const known = new RegExp(`^(${secretKeys.map(({ pattern }) => pattern).join("|")})$`);

/** Whether a key can only be a secret, needed by the channels of today or not. */
export const isSecretKey = (key: string): boolean => known.test(key);

/** What is called outside when something is wrong with the system itself. */
export type WatchSwitches = { readonly [Field in keyof typeof watchSecretKeys]?: boolean };

/** A remediation, as far as it decides which secrets are needed. */
export type SomeRemediation = Pick<Remediation, "mode"> & { readonly remedy: Pick<Remedy, "kind"> };

/**
 * The secrets that these channels and remediations need, the webhook where something shows it a bearer token, what watches the system, and the
 * ledger's server where it asks for a password, in the order in which they are used, each once.
 */
export function requiredSecrets(
	tiers: readonly { readonly channels: readonly { readonly kind: ChannelKind }[] }[],
	remediations: readonly SomeRemediation[] = [],
	bearer = false,
	watch: WatchSwitches = {},
	entersServer = false,
): readonly RequiredSecret[] {
	const channels = tiers.flatMap((tier) => tier.channels);
	const vendorSecrets = credentialsOf(channels).flatMap(({ credential, kind }) =>
		Object.keys(vendorOf(kind).secrets).map((secret) => ({ key: secretKey(credential, secret), system: "vendor" as const })),
	);
	return [
		...vendorSecrets,
		{ key: webhookSecretKey, system: "webhook" },
		...(bearer ? [{ key: webhookTokenKey, system: "webhook" as const }] : []),
		...remedySecrets(remediations.filter(({ mode }) => mode !== "observe")),
		...(watch.heartbeat === true ? [{ key: watchSecretKeys.heartbeat, system: "watch" as const, field: "heartbeat" as const }] : []),
		...(watch.pager === true ? [{ key: watchSecretKeys.pager, system: "watch" as const, field: "pager" as const }] : []),
		...(entersServer ? [{ key: redisPasswordKey, system: "ledger" as const }] : []),
	];
}

function remedySecrets(remediations: readonly SomeRemediation[]): readonly RequiredSecret[] {
	const signs = remediations.some(({ remedy }) => needsOf(remedy).signs === true);
	const asks = remediations.some(({ mode }) => mode === "approve");
	return [
		...(signs ? [{ key: remedyWebhookSecretKey, system: "remedy" as const, field: "webhook" as const }] : []),
		...(asks ? [{ key: remedyApprovalSecretKey, system: "remedy" as const, field: "approval" as const }] : []),
	];
}
