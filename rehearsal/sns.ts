import { generateKeyPairSync, type KeyPairKeyObjectResult, sign } from "node:crypto";
import type { Route } from "./network.ts";

/** The topic to which other systems' alarms are published in every rehearsal. */
export const alarmTopic = "arn:aws:sns:eu-central-1:111122223333:alarms";

const host = "sns.eu-central-1.amazonaws.com";
const certificatePath = "/SimpleNotificationService-0123456789abcdef.pem";

/** Amazon SNS as a subscriber sees it: signed notifications, and the key that they are proven by. */
export interface SnsEmulator {
	readonly route: Route;
	/** The body of one notification, signed with signature version 2. */
	notification(message: string, subject: string, now: number): string;
}

/** Its keys are made when the first notification is sent. */
export function createSns(): SnsEmulator {
	let keys: KeyPairKeyObjectResult | undefined;
	let sent = 0;
	const keysNow = (): KeyPairKeyObjectResult => {
		keys ??= generateKeyPairSync("rsa", { modulusLength: 2048 });
		return keys;
	};
	return {
		route: {
			host,
			fetch: (request) =>
				new URL(request.url).pathname === certificatePath
					? new Response(String(keysNow().publicKey.export({ type: "spki", format: "pem" })))
					: new Response("not found", { status: 404 }),
		},
		notification: (message, subject, now) => {
			sent += 1;
			const signed = {
				Message: message,
				MessageId: `5c1b1c1e-0000-5000-8000-${String(sent).padStart(12, "0")}`,
				Subject: subject,
				Timestamp: new Date(now).toISOString(),
				TopicArn: alarmTopic,
				Type: "Notification",
			};
			const text = Object.entries(signed)
				.map(([name, value]) => `${name}\n${value}\n`)
				.join("");
			const signature = sign("RSA-SHA256", Buffer.from(text), keysNow().privateKey).toString("base64");
			return JSON.stringify({
				...signed,
				SignatureVersion: "2",
				Signature: signature,
				SigningCertURL: `https://${host}${certificatePath}`,
			});
		},
	};
}
