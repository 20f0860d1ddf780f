import { createHash, sign } from "node:crypto";
import { type Signer, selfSigned } from "./certificate.ts";

/** Amazon SNS as far as a subscriber by HTTPS sees it: it asks for a confirmation first, and signs what it sends. */
export interface Topics {
	readonly hosts: readonly string[];
	readonly fetch: (request: Request) => Response;
	/** Whether the subscription to a topic was confirmed. */
	isConfirmed(topicArn: string): boolean;
	/** The message with which a topic asks for a confirmation. */
	confirmation(topicArn: string): string;
	/** The message that brings a text. */
	notification(topicArn: string, subject: string, text: string): string;
}

export interface TopicsOptions {
	readonly now: () => number;
	/** The topics that exist. */
	readonly topicArns: readonly string[];
}

type Fields = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html: what is signed, in this order. */
const signed = ["Message", "MessageId", "SubscribeURL", "Subject", "Timestamp", "Token", "TopicArn", "Type"];

const regionOf = (topicArn: string): string => topicArn.split(":")[3] ?? "";
const hostOf = (topicArn: string): string => {
	const region = regionOf(topicArn);
	return `sns.${region}.amazonaws.com${region.startsWith("cn-") ? ".cn" : ""}`;
};

/** Text that looks random and is the same in every rehearsal. */
const token = (of: string): string => createHash("sha256").update(of).digest("hex");
const certificatePath = `/SimpleNotificationService-${token("certificate").slice(0, 32)}.pem`;

export function createTopics({ now, topicArns }: TopicsOptions): Topics {
	const confirmed = new Set<string>();
	let signer: Signer | undefined;
	let sent = 0;
	// A key costs more than most rehearsals have use for.
	const key = (): Signer => {
		signer ??= selfSigned("sns.amazonaws.com");
		return signer;
	};
	const message = (topicArn: string, fields: Fields): string => {
		sent += 1;
		const id = token(`message ${sent}`);
		const MessageId = [id.slice(0, 8), id.slice(8, 12), id.slice(12, 16), id.slice(16, 20), id.slice(20, 32)].join("-");
		const full: Fields = { ...fields, MessageId, TopicArn: topicArn, Timestamp: new Date(now()).toISOString() };
		const text = signed.flatMap((name) => (full[name] === undefined ? [] : [`${name}\n${full[name]}\n`])).join("");
		const Signature = sign("RSA-SHA256", Buffer.from(text), key().privateKey).toString("base64");
		return JSON.stringify({ ...full, SignatureVersion: "2", Signature, SigningCertURL: `https://${hostOf(topicArn)}${certificatePath}` });
	};
	return {
		hosts: [...new Set(topicArns.map(hostOf))],
		fetch: (request) => {
			const { pathname, searchParams: query, host } = new URL(request.url);
			if (pathname === certificatePath) return new Response(key().certificate);
			const arn = topicArns.find((each) => each === query.get("TopicArn") && hostOf(each) === host);
			if (query.get("Action") !== "ConfirmSubscription" || arn === undefined || query.get("Token") !== token(arn))
				return new Response("<ErrorResponse/>", { status: 400 });
			confirmed.add(arn);
			return new Response("<ConfirmSubscriptionResponse/>");
		},
		isConfirmed: (topicArn) => confirmed.has(topicArn),
		confirmation: (topicArn) => {
			const query = new URLSearchParams({ Action: "ConfirmSubscription", TopicArn: topicArn, Token: token(topicArn) });
			return message(topicArn, {
				Type: "SubscriptionConfirmation",
				Message: `You have chosen to subscribe to the topic ${topicArn}.`,
				SubscribeURL: `https://${hostOf(topicArn)}/?${query}`,
				Token: token(topicArn),
			});
		},
		notification: (topicArn, Subject, Message) => message(topicArn, { Type: "Notification", Subject, Message }),
	};
}
