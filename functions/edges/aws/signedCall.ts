import { failure, field, type OutboundAnswer, request, type TimedFetch } from "../http/http.ts";
import { awsSigned } from "../vendors/awsSignature.ts";
import { reasonOfName } from "./failure.ts";
import { identityOf } from "./identity.ts";

/** How a function calls a service of AWS without the SDK's client of it, which for one call or two would be a fifth of its bundle. */
export interface Signing {
	readonly fetch: TimedFetch;
	/** Of the function: its region and the keys of its role; an endpoint of its own, as the AWS SDK reads it. */
	readonly env: Readonly<Record<string, string | undefined>>;
}

export interface SignedCall {
	/** As hosts, signatures and the variables of endpoints name it. */
	readonly service: "lambda" | "ssm";
	/** As it is named in errors. */
	readonly system: string;
	readonly name: string;
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: unknown;
	readonly timeoutSeconds: number;
}

/** One POST, signed with the keys of the function's role, and made once. Throws EdgeError. */
export async function signedCall({ fetch, env }: Signing, call: SignedCall): Promise<OutboundAnswer> {
	const { service, system, name, timeoutSeconds } = call;
	const region = env.AWS_REGION;
	if (!region) throw failure("misconfigured", "environment: expected AWS_REGION, got none");
	const post = {
		url: `${endpointOf(env, service, region)}${call.path}`,
		method: "POST" as const,
		headers: call.headers,
		body: JSON.stringify(call.body),
	};
	const headers = await awsSigned(post, identityOf(env), { service, region });
	return request({ ...post, headers, fetch, system, name, timeoutSeconds, vendorReason: (_status, json) => reasonOf(json) });
}

/** docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html */
function endpointOf(env: Signing["env"], service: SignedCall["service"], region: string): string {
	const given = env[`AWS_ENDPOINT_URL_${service.toUpperCase()}`] ?? env.AWS_ENDPOINT_URL;
	if (given !== undefined) return given.replace(/\/$/, "");
	return `https://${service}.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

/** AWS says in the body what the status does not: throttling is a 400. */
function reasonOf(json: unknown) {
	const type = field(json, "__type");
	return typeof type === "string" ? reasonOfName(type.slice(type.indexOf("#") + 1)) : undefined;
}
