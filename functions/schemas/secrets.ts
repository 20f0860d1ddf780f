import * as z from "zod";

const filled = z.string().min(1);

/** The document of a secret `genesys-detector` or `genesys-launcher`: one OAuth client of Genesys Cloud. */
export const genesysSecret = z.object({ clientId: filled, clientSecret: filled });
export type GenesysSecret = z.output<typeof genesysSecret>;

/** The document of a secret `pagerduty-<service>`: the routing key pages are sent with, and the token they are read back with. */
export const pagerDutySecret = z.object({ routingKey: filled, apiToken: filled });
export type PagerDutySecret = z.output<typeof pagerDutySecret>;

/** The document of the secret `twilio`. */
export const twilioSecret = z.object({ accountSid: filled, authToken: filled });
export type TwilioSecret = z.output<typeof twilioSecret>;

/** The document of the secret `webhook`: every signing secret and bearer token that is valid now, several during a rotation. */
export const webhookSecret = z.object({ signingSecrets: z.array(filled).min(1), bearerTokens: z.array(filled).exactOptional() });
export type WebhookSecret = z.output<typeof webhookSecret>;
