import * as z from "zod";

const filled = z.string().min(1);

/** The document of a secret `genesys-detector` or `genesys-launcher`: one OAuth client of Genesys Cloud. */
export const genesysSecret = z.object({ clientId: filled, clientSecret: filled });

/** The document of a secret `pagerduty-<service>`: the routing key pages are sent with, and the token they are read back with. */
export const pagerDutySecret = z.object({ routingKey: filled, apiToken: filled });

/** The document of the secret `twilio`. */
export const twilioSecret = z.object({ accountSid: filled, authToken: filled });

/** The document of the secret `webhook`: every signing secret and bearer token that is valid now, several during a rotation. */
export const webhookSecret = z.object({ signingSecrets: z.array(filled).min(1), bearerTokens: z.array(filled).exactOptional() });
