import { createPublicKey, verify as verifySignature } from "node:crypto";
import type { Instant } from "../../pipeline/model/incident.ts";
import { momentOf, textAt } from "../../pipeline/normalize/fields.ts";
import { regionOfTopic } from "../../pipeline/normalize/topicArn.ts";
import { failure, type TimedFetch } from "../http/http.ts";
import { timeoutSeconds } from "../timeouts.ts";
import { realTimers } from "../timers.ts";

/** What is asked of Amazon SNS, and of nobody else. */
export interface Topics {
	/** The signing certificate at an address of SNS itself. Throws EdgeError. */
	certificate(url: string): Promise<string>;
	/** Confirms the subscription to a topic. Throws EdgeError. */
	confirm(topicArn: string, token: string): Promise<void>;
}

export type SnsReason =
	| "valid"
	| "not-an-sns-message"
	| "topic-not-allowed"
	| "old-signature-version"
	| "out-of-window"
	| "certificate-not-of-sns"
	| "mismatch";

/** SNS repeats a message for less than an hour, under its first timestamp. */
export const snsWindowSeconds = 3600;

const system = "Amazon SNS";
/** `sns.<region>.amazonaws.com` of the topic's own region; undefined for a text that is no ARN of a topic. */
function hostOf(arn: string): string | undefined {
	const region = regionOfTopic(arn);
	return region && `sns.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
}

/**
 * Why a message is believed to come from an allowed topic, or not, by the vendor's rules
 * (https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html). Anybody may have a topic whose messages SNS signs: the topic is looked at
 * first. The certificate is asked of the SNS of the topic's own region only. Signature version 1 rests on SHA-1 and is refused.
 */
export async function verifySns(
	message: unknown,
	allowed: readonly string[],
	now: Instant,
	topics: Pick<Topics, "certificate">,
): Promise<SnsReason> {
	const arn = textAt(message, "TopicArn");
	const text = textToSign(message);
	const [url, signature] = [textAt(message, "SigningCertURL"), textAt(message, "Signature")];
	if (arn === undefined || text === undefined || url === undefined || signature === undefined) return "not-an-sns-message";
	if (!allowed.includes(arn)) return "topic-not-allowed";
	if (textAt(message, "SignatureVersion") !== "2") return "old-signature-version";
	const sentAt = momentOf(textAt(message, "Timestamp")) ?? 0;
	if (Math.abs(now - sentAt) > snsWindowSeconds * 1000) return "out-of-window";
	if (!isCertificateOf(url, arn)) return "certificate-not-of-sns";
	return isSignedBy(await topics.certificate(url), text, signature) ? "valid" : "mismatch";
}

function isCertificateOf(url: string, arn: string): boolean {
	const parsed = URL.parse(url);
	const isPlain = parsed?.protocol === "https:" && parsed.port === "" && parsed.username === "" && parsed.search === "";
	return isPlain && parsed.host === hostOf(arn) && /^\/SimpleNotificationService-[A-Za-z0-9]{1,64}\.pem$/.test(parsed.pathname);
}

const signedFields: Readonly<Record<string, readonly string[]>> = {
	Notification: ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"],
	SubscriptionConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
	UnsubscribeConfirmation: ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"],
};

/** Names and values, each on a line of its own; a notification without a subject has no line for it. */
function textToSign(message: unknown): string | undefined {
	const type = textAt(message, "Type") ?? "";
	const fields = Object.hasOwn(signedFields, type) ? signedFields[type] : undefined;
	const lines = fields?.map((name) => [name, textAt(message, name)] as const);
	if (lines === undefined || lines.some(([name, value]) => value === undefined && name !== "Subject")) return undefined;
	return lines.flatMap(([name, value]) => (value === undefined ? [] : [`${name}\n${value}\n`])).join("");
}

function isSignedBy(certificate: string, text: string, signature: string): boolean {
	try {
		return verifySignature("RSA-SHA256", Buffer.from(text), createPublicKey(certificate), Buffer.from(signature, "base64"));
	} catch {
		return false;
	}
}

const longestCertificate = 16 * 1024;

/** Asks Amazon SNS over HTTPS. A certificate is asked for once: its address names it, and the next one has another. */
export function snsTopics(fetch: TimedFetch): Topics {
	const certificates = new Map<string, string>();
	return {
		certificate: async (url) => {
			const known = certificates.get(url);
			if (known !== undefined) return known;
			const text = await get(fetch, url, "its certificate");
			if (text.length > longestCertificate) throw failure("malformed", `${system}: expected a certificate, got something longer`);
			// Of an earlier one nobody asks again.
			certificates.clear();
			certificates.set(url, text);
			return text;
		},
		confirm: async (arn, token) => {
			const host = hostOf(arn);
			if (host === undefined) throw failure("misconfigured", `${system}: expected the ARN of a topic, got something else`);
			const query = new URLSearchParams({ Action: "ConfirmSubscription", TopicArn: arn, Token: token, Version: "2010-03-31" });
			// The address in the message is not asked: this one leads to SNS whatever the message says.
			await get(fetch, `https://${host}/?${query}`, "a confirmation");
		},
	};
}

async function get(fetch: TimedFetch, url: string, what: string): Promise<string> {
	const signal = (fetch.signalAfter ?? realTimers.signalAfter)(timeoutSeconds.vendor * 1000);
	let response: Response;
	let text: string;
	try {
		response = await fetch(url, { signal, redirect: "manual" });
		text = await response.text();
	} catch {
		throw failure("unreachable", `${system}: expected an answer to a request for ${what}, got none`);
	}
	if (response.status !== 200) throw failure("unavailable", `${system}: expected 200 to a request for ${what}, got ${response.status}`);
	return text;
}
