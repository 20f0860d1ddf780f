import * as z from "zod";

export const filled = z.string().min(1);

/** The variable in which a function finds the ARN of a secret: SECRET_GENESYS_DETECTOR of `genesys-detector`. */
export const secretVariable = (name: string): string => `SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`;

/** The variable that holds what the names of the vendors' secrets begin with: one for all, because a stack may have dozens and AWS takes 4 KB. */
export const vendorSecretsVariable = "VENDOR_SECRETS";

/** The document of a secret `genesys-detector` or `genesys-launcher`: one OAuth client of Genesys Cloud. */
export const genesysSecret = z.object({ clientId: filled, clientSecret: filled });

/** The document of the secret `webhook`: every signing secret and bearer token that is valid now, several during a rotation. */
export const webhookSecret = z.object({ signingSecrets: z.array(filled).min(1), bearerTokens: z.array(filled).exactOptional() });

/** The document of the secret `heartbeat`: the address of the dead-man's switch outside. */
export const heartbeatSecret = z.object({ url: z.url({ protocol: /^https$/ }) });

/** Its name. */
export const heartbeatName = "heartbeat";

/** The document of the secret `ledger`: how the Redis or Valkey server of the ledger is entered; both empty for a server that asks for nothing. */
export const redisSecret = z.object({ username: z.string().default(""), password: z.string().default("") });
export type RedisSecret = z.infer<typeof redisSecret>;

/** Its name. */
export const redisName = "ledger";

/** The secret of the vendors that are heard: apart from those that we prove ourselves with, so that who takes webhooks holds nothing that pages. */
export const vendorWebhooksName = "vendor-webhooks";

/** Its document: by the path below `/vendors/`, every secret that is valid now. */
export const vendorWebhookSecret = z.record(z.string(), z.array(filled).min(1));
