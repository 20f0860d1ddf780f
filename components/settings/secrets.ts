import type { ChannelKind } from "../../functions/pipeline/model/incident.ts";
import type { Remedy } from "../../functions/pipeline/model/remedy.ts";
import type { Remediation } from "../../functions/pipeline/settings.ts";

/** The namespace of every configuration key of this project. */
export const namespace = "genesyscloud-runbooks";

/** One secret that the chosen channels need, and whose it is. */
export type RequiredSecret =
	| { readonly key: string; readonly system: "pagerduty"; readonly service: string; readonly field: "routingKey" | "apiToken" }
	| { readonly key: string; readonly system: "twilio"; readonly field: "authToken" }
	| { readonly key: string; readonly system: "webhook"; readonly field: "signingSecret" | "bearerToken" }
	| { readonly key: string; readonly system: "remedy"; readonly field: "webhook" | "approval" };

export const pagerDutySecretKey = (service: string, field: "routingKey" | "apiToken"): string => `pagerduty-${service}-${field}`;
export const twilioSecretKey = "twilio-authToken";
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

const known = [
	/^pagerduty-[a-z][a-z0-9-]*-(routingKey|apiToken)$/,
	/^twilio-authToken$/,
	/^webhook-(previousS|s)igningSecret$/,
	/^webhook-(previousB|b)earerToken$/,
	/^remedy-(webhook|approval)-signingSecret$/,
];

/** Whether a key can only be a secret, needed by the channels of today or not. */
export const isSecretKey = (key: string): boolean => known.some((pattern) => pattern.test(key));

interface SomeChannel {
	readonly kind: ChannelKind;
	readonly service?: string;
}

/** A remediation, as far as it decides which secrets are needed. */
export type SomeRemediation = Pick<Remediation, "mode"> & { readonly remedy: Pick<Remedy, "kind"> };

/**
 * The secrets that these channels and remediations need, and the webhook where something shows it a bearer token, in the order in which they are
 * used, each once.
 */
export function requiredSecrets(
	tiers: readonly { readonly channels: readonly SomeChannel[] }[],
	remediations: readonly SomeRemediation[] = [],
	bearer = false,
): readonly RequiredSecret[] {
	const channels = tiers.flatMap((tier) => tier.channels);
	const services = new Set(channels.flatMap((channel) => (channel.kind === "pagerduty" ? (channel.service ?? []) : [])));
	const pagerDuty = [...services].flatMap((service) =>
		(["routingKey", "apiToken"] as const).map((field) => ({
			key: pagerDutySecretKey(service, field),
			system: "pagerduty" as const,
			service,
			field,
		})),
	);
	const twilio = channels.some((channel) => channel.kind === "sms")
		? [{ key: twilioSecretKey, system: "twilio" as const, field: "authToken" as const }]
		: [];
	return [
		...pagerDuty,
		...twilio,
		{ key: webhookSecretKey, system: "webhook", field: "signingSecret" },
		...(bearer ? [{ key: webhookTokenKey, system: "webhook" as const, field: "bearerToken" as const }] : []),
		...remedySecrets(remediations.filter(({ mode }) => mode !== "observe")),
	];
}

function remedySecrets(remediations: readonly SomeRemediation[]): readonly RequiredSecret[] {
	const signs = remediations.some(({ remedy }) => remedy.kind === "webhook");
	const asks = remediations.some(({ mode }) => mode === "approve");
	return [
		...(signs ? [{ key: remedyWebhookSecretKey, system: "remedy" as const, field: "webhook" as const }] : []),
		...(asks ? [{ key: remedyApprovalSecretKey, system: "remedy" as const, field: "approval" as const }] : []),
	];
}
