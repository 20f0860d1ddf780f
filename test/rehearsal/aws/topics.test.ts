import { X509Certificate } from "node:crypto";
import { expect, test } from "vitest";
import { snsTopics, verifySns } from "../../../functions/edges/webhook/sns.ts";
import { selfSigned } from "../../../rehearsal/aws/certificate.ts";
import { createTopics } from "../../../rehearsal/aws/topics.ts";

const topic = "arn:aws:sns:eu-central-1:123456789012:telephony-alarms";
const now = Date.UTC(2026, 0, 5, 8);

function world() {
	const emulator = createTopics({ now: () => now, topicArns: [topic] });
	const asked: string[] = [];
	const topics = snsTopics(async (input) => {
		const request = new Request(input);
		asked.push(new URL(request.url).host);
		return emulator.fetch(request);
	});
	return { emulator, topics, asked };
}

test("a certificate is X.509 that holds its own signature and the key that signs", () => {
	const { certificate, privateKey } = selfSigned("sns.amazonaws.com");
	const read = new X509Certificate(certificate);
	expect(read.subject).toBe("CN=sns.amazonaws.com");
	expect(read.verify(read.publicKey)).toBe(true);
	expect(read.checkPrivateKey(privateKey)).toBe(true);
	expect(new Date(read.validTo).getTime()).toBeGreaterThan(now);
});

test("what a topic sends is believed, and nothing that was changed on the way", async () => {
	const { emulator, topics, asked } = world();
	const message: Readonly<Record<string, string>> = JSON.parse(emulator.notification(topic, "ALARM", "it fails"));
	expect(await verifySns(message, [topic], now, topics)).toBe("valid");
	expect(await verifySns({ ...message, Message: "it is well" }, [topic], now, topics)).toBe("mismatch");
	expect(await verifySns(message, [`${topic}-2`], now, topics)).toBe("topic-not-allowed");
	expect(asked).toEqual(emulator.hosts);
});

test("a subscription counts once it was confirmed with the topic's own token", async () => {
	const { emulator, topics } = world();
	const { Token: token = "", ...message }: Readonly<Record<string, string>> = JSON.parse(emulator.confirmation(topic));
	expect(await verifySns({ ...message, Token: token }, [topic], now, topics)).toBe("valid");
	await expect(topics.confirm(topic, "another")).rejects.toMatchObject({ reason: "unavailable" });
	await expect(topics.confirm(`${topic}-2`, token)).rejects.toMatchObject({ reason: "unavailable" });
	expect(emulator.isConfirmed(topic)).toBe(false);
	await topics.confirm(topic, token);
	expect(emulator.isConfirmed(topic)).toBe(true);
});
