import * as v from "valibot";
import { filled } from "./contract.ts";

/** The variable in which a function finds the ARN of a secret: SECRET_GENESYS_DETECTOR of `genesys-detector`. */
export const secretVariable = (name: string): string => `SECRET_${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "_")}`;

/** The variable that holds what the names of the vendors' secrets begin with: one for all, because a stack may have dozens and AWS takes 4 KB. */
export const vendorSecretsVariable = "VENDOR_SECRETS";

/** The document of a secret `genesys-detector` or `genesys-launcher`: one OAuth client of Genesys Cloud. */
export const genesysSecret = v.object({ clientId: filled, clientSecret: filled });

/** The document of the secret `webhook`: every signing secret and bearer token that is valid now, several during a rotation. */
export const webhookSecret = v.object({
	signingSecrets: v.pipe(v.array(filled), v.minLength(1)),
	bearerTokens: v.exactOptional(v.array(filled)),
});

/** The document of the secret `heartbeat`: the address of the dead-man's switch outside. */
export const heartbeatSecret = v.object({
	url: v.pipe(
		v.string(),
		v.check((text) => URL.parse(text)?.protocol === "https:"),
	),
});

/** Its name. */
export const heartbeatName = "heartbeat";

/** The document of the secret `ledger`: how the Redis or Valkey server of the ledger is entered; both empty for a server that asks for nothing. */
export const redisSecret = v.object({ username: v.optional(v.string(), ""), password: v.optional(v.string(), "") });
export type RedisSecret = v.InferOutput<typeof redisSecret>;

/** Its name. */
export const redisName = "ledger";

/** The secret of the vendors that are heard: apart from those that we prove ourselves with, so that who takes webhooks holds nothing that pages. */
export const vendorWebhooksName = "vendor-webhooks";

/** Its document: by the path below `/vendors/`, every secret that is valid now. */
export const vendorWebhookSecret = v.record(v.string(), v.pipe(v.array(filled), v.minLength(1)));
