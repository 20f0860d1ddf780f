/** The namespace of every configuration key of this project. */
export const namespace = "genesyscloud-runbooks";

/** One secret that the chosen channels need, and whose it is. */
export type RequiredSecret =
	| { readonly key: string; readonly system: "pagerduty"; readonly service: string; readonly field: "routingKey" | "apiToken" }
	| { readonly key: string; readonly system: "twilio"; readonly field: "authToken" }
	| { readonly key: string; readonly system: "webhook"; readonly field: "signingSecret" };

export const pagerDutySecretKey = (service: string, field: "routingKey" | "apiToken"): string => `pagerduty-${service}-${field}`;
export const twilioSecretKey = "twilio-authToken";
export const webhookSecretKey = "webhook-signingSecret";
/** Optional: still accepted while senders change over to a new signing secret. */
export const previousWebhookSecretKey = "webhook-previousSigningSecret";

const known = [/^pagerduty-[a-z][a-z0-9-]*-(routingKey|apiToken)$/, /^twilio-authToken$/, /^webhook-(previousS|s)igningSecret$/];

/** Whether a key can only be a secret, needed by the channels of today or not. */
export const isSecretKey = (key: string): boolean => known.some((pattern) => pattern.test(key));

interface SomeChannel {
	readonly kind: string;
	readonly service?: string;
}

/** The secrets that these channels need, in the order in which they are used, each once. */
export function requiredSecrets(tiers: readonly { readonly channels: readonly SomeChannel[] }[]): readonly RequiredSecret[] {
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
	return [...pagerDuty, ...twilio, { key: webhookSecretKey, system: "webhook", field: "signingSecret" }];
}
