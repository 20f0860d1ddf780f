import { createHash, timingSafeEqual } from "node:crypto";
import { filled } from "./signature.ts";

export type BearerReason = "valid" | "no-token" | "missing-authorization" | "mismatch";

/** Why the bearer of a token is believed, or not: one of the valid tokens is enough, and comparison takes constant time. */
export function verifyBearer(authorization: string | undefined, tokens: readonly string[]): BearerReason {
	const usable = filled(tokens);
	if (usable.length === 0) return "no-token";
	const offered = /^Bearer +(.+)$/i.exec(authorization?.trim() ?? "")?.[1];
	if (offered === undefined) return "missing-authorization";
	return usable.map((token) => timingSafeEqual(digest(token), digest(offered))).some(Boolean) ? "valid" : "mismatch";
}

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
