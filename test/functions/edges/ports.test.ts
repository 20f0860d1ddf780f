import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../../functions/edges/memory/ledger.ts";
import { memoryQueue } from "../../../functions/edges/memory/queue.ts";
import { memorySecrets } from "../../../functions/edges/memory/secrets.ts";
import { realTimers } from "../../../functions/edges/timers.ts";
import type { Entry, PageOrder } from "../../../functions/pipeline/ports.ts";
import type { Channel } from "../../../functions/pipeline/settings.ts";
import { buildPorts, type PortSources } from "../../../rehearsal/aws/everyPort.ts";
import { standingClock } from "./aws/ledgerContract.ts";
import { exampleSettings } from "./runtimeSettings.ts";

const arn = (name: string) => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:runbooks-dev/${name}-AbCdEf`;
const pagerDuty: Channel = { kind: "pagerduty", name: "pagerduty", service: "second-line", serviceId: "PSECOND" };
const sms: Channel = { kind: "sms", name: "sms", to: "+15555550101" };

/** Sources over the twins; `asked` collects what was asked for, and every HTTP request is refused. */
function sources(env: Record<string, string>, secrets: Record<string, unknown> = {}) {
	const clock = standingClock();
	const asked: string[] = [];
	const idsOf = (name: string) => [arn(name), `runbooks-dev/${name}`];
	const texts = new Map(
		Object.entries(secrets).flatMap(([name, document]) => idsOf(name).map((id) => [id, JSON.stringify(document)] as const)),
	);
	const readSecret = memorySecrets(texts, clock);
	const made: PortSources = {
		env,
		settings: exampleSettings(),
		clock,
		timers: realTimers,
		silent: () => new Set<string>(),
		deadline: { remainingMilliseconds: () => Number.POSITIVE_INFINITY },
		fetch: async (input) => {
			asked.push(`fetch ${new URL(input instanceof Request ? input.url : input).host}`);
			throw new TypeError("fetch failed");
		},
		ledger: ({ environment }) => {
			asked.push(`table ${environment.tableName()}`);
			return memoryLedger(clock);
		},
		queue: (queueUrl) => {
			asked.push(`queue ${queueUrl}`);
			return memoryQueue(clock);
		},
		readSecret: (id) => {
			asked.push(`secret ${id}`);
			return readSecret(id);
		},
		journal: { log: () => {} },
		newId: () => "launch-1",
		invoke: async (functionName) => {
			asked.push(`function ${functionName}`);
			return {};
		},
		automation: () => {
			asked.push("automation");
			return { start: async () => "execution-1", status: async () => "Success" };
		},
		identity: () => {
			asked.push("identity");
			return { accessKeyId: "ASIAPLANTED", secretAccessKey: "PLANTED-secret" };
		},
	};
	return { made, asked };
}

const order = (channel: Channel): PageOrder => ({
	channel,
	dedupKey: "inc:1:dev:trunk-down:a:1:1",
	severity: "high",
	summary: "SIP trunk Frankfurt-1 is down",
	title: "SIP trunk down",
	body: "SIP trunk down",
	source: "Frankfurt-1",
	details: {},
	intendedAt: 0,
});

describe("the ports of a function", () => {
	test("are made when they are first used, and once", () => {
		const { made, asked } = sources({ TABLE_NAME: "runbooks-dev-incidents", QUEUE_URL: "https://sqs.test/1/dispatch" });
		const ports = buildPorts(made);
		expect(asked).toEqual([]);
		expect(ports.ledger).toBe(ports.ledger);
		expect(ports.queue).toBe(ports.queue);
		expect(asked).toEqual(["table runbooks-dev-incidents", "queue https://sqs.test/1/dispatch"]);
	});

	test("fail where they are used when their variable is missing", async () => {
		const ports = buildPorts(sources({ TABLE_NAME: "runbooks-dev-incidents" }).made);
		expect(() => ports.queue).toThrow("environment: QUEUE_URL: expected the URL of an SQS queue, got nothing");
		await expect(ports.webhookSecrets()).rejects.toThrow("environment: SECRET_WEBHOOK: expected the ARN of a secret, got nothing");
		await expect(ports.trunks.trunks()).rejects.toThrow("environment: SECRET_GENESYS_DETECTOR: expected the ARN of a secret, got nothing");
		await expect(ports.workflows.status("x")).rejects.toThrow(
			"environment: SECRET_GENESYS_LAUNCHER: expected the ARN of a secret, got nothing",
		);
		await expect(ports.pagers(sms).send(order(sms))).rejects.toThrow(
			"environment: VENDOR_SECRETS: expected the beginning of the names of secrets, got nothing",
		);
	});

	test("use the secret and the host that are theirs", async () => {
		const env = {
			TABLE_NAME: "runbooks-dev-incidents",
			VENDOR_SECRETS: "runbooks-dev/",
			SECRET_GENESYS_DETECTOR: arn("genesys-detector"),
		};
		const secrets = {
			"pagerduty-second-line": { routingKey: "r".repeat(32), apiToken: "t" },
			"genesys-detector": { clientId: "c", clientSecret: "s" },
		};
		const { made, asked } = sources(env, secrets);
		const ports = buildPorts(made);
		await expect(ports.pagers(pagerDuty).send(order(pagerDuty))).rejects.toMatchObject({ reason: "unreachable" });
		await expect(ports.trunks.trunks()).rejects.toMatchObject({ reason: "unreachable" });
		expect(asked.filter((line) => !line.startsWith("table"))).toEqual([
			"secret runbooks-dev/pagerduty-second-line",
			"fetch events.pagerduty.com",
			`secret ${arn("genesys-detector")}`,
			"fetch login.mypurecloud.de",
		]);
	});

	test("keep one pager for each PagerDuty service and one for all numbers", () => {
		const ports = buildPorts(sources({ TABLE_NAME: "runbooks-dev-incidents" }).made);
		expect(ports.pagers(pagerDuty)).toBe(ports.pagers({ ...pagerDuty, name: "again" }));
		expect(ports.pagers(pagerDuty)).not.toBe(ports.pagers({ ...pagerDuty, service: "primary" }));
		expect(ports.pagers(sms)).toBe(ports.pagers({ ...sms, to: "+15550222" }));
	});

	test("refuse an SMS where Twilio is not set up", () => {
		const { made } = sources({ TABLE_NAME: "runbooks-dev-incidents" });
		const { twilio: _, ...settings } = exampleSettings();
		expect(() => buildPorts({ ...made, settings }).pagers(sms)).toThrow("channel sms: expected the setting twilio, got nothing");
	});

	test("give the secrets of a vendor that is heard, by its path, and none where nobody is", async () => {
		const env = { SECRET_VENDOR_WEBHOOKS: arn("vendor-webhooks") };
		const { made, asked } = sources(env, { "vendor-webhooks": { "pagerduty/primary": ["new", "old"] } });
		const { vendorWebhookSecrets } = buildPorts(made);
		expect(await vendorWebhookSecrets("pagerduty/primary")).toEqual(["new", "old"]);
		for (const path of ["pagerduty/secondary", "constructor", "__proto__", ""]) expect(await vendorWebhookSecrets(path)).toEqual([]);
		expect(new Set(asked)).toEqual(new Set([`secret ${arn("vendor-webhooks")}`]));
		const none = sources({});
		expect(await buildPorts(none.made).vendorWebhookSecrets("pagerduty/primary")).toEqual([]);
		expect(none.asked).toEqual([]);
	});

	test("call the dead-man's switch of a function that has one, and of no other", async () => {
		const { made, asked } = sources({ SECRET_HEARTBEAT: arn("heartbeat") }, { heartbeat: { url: "https://heartbeat.example/ping" } });
		await buildPorts(made).heartbeat();
		expect(asked).toEqual([`secret ${arn("heartbeat")}`, "fetch heartbeat.example"]);
		const none = sources({});
		await buildPorts(none.made).heartbeat();
		expect(none.asked).toEqual([]);
	});

	test.each(["http://heartbeat.example/ping", "heartbeat.example", ""])("call none at %o: the address is one of HTTPS", async (url) => {
		const { made, asked } = sources({ SECRET_HEARTBEAT: arn("heartbeat") }, { heartbeat: { url } });
		const told: Entry[] = [];
		await buildPorts({ ...made, journal: { log: (entry) => void told.push(entry) } }).heartbeat();
		expect(asked).toEqual([`secret ${arn("heartbeat")}`]);
		expect(told).toEqual([{ what: "heartbeat" }, expect.objectContaining({ what: "heartbeat-unsent", outcome: "misconfigured" })]);
	});

	test("give every signing secret that is valid now", async () => {
		const { made } = sources({ SECRET_WEBHOOK: arn("webhook") }, { webhook: { signingSecrets: ["new", "old"] } });
		expect(await buildPorts(made).webhookSecrets()).toEqual(["new", "old"]);
	});

	test("refuse a secret of another shape, naming what is wrong and no value", async () => {
		const { made } = sources({ SECRET_WEBHOOK: arn("webhook") }, { webhook: { signingSecrets: "s3cret" } });
		const read = buildPorts(made).webhookSecrets();
		await expect(read).rejects.toMatchObject({
			name: "EdgeError",
			reason: "misconfigured",
			retry: false,
			message: `secret ${arn("webhook")}: expected the document of webhook, got problems at signingSecrets (invalid_type)`,
		});
	});
});
