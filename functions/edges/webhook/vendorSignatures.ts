import { createHmac } from "node:crypto";
import type { Sender, ShownToken, SignedBody } from "../../../vendors/inbound.ts";
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
			return signedAddress(request, offered, usable);
		case "token":
			return shownToken(sender, offered, usable);
	}
}

/** All of a request that is signed: what differs in nothing else is the same request, repeated. */
export function signedContent(sender: Sender, request: SentRequest): Buffer {
	switch (sender.scheme) {
		case "hmac-sha256":
			return Buffer.concat([Buffer.from(sender.before.replace("{timestamp}", timestampOf(sender, request))), request.body]);
		case "hmac-sha1-address":
			return Buffer.from(`${request.target}${fieldsOf(request)}`);
		case "token":
			return request.body;
	}
}

const timestampOf = ({ timestamp }: SignedBody, { header }: SentRequest): string =>
	timestamp === undefined ? "" : (header(timestamp.header) ?? "");

function signedBody(sender: SignedBody, request: SentRequest, offered: string, secrets: readonly string[], now: Instant): SenderReason {
	const { timestamp, prefix } = sender;
	if (timestamp !== undefined) {
		const at = timestampOf(sender, request);
		if (!/^\d{1,12}$/.test(at)) return "missing-timestamp";
		if (Math.abs(now - Number(at) * 1000) > timestamp.windowSeconds * 1000) return "out-of-window";
	}
	const content = signedContent(sender, request);
	const expected = secrets.map((secret) => `${prefix}${createHmac("sha256", secret).update(content).digest("hex")}`);
	const matches = offered.split(",").map((each) => isAnyOf(expected, each.trim()));
	return matches.some(Boolean) ? "valid" : "mismatch";
}

/** Whether the address has its port is the vendor's choice. https://www.twilio.com/docs/usage/webhooks/webhooks-security, and its own helper libraries */
function signedAddress(request: SentRequest, offered: string, secrets: readonly string[]): SenderReason {
	const { host, target } = request;
	const fields = fieldsOf(request);
	const contents = [`https://${host}${target}${fields}`, `https://${host}:443${target}${fields}`];
	const expected = secrets.flatMap((secret) => contents.map((content) => createHmac("sha1", secret).update(content).digest("base64")));
	return isAnyOf(expected, offered) ? "valid" : "mismatch";
}

/** The fields of a form, sorted: a name and its value. One that stands there several times counts each of its values once. */
function fieldsOf({ body }: SentRequest): string {
	const form = new URLSearchParams(body.toString("utf8"));
	const valuesOf = (name: string): readonly string[] => [...new Set(form.getAll(name))].toSorted();
	return [...new Set(form.keys())]
		.toSorted()
		.flatMap((name) => valuesOf(name).map((value) => `${name}${value}`))
		.join("");
}

/** Only the token is secret: the word before it is in the documentation. */
function shownToken({ prefix }: ShownToken, offered: string, secrets: readonly string[]): SenderReason {
	if (!offered.toLowerCase().startsWith(prefix.toLowerCase())) return "mismatch";
	return isAnyOf(secrets, offered.slice(prefix.length).trim()) ? "valid" : "mismatch";
}
