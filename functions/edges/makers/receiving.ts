import { secretVariable, vendorWebhookSecret, vendorWebhooksName, webhookSecret } from "../../schemas/secrets.ts";
import type { Parts } from "../parts.ts";
import type { Ports } from "../ports.ts";
import { snsTopics } from "../webhook/sns.ts";

/** What those prove themselves with who send something to the function URL. */
export const receiving = {
	webhookSecrets: ({ signingSecrets }: Parts): Ports["webhookSecrets"] => signingSecrets("webhook"),
	approvalSeals: ({ signingSecrets }: Parts): Ports["approvalSeals"] => signingSecrets("approval-links"),
	webhookTokens: ({ secret }: Parts): Ports["webhookTokens"] => {
		const webhook = secret("webhook", webhookSecret);
		return async () => (await webhook()).bearerTokens ?? [];
	},
	vendorWebhookSecrets: ({ secret, sources }: Parts): Ports["vendorWebhookSecrets"] => {
		const vendors = secret(vendorWebhooksName, vendorWebhookSecret);
		// Not set: this stack hears no vendor.
		const hears = sources.env[secretVariable(vendorWebhooksName)] !== undefined;
		return async (path) => {
			const known = hears ? await vendors() : {};
			return Object.hasOwn(known, path) ? (known[path] ?? []) : [];
		};
	},
	topics: ({ fetch }: Parts): Ports["topics"] => snsTopics(fetch),
};
