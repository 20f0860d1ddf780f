import { createHmac, timingSafeEqual } from "node:crypto";
import type { ApprovalLink, Approvals } from "../../pipeline/ports.ts";
import { failure } from "../http/http.ts";
import { filled } from "../webhook/signature.ts";

/** Where a link leads, below the address of the webhook. */
export const approvalPath = "/approve";

export const hmac = (secret: string, text: string): Buffer => createHmac("sha256", secret).update(text).digest();

/** Signs approval links with the first secret and believes any of them, so that a secret can be rotated. `baseUrl` is the function URL. */
export function signedApprovals(secrets: () => Promise<readonly string[]>, baseUrl: () => string): Approvals {
	const usable = async (): Promise<readonly string[]> => filled(await secrets());
	return {
		link: async (text, { incidentKey, occurrence, expires }) => {
			const [secret] = await usable();
			if (secret === undefined) throw failure("misconfigured", "approvals: expected a signing secret, got none");
			const url = new URL(approvalPath, baseUrl());
			url.search = new URLSearchParams({
				incident: incidentKey,
				occurrence: String(occurrence),
				expires: String(expires),
				signature: hmac(secret, text).toString("hex"),
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

/** Whether a link has the form of ours: nobody has to be asked about another one. */
export const isWhole = ({ incidentKey, occurrence, expires, signature }: ApprovalLink): boolean =>
	incidentKey !== "" && occurrence > 0 && expires > 0 && signatureText.test(signature);

/** A link as its query holds it; what is missing or malformed becomes a link that no signature fits. */
export function readLink(query: URLSearchParams): ApprovalLink {
	const number = (name: string): number => (/^\d{1,12}$/.test(query.get(name) ?? "") ? Number(query.get(name)) : 0);
	return {
		incidentKey: (query.get("incident") ?? "").slice(0, 100),
		occurrence: number("occurrence"),
		expires: number("expires"),
		signature: (query.get("signature") ?? "").slice(0, 200),
	};
}
