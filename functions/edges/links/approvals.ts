import { createHmac, timingSafeEqual } from "node:crypto";
import type { ApprovalLink, Approvals } from "../../pipeline/ports.ts";
import { failure } from "../http/http.ts";
import { filled } from "../webhook/signature.ts";

/** Where a link leads, below the address of the webhook. */
export const approvalPath = "/approve";

export const hmac = (secret: string, text: string): Buffer => createHmac("sha256", secret).update(text).digest();

type Secrets = () => Promise<readonly string[]>;

/**
 * Signs approval links with the first secret and believes any of them, so that a secret can be rotated. `seals` are the secrets that only tell links
 * of ours from others. `baseUrl` is the function URL.
 */
export function signedApprovals(secrets: Secrets, seals: Secrets, baseUrl: () => string): Approvals {
	const usable = async (): Promise<readonly string[]> => filled(await secrets());
	return {
		link: async (text, { incidentKey, occurrence, expires }) => {
			const [secret] = await usable();
			const [seal] = filled(await seals());
			if (secret === undefined || seal === undefined) throw failure("misconfigured", "approvals: expected a signing secret, got none");
			const signature = hmac(secret, text).toString("hex");
			const url = new URL(approvalPath, baseUrl());
			url.search = new URLSearchParams({
				incident: incidentKey,
				occurrence: String(occurrence),
				expires: String(expires),
				seal: sealOf(seal, { incidentKey, occurrence, expires, signature }),
				signature,
			}).toString();
			return url.href;
		},
		valid: async (text, signature) => {
			const offered = Buffer.from(signatureText.test(signature) ? signature : "00".repeat(32), "hex");
			return (await usable()).map((secret) => timingSafeEqual(hmac(secret, text), offered)).some(Boolean);
		},
	};
}

const signatureText = /^[0-9a-f]{64}$/;
const sealText = /^[A-Za-z0-9_-]{22}$/;

/** Over the whole link, as short as that of an acknowledge link. Its secret was made of the one that signs, and makes no signature. */
const sealOf = (secret: string, { incidentKey, occurrence, expires, signature }: ApprovalLink): string =>
	hmac(secret, `approval-link:1:${incidentKey}:${occurrence}:${expires}:${signature}`).subarray(0, 16).toString("base64url");

/** A link as somebody offers it. */
export interface OfferedLink extends ApprovalLink {
	readonly seal: string;
}

/** Whether a link has the form of ours: nobody has to be asked about another one. */
const isWhole = ({ incidentKey, occurrence, expires, signature, seal }: OfferedLink): boolean =>
	incidentKey !== "" && occurrence > 0 && expires > 0 && signatureText.test(signature) && sealText.test(seal);

/** Whether it is a link that we made: what nobody signed costs no second function. No secret is read for what has not its form. */
export async function isSealed(link: OfferedLink, seals: Secrets): Promise<boolean> {
	if (!isWhole(link)) return false;
	const offered = Buffer.from(link.seal);
	return filled(await seals())
		.map((secret) => timingSafeEqual(Buffer.from(sealOf(secret, link)), offered))
		.some(Boolean);
}

/** A link as its query holds it; what is missing or malformed becomes a link that no signature fits. */
export function readLink(query: URLSearchParams): OfferedLink {
	const number = (name: string): number => (/^\d{1,12}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : 0);
	return {
		incidentKey: (query.get("incident") ?? "").slice(0, 100),
		occurrence: number("occurrence"),
		expires: number("expires"),
		signature: (query.get("signature") ?? "").slice(0, 200),
		seal: (query.get("seal") ?? "").slice(0, 200),
	};
}
