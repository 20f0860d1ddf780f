import type { LambdaFunctionURLEvent } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { memoryLedger } from "../../functions/edges/memory/ledger.ts";
import { memoryQueue } from "../../functions/edges/memory/queue.ts";
import type { Ports } from "../../functions/edges/ports.ts";
import { sign } from "../../functions/edges/signature.ts";
import { normalizerHandler } from "../../functions/normalizer.ts";
import type { Reading } from "../../functions/pipeline/incident.ts";
import { EdgeError, type Entry } from "../../functions/pipeline/ports.ts";
import { noRemedies, reading, seconds, settings } from "./pipeline/fixtures.ts";

const secret = "a signing secret of the test";

function setUp() {
	let now = seconds(0);
	const clock = { now: () => now };
	const told: Entry[] = [];
	const ledger = memoryLedger(clock);
	const unused = (): never => {
		throw new EdgeError("misconfigured", "the normalizer has no use for this port", { retry: false });
	};
	const ports: Ports = {
		settings,
		clock,
		deadline: { remainingMilliseconds: () => Number.POSITIVE_INFINITY },
		ledger,
		queue: memoryQueue(clock),
		journal: { tell: (entry) => void told.push(entry) },
		webhookSecrets: async () => ["the secret of tomorrow", secret],
		newId: unused,
		pagers: unused,
		trunks: { trunks: unused },
		edges: { edges: unused },
		contactQueues: { queues: unused },
		workflows: { launch: unused, status: unused },
		remedies: noRemedies,
		remedyActs: { look: unused, act: unused, progress: unused, undo: unused },
		approvals: { link: unused, valid: unused },
	};
	const post = async (
		body: string,
		change: { readonly signature?: string; readonly timestamp?: string; readonly base64?: boolean } = {},
	) => {
		const timestamp = change.timestamp ?? String(now / 1000);
		const headers = { "x-runbooks-signature": change.signature ?? sign(secret, timestamp, body), "x-runbooks-timestamp": timestamp };
		const sent = change.base64 === true ? Buffer.from(body).toString("base64") : body;
		const event = {
			headers,
			body: sent,
			isBase64Encoded: change.base64 === true,
		} as Partial<LambdaFunctionURLEvent> as LambdaFunctionURLEvent;
		const result = await normalizerHandler(ports)(event);
		const { statusCode, body: answer } = Object(result);
		return { status: statusCode, ...JSON.parse(answer) };
	};
	return { ports, told, post, advance: (by: number) => (now += by * 1000) };
}

const document = (change: Partial<Reading> = {}): string => JSON.stringify(reading({ source: "webhook", ...change }));

describe("the webhook", () => {
	test("takes a signed reading as one look: two of them a minute apart open one incident and queue it once", async () => {
		const { post, advance, told, ports } = setUp();
		expect(await post(document())).toEqual({ status: 202, outcome: "taken" });
		advance(60);
		expect(await post(document({ observedAt: seconds(60) }), { base64: true })).toEqual({ status: 202, outcome: "taken" });
		expect(told.map(({ what }) => what)).toEqual(["observed", "observed", "incident-opened", "queued"]);
		expect(Object(ports.queue).bodies()).toHaveLength(1);
	});

	test("takes the very same request once", async () => {
		const { post, told } = setUp();
		await post(document());
		expect(await post(document())).toMatchObject({ status: 200, outcome: "already-taken" });
		expect(told).toHaveLength(1);
	});

	test.each([
		{ name: "a wrong signature", change: { signature: "v1=00" }, outcome: "mismatch" },
		{ name: "no signature", change: { signature: "" }, outcome: "missing-signature" },
		{ name: "an old timestamp", change: { timestamp: String(seconds(-301) / 1000) }, outcome: "out-of-window" },
		{ name: "a timestamp that is none", change: { timestamp: "now" }, outcome: "malformed-timestamp" },
	])("answers 401 to $name, says why, and reads nothing", async ({ change, outcome }) => {
		const { post, told } = setUp();
		expect(await post("not even JSON", change)).toMatchObject({ status: 401, outcome });
		expect(told).toEqual([]);
	});

	test.each([
		{ name: "no JSON", body: "{", says: /expected|Invalid/ },
		{ name: "an unknown condition", body: JSON.stringify({ ...reading(), condition: "coffee-cold" }), says: /condition/ },
		{
			name: "an entity that no key can hold",
			body: JSON.stringify({ ...reading(), entity: { id: "a b", name: "x" } }),
			says: /entity\.id/,
		},
	])("answers 400 to $name, with the place", async ({ body, says }) => {
		const { post } = setUp();
		const answer = await post(body);
		expect(answer).toMatchObject({ status: 400, outcome: "malformed" });
		expect(answer.detail).toMatch(says);
	});

	test("answers 422 to a condition that no webhook may report", async () => {
		const { post } = setUp();
		expect(await post(document({ condition: "platform-unreachable" }))).toMatchObject({ status: 422, outcome: "runbook-not-enabled" });
	});

	test("a sender whose clock runs ahead does not make the polls of the next minutes look old", async () => {
		const { post, told, advance, ports } = setUp();
		await post(document({ observedAt: seconds(240) }));
		advance(60);
		await post(document({ observedAt: seconds(60) }));
		expect(told.map(({ detail }) => detail?.split(", ")[1])).toEqual(["breach-counted", "breach-streak-reached", undefined, undefined]);
		expect(Object(ports.queue).bodies()).toHaveLength(1);
	});
});
