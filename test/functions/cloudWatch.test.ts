import { generateKeyPairSync, sign as signWith } from "node:crypto";
import { describe, expect, test } from "vitest";
import { cloudWatchAlarm } from "./alerts.ts";
import { topicArn, world } from "./alertWorld.ts";

describe("CloudWatch by Amazon SNS", () => {
	const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
	const certificate = publicKey.export({ type: "spki", format: "pem" }).toString();
	const notification = ["Message", "MessageId", "Subject", "Timestamp", "TopicArn", "Type"];
	const confirmation = ["Message", "MessageId", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"];

	/** As SNS signs it. */
	const signed = (message: object, fields = notification): string => {
		const values: Readonly<Record<string, unknown>> = { ...message };
		const text = fields.flatMap((name) => (values[name] === undefined ? [] : [`${name}\n${values[name]}\n`])).join("");
		return JSON.stringify({ ...message, Signature: signWith("RSA-SHA256", Buffer.from(text), privateKey).toString("base64") });
	};
	const sns = () => {
		const asked: string[] = [];
		const topics = {
			certificate: async (url: string) => {
				asked.push(url);
				return certificate;
			},
			confirm: async (...given: readonly string[]) => void asked.push(given.join(" ")),
		};
		return { ...world({ topics }), asked };
	};
	const at = "/webhook/cloudwatch";

	test("an alarm opens an incident, and OK ends it", async () => {
		const { send, logged, advance, asked } = sns();
		expect(await send(signed(cloudWatchAlarm()), {}, at)).toEqual({ status: 202, outcome: "taken", count: 1 });
		advance(120);
		const ok = cloudWatchAlarm({ NewStateValue: "OK", StateChangeTime: "2026-01-05T08:01:00.000+0000" }, { MessageId: "2" });
		expect(await send(signed(ok), {}, at)).toMatchObject({ status: 202 });
		expect(logged.map(({ what }) => what)).toEqual(["observed", "incident-opened", "routed", "queued", "observed", "recovered"]);
		expect(new Set(asked)).toEqual(new Set(["https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"]));
	});

	test("a message is taken once, and one that its alarm has overtaken is left out", async () => {
		const { send, logged, advance } = sns();
		const ok = signed(cloudWatchAlarm({ NewStateValue: "OK" }, { MessageId: "2" }));
		expect(await send(ok, {}, at)).toMatchObject({ status: 202, count: 1 });
		expect(await send(ok, {}, at)).toMatchObject({ status: 200, outcome: "already-taken" });
		advance(3569);
		expect(await send(ok, {}, at)).toMatchObject({ status: 200, outcome: "already-taken" });
		advance(-3569);
		const late = signed(cloudWatchAlarm({ StateChangeTime: "2026-01-05T07:59:00.000+0000" }, { MessageId: "1" }));
		expect(await send(late, {}, at)).toEqual({ status: 202, outcome: "older-than-known", count: 0 });
		expect(logged.filter(({ what }) => what === "incident-opened")).toEqual([]);
	});

	test("an alarm that fires is news also where another alarm of the entity changed after it", async () => {
		const { send, logged } = sns();
		const cleared = { AlarmName: "sbc-frankfurt-deaf", NewStateValue: "OK", StateChangeTime: "2026-01-05T07:59:40.000+0000" };
		await send(signed(cloudWatchAlarm(cleared, { MessageId: "2" })), {}, at);
		expect(await send(signed(cloudWatchAlarm()), {}, at)).toEqual({ status: 202, outcome: "taken", count: 1 });
		expect(logged.map(({ what }) => what)).toContain("incident-opened");
	});

	const other = "arn:aws:sns:eu-central-1:999999999999:alarms";
	const host = (name: string) => `https://${name}/SimpleNotificationService-0123456789abcdef.pem`;
	test.each([
		{ name: "no message of SNS", body: "{}", outcome: "not-an-sns-message" },
		{ name: "somebody else's topic", body: signed(cloudWatchAlarm({}, { TopicArn: other })), outcome: "topic-not-allowed" },
		{ name: "a signature by SHA-1", body: signed(cloudWatchAlarm({}, { SignatureVersion: "1" })), outcome: "old-signature-version" },
		{ name: "an old message", body: signed(cloudWatchAlarm({}, { Timestamp: "2026-01-05T06:59:00.000Z" })), outcome: "out-of-window" },
		...[
			"sns.eu-central-1.amazonaws.com.evil.example",
			"evil.example",
			"sns.eu-west-1.amazonaws.com",
			"user@sns.eu-central-1.amazonaws.com",
			"sns.eu-central-1.amazonaws.com:8443",
		].map((name) => ({
			name: `a certificate of ${name}`,
			body: signed(cloudWatchAlarm({}, { SigningCertURL: host(name) })),
			outcome: "certificate-not-of-sns",
		})),
		{
			name: "a certificate of a bucket",
			body: signed(cloudWatchAlarm({}, { SigningCertURL: "https://sns.eu-central-1.amazonaws.com/../bucket/x.pem" })),
			outcome: "certificate-not-of-sns",
		},
	])("$name is 401, and nobody is asked for anything", async ({ body, outcome }) => {
		const { send, asked, logged } = sns();
		expect(await send(body, {}, at)).toMatchObject({ status: 401, outcome });
		expect([asked, logged]).toEqual([[], []]);
	});

	test("a message that was changed on its way is 401", async () => {
		const { send, logged } = sns();
		const body = signed(cloudWatchAlarm()).replace("Threshold Crossed", "Threshold crossed");
		expect(await send(body, {}, at)).toMatchObject({ status: 401, outcome: "mismatch" });
		expect(logged).toEqual([]);
	});

	test("the subscription of an allowed topic is confirmed, by its ARN and never by the address in the message", async () => {
		const subscription = {
			...cloudWatchAlarm({}, { Type: "SubscriptionConfirmation", Message: "You have chosen to subscribe." }),
			Subject: undefined,
			Token: "2336412f",
			SubscribeURL: "https://evil.example/",
		};
		const { send, asked } = sns();
		expect(await send(signed(subscription, confirmation), {}, at)).toMatchObject({ status: 200, outcome: "subscription-confirmed" });
		expect(asked).toEqual([expect.stringContaining("SimpleNotificationService"), `${topicArn} 2336412f`]);
		const foreign = sns();
		expect(await foreign.send(signed({ ...subscription, TopicArn: other }, confirmation), {}, at)).toMatchObject({ status: 401 });
		expect(foreign.asked).toEqual([]);
	});
});
