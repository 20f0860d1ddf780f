import type { Call } from "../../../vendors/call.ts";
import type { Vendor } from "../../../vendors/vendor.ts";
import type { Clock } from "../../pipeline/ports.ts";
import { failure } from "../http/http.ts";
import { signatureHeaders } from "../webhook/signature.ts";
import { type AwsIdentity, type AwsRequest, awsSigned } from "./awsSignature.ts";

export interface Signer {
	readonly account: Readonly<Record<string, string>>;
	/** The secrets of the credential. */
	readonly credential: Readonly<Record<string, string>>;
	/** By which a signature says when it was made. */
	readonly clock?: Clock;
	/** The keys of the function's own role. */
	readonly identity?: () => AwsIdentity;
}

/**
 * The headers of a request, with those that prove who makes it; as they are where its vendor wants no signature. Throws EdgeError "misconfigured"
 * where there is nothing to sign with.
 */
export async function signed(vendor: Vendor, { signature }: Call, request: AwsRequest, signer: Signer): Promise<AwsRequest["headers"]> {
	if (signature === undefined) return request.headers;
	const { account, credential, clock, identity } = signer;
	if (clock === undefined) throw failure("misconfigured", `${vendor.system}: expected a clock to sign by, got none`);
	if (signature === "hmac") return { ...request.headers, ...ownSignature(vendor, request.body, credential, clock) };
	if (identity === undefined || vendor.aws === undefined)
		throw failure("misconfigured", `${vendor.system}: expected the keys of a role to sign with, got none`);
	const { service, region } = vendor.aws;
	return awsSigned(request, identity(), { service, region: account[region] ?? "", at: clock.now() });
}

/** Like our own webhook's. */
function ownSignature(
	{ system }: Vendor,
	body: string | undefined,
	{ signingSecret: secret = "" }: Signer["credential"],
	clock: Clock,
): Readonly<Record<string, string>> {
	if (secret === "") throw failure("misconfigured", `${system}: expected a signing secret, got none`);
	return signatureHeaders(secret, body ?? "", clock.now());
}
