import { timingSafeEqual } from "node:crypto";
import { maximumKeyLength } from "../../pipeline/model/keys.ts";
import type { AcknowledgeLink, AcknowledgeLinks } from "../../pipeline/ports.ts";
import { failure } from "../http/http.ts";
import { filled } from "../webhook/signature.ts";
import { hmac } from "./approvals.ts";

/** Where a link leads, below the address of the webhook; short, because a text message has little room. */
export const acknowledgePath = "/a/";

/**
 * Half of an HMAC-SHA256, which RFC 2104 (section 5) calls enough: 128 bits that can only be guessed by asking us, in 22 characters instead of 64.
 * The purpose stands in the text, so that no other signature of ours is one of these.
 */
const signatureOf = (secret: string, dedupKey: string): string =>
	hmac(secret, `acknowledge:1:${dedupKey}`).subarray(0, 16).toString("base64url");

const signatureLength = 22;

/** Signs acknowledge links with the first secret and believes any of them, so that a secret can be rotated. `baseUrl` is the function URL. */
export function signedAcknowledgeLinks(secrets: () => Promise<readonly string[]>, baseUrl: () => string): AcknowledgeLinks {
	const usable = async (): Promise<readonly string[]> => filled(await secrets());
	return {
		link: async (dedupKey) => {
			const [secret] = await usable();
			if (secret === undefined) throw failure("misconfigured", "acknowledge links: expected a signing secret, got none");
			return `${new URL(acknowledgePath, baseUrl()).href}${signatureOf(secret, dedupKey)}/${dedupKey}`;
		},
		valid: async (dedupKey, signature) => {
			const offered = Buffer.from(/^[A-Za-z0-9_-]{22}$/.test(signature) ? signature : ".".repeat(signatureLength));
			return (await usable()).map((secret) => timingSafeEqual(Buffer.from(signatureOf(secret, dedupKey)), offered)).some(Boolean);
		},
	};
}

/** A link as its path holds it; what is missing or malformed becomes a link that no signature fits. */
export function readAcknowledgeLink(rawPath: string): AcknowledgeLink {
	const [signature = "", dedupKey = ""] = unescaped(rawPath.slice(acknowledgePath.length)).split("/");
	return { dedupKey: dedupKey.slice(0, maximumKeyLength + 1), signature: signature.slice(0, signatureLength + 1) };
}

/** Some phones escape the colons of a key. */
function unescaped(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return "";
	}
}
