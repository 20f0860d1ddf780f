import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Stack } from "./declared.ts";

const namespace = "genesyscloud-runbooks:";

/** What stands in for the secrets of a stack; no output and no plain input may ever hold one. */
export const secretValues: Readonly<Record<string, string>> = {
	"pagerduty-primary-routingKey": "PLANTED-primary-routing-key",
	"pagerduty-primary-apiToken": "PLANTED-primary-api-token",
	"pagerduty-secondary-routingKey": "PLANTED-secondary-routing-key",
	"pagerduty-secondary-apiToken": "PLANTED-secondary-api-token",
	"pagerduty-it-operations-routingKey": "PLANTED-it-operations-routing-key",
	"pagerduty-it-operations-apiToken": "PLANTED-it-operations-api-token",
	"twilio-authToken": "PLANTED-twilio-auth-token",
	"webhook-signingSecret": "PLANTED-webhook-signing-secret",
};

/** The plain settings of a stack file of this repository. */
export function settingsOf(stack: "dev" | "prod"): Record<string, unknown> {
	const { config } = parse(readFileSync(new URL(`../../Pulumi.${stack}.yaml`, import.meta.url), "utf8"));
	const own = Object.entries(config).filter(([key]) => key.startsWith(namespace));
	return Object.fromEntries(own.map(([key, value]) => [key.slice(namespace.length), value]));
}

/** A stack file of this repository with every secret set. */
export function stackOf(stack: "dev" | "prod"): Stack {
	return { config: { ...settingsOf(stack), ...secretValues }, secretKeys: Object.keys(secretValues), stack };
}
