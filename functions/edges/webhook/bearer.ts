import { createHash, timingSafeEqual } from "node:crypto";
import { filled } from "./signature.ts";

export type BearerReason = "valid" | "no-token" | "missing-authorization" | "mismatch";

/** Why the bearer of a token is believed, or not: one of the valid tokens is enough, and comparison takes constant time. */
export function verifyBearer(authorization: string | undefined, tokens: readonly string[]): BearerReason {
	const usable = filled(tokens);
	if (usable.length === 0) return "no-token";
	const offered = /^Bearer +(.+)$/i.exec(authorization?.trim() ?? "")?.[1];
	if (offered === undefined) return "missing-authorization";
	return isAnyOf(usable, offered) ? "valid" : "mismatch";
}

/** Whether a text is one of several, in the same time whichever it is, and however long. */
export const isAnyOf = (known: readonly string[], offered: string): boolean =>
	known.map((each) => timingSafeEqual(digest(each), digest(offered))).some(Boolean);

const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
