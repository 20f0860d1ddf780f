import { secretVariable, vendorWebhookSecret, vendorWebhooksName, webhookSecret } from "../../schemas/secrets.ts";
import { eachOnce, type Parts } from "../parts.ts";
import type { Ports } from "../ports.ts";
import { snsTopics } from "../webhook/sns.ts";

/** What those prove themselves with who send something to the function URL. */
export const receiving = {
	webhookSecrets: ({ signingSecrets }: Parts): Ports["webhookSecrets"] => signingSecrets("webhook"),
	approvalSeals: ({ signingSecrets }: Parts): Ports["approvalSeals"] => signingSecrets("approval-links"),
	webhookTokens:
		({ valid }: Parts): Ports["webhookTokens"] =>
		async () =>
			eachOnce(await valid("webhook", webhookSecret), ({ bearerTokens }) => bearerTokens ?? []),
	vendorWebhookSecrets: ({ valid, sources }: Parts): Ports["vendorWebhookSecrets"] => {
		// Not set: this stack hears no vendor.
		const hears = sources.env[secretVariable(vendorWebhooksName)] !== undefined;
		return async (path) => {
			const known = hears ? await valid(vendorWebhooksName, vendorWebhookSecret) : [];
			return eachOnce(known, (each) => (Object.hasOwn(each, path) ? (each[path] ?? []) : []));
		};
	},
	topics: ({ fetch }: Parts): Ports["topics"] => snsTopics(fetch),
};
