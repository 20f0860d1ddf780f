import { generateKeyPairSync, sign as signWith } from "node:crypto";
import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../functions/edges/memory/ledger.ts";
import type { Ports } from "../../functions/edges/ports.ts";
import type { WebhookSettings } from "../../functions/pipeline/normalize/settings.ts";
import { EdgeError, type Ledger } from "../../functions/pipeline/ports.ts";
import { receive } from "../../functions/pipeline/run.ts";
import { cloudWatchAlarm, prometheusAlert, prometheusGroup } from "./alerts.ts";
import { reading, seconds, settings } from "./pipeline/fixtures.ts";
import { setUp, token } from "./webhookWorld.ts";

const topicArn = "arn:aws:sns:eu-central-1:123456789012:alarms";
const webhook: WebhookSettings = {
	alertmanager: {
		conditionLabel: "condition",
		entityLabel: "trunk",
		entityNameLabel: "trunk_name",
		severityLabel: "severity",
		conditions: {},
		severities: { p1: "critical" },
		entities: { "Frankfurt carrier": { id: "base-1", name: "Frankfurt-1" } },
	},
	cloudwatch: { topicArns: [topicArn], alarms: { "sbc-frankfurt-down": { condition: "trunk-down", entityId: "sbc-frankfurt" } } },
};
const world = (change: Partial<Ports> = {}) => setUp({ settings: { ...settings, webhook }, ...change });
const path = "/webhook/alertmanager";
const bearer = { authorization: `Bearer ${token}` };
const alert = (change: object = {}, labels: object = {}) => prometheusAlert(change, { condition: "trunk-down", ...labels });
const group = (...alerts: readonly unknown[]): string => JSON.stringify(prometheusGroup(alerts));

describe("an alert was confirmed by its own system", () => {
	test("so one that fires opens an incident, its repeat is the same one, and one that is resolved ends it", async () => {
		const { send, told, advance, ports } = world();
		expect(await send(group(alert()), bearer, path)).toEqual({ status: 202, outcome: "taken", count: 1 });
		advance(3600);
		await send(group(alert()), bearer, path);
		advance(1);
		expect(await send(group(alert({ status: "resolved" })), bearer, path)).toEqual({ status: 202, outcome: "taken", count: 1 });
		expect(told.map(({ what }) => what)).toEqual([
			"observed",
			"incident-opened",
			"routed",
			"queued",
			"observed",
			"incident-seen-again",
			"observed",
			"recovered",
		]);
		expect(Object(ports.queue).bodies()).toHaveLength(1);
		const stored = (await ports.ledger.read("inc:1:dev:trunk-down:base-1"))?.value;
		expect(stored).toMatchObject({ severity: "critical", summary: expect.stringContaining("No answer to SIP OPTIONS for 5 minutes") });
	});

	test("its end is told once, so it ends at once also where it flaps", async () => {
		const { send, told, advance } = world();
		for (let outage = 0; outage < 4; outage += 1) {
			await send(group(alert()), bearer, path);
			advance(60);
			await send(group(alert({ status: "resolved" })), bearer, path);
			advance(60);
		}
		expect(told.filter(({ what }) => what === "recovered")).toHaveLength(4);
	});

	test("who opened it ends it: the poll sees nothing and ends nothing, and an alert ends no incident of the poll", async () => {
		const poll = (at: number, verdict: "breach" | "clear") => reading({ source: "poller", verdict, observedAt: seconds(at) });
		const { send, told, ports } = world();
		await send(group(alert()), bearer, path);
		for (const at of [60, 120, 180, 240]) await receive(ports, poll(at, "clear"));
		expect(told.map(({ what }) => what)).not.toContain("recovered");
		await send(group(alert({ status: "resolved" })), bearer, path);
		expect(told.map(({ what }) => what)).toContain("recovered");

		const polled = world();
		for (const at of [0, 60]) await receive(polled.ports, poll(at, "breach"));
		polled.advance(90);
		await polled.send(group(alert({ status: "resolved" })), bearer, path);
		expect(polled.told.map(({ what }) => what)).not.toContain("recovered");
		for (const at of [120, 180, 240]) await receive(polled.ports, poll(at, "clear"));
		expect(polled.told.at(-1)).toMatchObject({ what: "recovered" });
	});

	test("where our words have no place for what it says, its own words stand at the end of the summary", async () => {
		const overflow = { enabled: true, severity: "medium", breachesToOpen: 2, clearsToClose: 3, remediation: "observe" } as const;
		const runbooks = { "queue-overflow": { ...overflow, waitingOver: 1, longestWaitSecondsOver: 1, queues: [] } };
		const { send, told } = world({ settings: { ...settings, webhook, runbooks } });
		await send(group(alert({}, { condition: "queue-overflow" })), bearer, path);
		expect(told.find(({ what }) => what === "incident-opened")?.detail).toBe(
			"Queue Frankfurt-1 overflows: an unknown number waiting (staffing not known): No answer to SIP OPTIONS for 5 minutes",
		);
	});

	test("one request may tell of several entities, each an incident", async () => {
		const { send, ports } = world();
		const other = alert({}, { trunk: "base-2" });
		expect(await send(group(alert(), other), bearer, path)).toEqual({ status: 202, outcome: "taken", count: 2 });
		expect(Object(ports.queue).bodies()).toHaveLength(2);
	});
});

describe("who may tell", () => {
	test.each([
		{ name: "no header", headers: {}, outcome: "missing-authorization" },
		{ name: "another token", headers: { authorization: "Bearer guess" }, outcome: "mismatch" },
		{ name: "another scheme", headers: { authorization: `Basic ${token}` }, outcome: "missing-authorization" },
		{ name: "a wrong signature", headers: { "x-runbooks-signature": "v1=00", "x-runbooks-timestamp": "1" }, outcome: "out-of-window" },
	])("$name: 401, and nothing is read", async ({ headers, outcome }) => {
		const { send, told } = world();
		expect(await send("not even JSON", headers, path)).toMatchObject({ status: 401, outcome });
		expect(told).toEqual([]);
	});

	test("each of the tokens that are valid now, and our own signature, once a request", async () => {
		const { send, post } = world();
		for (const authorization of [bearer.authorization, "bearer the token of tomorrow"])
			expect(await send(group(alert()), { authorization }, path)).toMatchObject({ status: 202 });
		expect(await post(group(alert()), { path })).toMatchObject({ status: 202 });
		expect(await post(group(alert()), { path })).toMatchObject({ status: 200, outcome: "already-taken" });
	});

	test("nobody while no token is configured, not even with an empty one", async () => {
		const { send } = world({ webhookTokens: async () => [""] });
		expect(await send(group(alert()), { authorization: "Bearer " }, path)).toMatchObject({ status: 401, outcome: "no-token" });
	});

	test("a token is no signature of our own document", async () => {
		const { send } = world();
		expect(await send(JSON.stringify(reading()), bearer, "/")).toMatchObject({ status: 401, outcome: "missing-signature" });
	});

	test("a format that the settings do not name is 404", async () => {
		const { send } = setUp();
		expect(await send(group(alert()), bearer, path)).toMatchObject({ status: 404, outcome: "unknown-format" });
	});
});

describe("what is not understood", () => {
	test("400 names the places; what is right is taken all the same, and the system says so itself", async () => {
		const { send, told, ports } = world();
		const answer = await send(group(alert({}, { condition: "s3cret" }), alert()), bearer, path);
		expect(answer).toEqual({
			status: 400,
			outcome: "malformed",
			count: 1,
			detail: "alerts[0].labels.condition: expected one of trunk-down, got another",
		});
		expect(Object(ports.queue).bodies()).toHaveLength(1);
		expect(told.at(-1)).toMatchObject({ what: "alarm", outcome: "alerts-not-understood" });
	});

	test.each(["", "{", "[1"])("no JSON: %j", async (body) => {
		const { send } = world();
		expect(await send(body, bearer, path)).toMatchObject({ status: 400, outcome: "malformed" });
	});

	test("more than 64 KB is 413", async () => {
		const { send } = world();
		expect(await send("x".repeat(65_537), {}, path)).toMatchObject({ status: 413 });
	});
});

test("where one of several cannot be kept the others are, and the sender's repeat completes it", async () => {
	const plain = memoryLedger({ now: () => seconds(0) });
	let broken = true;
	const ledger: Ledger = {
		...plain,
		write: async (key, ...rest) => {
			if (broken && key === "inc:1:dev:trunk-down:base-1")
				throw new EdgeError("unavailable", "expected to write, got 500", { retry: true });
			return plain.write(key, ...rest);
		},
	};
	const { send, ports } = world({ ledger });
	const body = group(alert(), alert({}, { trunk: "base-2" }));
	await expect(send(body, bearer, path)).rejects.toThrow("got 500");
	expect(Object(ports.queue).bodies()).toHaveLength(1);
	broken = false;
	expect(await send(body, bearer, path)).toMatchObject({ status: 202, count: 2 });
	expect(Object(ports.queue).bodies()).toHaveLength(2);
});

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
		const { send, told, advance, asked } = sns();
		expect(await send(signed(cloudWatchAlarm()), {}, at)).toEqual({ status: 202, outcome: "taken", count: 1 });
		advance(120);
		const ok = cloudWatchAlarm({ NewStateValue: "OK", StateChangeTime: "2026-01-05T08:01:00.000+0000" }, { MessageId: "2" });
		expect(await send(signed(ok), {}, at)).toMatchObject({ status: 202 });
		expect(told.map(({ what }) => what)).toEqual(["observed", "incident-opened", "routed", "queued", "observed", "recovered"]);
		expect(new Set(asked)).toEqual(new Set(["https://sns.eu-central-1.amazonaws.com/SimpleNotificationService-0123456789abcdef.pem"]));
	});

	test("a message is taken once, and one that its alarm has overtaken is left out", async () => {
		const { send, told, advance } = sns();
		const ok = signed(cloudWatchAlarm({ NewStateValue: "OK" }, { MessageId: "2" }));
		expect(await send(ok, {}, at)).toMatchObject({ status: 202, count: 1 });
		expect(await send(ok, {}, at)).toMatchObject({ status: 200, outcome: "already-taken" });
		advance(3569);
		expect(await send(ok, {}, at)).toMatchObject({ status: 200, outcome: "already-taken" });
		advance(-3569);
		const late = signed(cloudWatchAlarm({ StateChangeTime: "2026-01-05T07:59:00.000+0000" }, { MessageId: "1" }));
		expect(await send(late, {}, at)).toEqual({ status: 202, outcome: "taken", count: 0 });
		expect(told.filter(({ what }) => what === "incident-opened")).toEqual([]);
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
		const { send, asked, told } = sns();
		expect(await send(body, {}, at)).toMatchObject({ status: 401, outcome });
		expect([asked, told]).toEqual([[], []]);
	});

	test("a message that was changed on its way is 401", async () => {
		const { send, told } = sns();
		const body = signed(cloudWatchAlarm()).replace("Threshold Crossed", "Threshold crossed");
		expect(await send(body, {}, at)).toMatchObject({ status: 401, outcome: "mismatch" });
		expect(told).toEqual([]);
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
