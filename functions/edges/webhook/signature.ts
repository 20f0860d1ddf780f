import { createHmac, timingSafeEqual } from "node:crypto";
import type { Instant } from "../../pipeline/model/incident.ts";

/** The two headers of a signed webhook. */
export const signatureHeader = "X-Runbooks-Signature";
export const timestampHeader = "X-Runbooks-Timestamp";

/** How far the timestamp may be from now, in both directions. */
export const windowSeconds = 300;

export type SignatureReason =
	| "valid"
	| "no-secret"
	| "missing-signature"
	| "missing-timestamp"
	| "malformed-timestamp"
	| "out-of-window"
	| "mismatch";

export interface SignedRequest {
	/** `v1=<hex>`; several, separated by commas, while the sender rotates its secret. */
	readonly signature: string | undefined;
	/** Unix time in whole seconds. */
	readonly timestamp: string | undefined;
	/** The body as it came, before any parsing. */
	readonly body: string;
}

/** Those that may be used: an empty secret would let everybody sign, an empty token everybody in. */
export const filled = (secrets: readonly string[]): readonly string[] => secrets.filter((secret) => secret !== "");

/** Signs a webhook: `v1=<hex HMAC-SHA256 of "<timestamp>.<raw body>">`. */
export function sign(secret: string, timestamp: string, body: string): string {
	return `v1=${createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex")}`;
}

/** The two headers by which we sign, as our own webhook is signed: with a timestamp of `now`, in whole seconds. */
export function signatureHeaders(secret: string, body: string, now: Instant): Readonly<Record<string, string>> {
	const timestamp = String(Math.floor(now / 1000));
	return { [signatureHeader]: sign(secret, timestamp, body), [timestampHeader]: timestamp };
}

/** Why a webhook is believed, or not. One of the valid secrets is enough, the timestamp must be within 300 s of `now`, comparison takes constant time. */
export function verify(
	request: SignedRequest,
	secrets: readonly string[],
	now: Instant,
): { readonly valid: boolean; readonly reason: SignatureReason } {
	const reason = refusal(request, secrets, now) ?? "valid";
	return { valid: reason === "valid", reason };
}

function refusal({ signature, timestamp, body }: SignedRequest, secrets: readonly string[], now: Instant): SignatureReason | undefined {
	const usable = filled(secrets);
	if (usable.length === 0) return "no-secret";
	if (signature === undefined || signature.trim() === "") return "missing-signature";
	if (timestamp === undefined || timestamp === "") return "missing-timestamp";
	if (!/^\d{1,12}$/.test(timestamp)) return "malformed-timestamp";
	if (Math.abs(now - Number(timestamp) * 1000) > windowSeconds * 1000) return "out-of-window";
	const offered = signature.split(",").map((each) => each.trim());
	const matches = usable.some((secret) => offered.some((each) => equal(each, sign(secret, timestamp, body))));
	return matches ? undefined : "mismatch";
}

function equal(one: string, other: string): boolean {
	const [left, right] = [Buffer.from(one), Buffer.from(other)];
	return left.length === right.length && timingSafeEqual(left, right);
}
