import { createHmac } from "node:crypto";
import type { Sender, ShownToken, SignedAddress, SignedBody } from "../../../vendors/inbound.ts";
import type { Instant } from "../../pipeline/model/incident.ts";
import { isAnyOf } from "./bearer.ts";
import { filled } from "./signature.ts";

/** A request of a vendor, as it came. */
export interface SentRequest {
	/** A header by its name, whatever its case. */
	readonly header: (name: string) => string | undefined;
	/** Before any decoding. */
	readonly body: Buffer;
	/** The host that was called, without scheme. */
	readonly host: string;
	/** The path, and the query where there is one. */
	readonly target: string;
}

export type SenderReason = "valid" | "no-secret" | "missing-signature" | "missing-timestamp" | "out-of-window" | "mismatch";

/** Why the sender of a request is believed to be the vendor, or not. One of the valid secrets is enough; comparison takes constant time. */
export function verifySender(sender: Sender, request: SentRequest, secrets: readonly string[], now: Instant): SenderReason {
	const usable = filled(secrets);
	if (usable.length === 0) return "no-secret";
	const offered = request.header(sender.header)?.trim();
	if (offered === undefined || offered === "") return "missing-signature";
	switch (sender.scheme) {
		case "hmac-sha256":
			return signedBody(sender, request, offered, usable, now);
		case "hmac-sha1-address":
			return signedAddress(sender, request, offered, usable);
		case "token":
			return shownToken(sender, offered, usable);
	}
}

function signedBody(
	{ prefix, before, timestamp }: SignedBody,
	{ header, body }: SentRequest,
	offered: string,
	secrets: readonly string[],
	now: Instant,
): SenderReason {
	const at = timestamp === undefined ? "" : (header(timestamp.header) ?? "");
	if (timestamp !== undefined) {
		if (!/^\d{1,12}$/.test(at)) return "missing-timestamp";
		if (Math.abs(now - Number(at) * 1000) > timestamp.windowSeconds * 1000) return "out-of-window";
	}
	const start = before.replace("{timestamp}", at);
	const expected = secrets.map((secret) => `${prefix}${createHmac("sha256", secret).update(start).update(body).digest("hex")}`);
	const matches = offered.split(",").map((each) => isAnyOf(expected, each.trim()));
	return matches.some(Boolean) ? "valid" : "mismatch";
}

/**
 * Twilio's scheme: a field that stands there several times counts each of its values once, sorted. Whether the address has its port is the
 * vendor's choice. https://www.twilio.com/docs/usage/webhooks/webhooks-security, and its own helper libraries
 */
function signedAddress(
	_sender: SignedAddress,
	{ body, host, target }: SentRequest,
	offered: string,
	secrets: readonly string[],
): SenderReason {
	const form = new URLSearchParams(body.toString("utf8"));
	const names = [...new Set(form.keys())].toSorted();
	const fields = names.map((name) =>
		[...new Set(form.getAll(name))]
			.toSorted()
			.map((value) => `${name}${value}`)
			.join(""),
	);
	const addresses = [`https://${host}${target}`, `https://${host}:443${target}`];
	const expected = secrets.flatMap((secret) =>
		addresses.map((address) =>
			createHmac("sha1", secret)
				.update(`${address}${fields.join("")}`)
				.digest("base64"),
		),
	);
	return isAnyOf(expected, offered) ? "valid" : "mismatch";
}

/** Only the token is secret: the word before it is in the documentation. */
function shownToken({ prefix }: ShownToken, offered: string, secrets: readonly string[]): SenderReason {
	if (!offered.toLowerCase().startsWith(prefix.toLowerCase())) return "mismatch";
	return isAnyOf(secrets, offered.slice(prefix.length).trim()) ? "valid" : "mismatch";
}
