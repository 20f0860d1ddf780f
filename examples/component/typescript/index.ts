import { readFileSync } from "node:fs";
import { OnCallRunbooks } from "@pulumi/genesyscloud-runbooks";
import * as pulumi from "@pulumi/pulumi";

const config = new pulumi.Config();
const secrets = ["pagerduty-primary-routingKey", "pagerduty-primary-apiToken", "webhook-signingSecret"];

const runbooks = new OnCallRunbooks("runbooks", {
	settings: readFileSync("settings.yaml", "utf8"),
	secrets: Object.fromEntries(secrets.map((key) => [key, config.requireSecret(key)])),
});

export const webhookUrl = runbooks.webhookUrl;
