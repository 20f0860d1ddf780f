import { type Resource, recordOf } from "../resource.ts";
import type { ResourceRule } from "../rule.ts";

/** A function's environment says where a secret is, never what it is. */
export const environmentSecrets: ResourceRule = {
	name: "no-secrets-in-environment",
	info: "A function's environment holds a secret.",
	explanation:
		"Whoever may read a function's configuration reads its environment, and so does every log of it. Keep the secret in Secrets Manager and pass its ARN.",
	check: ({ type, inputs }: Resource) => {
		if (type !== "aws:lambda/function:Function") return [];
		const variables = Object.entries(recordOf(recordOf(inputs.environment).variables));
		return variables.flatMap(([variable, value]) => (typeof value === "string" ? problemOf(variable, value) : []));
	},
};

const saysSecret = /SECRET|TOKEN|PASSWORD|PASSWD|CREDENTIAL|PRIVATE|API_?KEY|ROUTING_?KEY|SIGNING/i;

/** Where a secret is, in Secrets Manager or in Parameter Store; or what the names of several begin with: `runbooks-dev/`. */
const isPlace = (value: string): boolean => /^(?:arn:[\w-]+:(?:secretsmanager|ssm):[\w-]*:\d*:\S+|[\w./-]+\/)$/.test(value);

/** What keys of vendors look like, whatever the variable is called. */
const looksSecret: readonly (readonly [string, RegExp])[] = [
	["a key of AWS", /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/],
	["a private key", /-----BEGIN [A-Z ]*PRIVATE KEY-----/],
	["a token of Slack", /\bxox[abeprs]-[\w-]{10,}/],
	["a password in an address", /^[a-z][a-z0-9+.-]*:\/\/[^/\s:@]*:[^/\s@]+@/i],
	["a random text", /^(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9+/_=]{32,}$/],
];

/** The value itself is never printed. */
function problemOf(variable: string, value: string): readonly string[] {
	if (value === "" || isPlace(value)) return [];
	const looks = looksSecret.find(([, pattern]) => pattern.test(value))?.[0];
	if (looks !== undefined) return [`expected no secret in ${variable}, got what looks like ${looks}`];
	return saysSecret.test(variable) ? [`expected the ARN of a secret in ${variable}, got a text`] : [];
}
