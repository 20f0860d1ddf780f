import { failure } from "../http/http.ts";
import type { AwsIdentity } from "../vendors/awsSignature.ts";

/**
 * The keys of the function's own role, as Lambda puts them into the environment: they outlive the execution environment. Throws EdgeError
 * "misconfigured" where there are none. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
 */
export function identityOf(env: Readonly<Record<string, string | undefined>>): AwsIdentity {
	const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = env;
	if (!accessKeyId || !secretAccessKey) throw failure("misconfigured", "environment: expected the keys of the function's role, got none");
	return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
