import type { LambdaFunctionURLEvent } from "aws-lambda";
import { memoryLedger } from "../../functions/edges/memory/ledger.ts";
import { memoryQueue } from "../../functions/edges/memory/queue.ts";
import type { Ports } from "../../functions/edges/ports.ts";
import { sign } from "../../functions/edges/webhook/signature.ts";
import { normalizerHandler } from "../../functions/normalizer.ts";
import { EdgeError, type Entry } from "../../functions/pipeline/ports.ts";
import { noRemedies, plainLinks, seconds, settings } from "./pipeline/fixtures.ts";

/** Signs what is posted, unless the test says otherwise. */
const secret = "a signing secret of the test";

export const token = "a bearer token of the test";

/** The normalizer over ports in memory, and a sender. */
export function setUp(change: Partial<Ports> = {}) {
	let now = seconds(0);
	const clock = { now: () => now };
	const logged: Entry[] = [];
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
		journal: { log: (entry) => void logged.push(entry) },
		webhookSecrets: async () => ["the secret of tomorrow", secret],
		webhookTokens: async () => ["the token of tomorrow", token],
		vendorWebhookSecrets: async () => [],
		topics: { certificate: unused, confirm: unused },
		heartbeat: unused,
		newId: unused,
		pagers: unused,
		incidentTable: { rows: unused, add: unused, replace: unused, remove: unused },
		trunks: { trunks: unused },
		edges: { edges: unused },
		contactQueues: { queues: unused },
		workflows: { launch: unused, status: unused },
		remedies: noRemedies,
		credentials: { check: unused },
		remedyActs: { inspect: unused, act: unused, progress: unused, undo: unused },
		approvals: { link: unused, valid: unused },
		approvalSeals: unused,
		acknowledgeLinks: plainLinks,
		...change,
	};
	const send = async (body: string, headers: Readonly<Record<string, string>>, rawPath: string, base64 = false) => {
		const sent = base64 ? Buffer.from(body).toString("base64") : body;
		const asked = { headers, body: sent, rawPath, isBase64Encoded: base64, requestContext: { http: { method: "POST" } } };
		const event = asked as Partial<LambdaFunctionURLEvent> as LambdaFunctionURLEvent;
		const result = await normalizerHandler(ports)(event);
		const { statusCode, body: answer } = Object(result);
		return { status: statusCode, ...JSON.parse(answer) };
	};
	const post = async (
		body: string,
		change: { readonly signature?: string; readonly timestamp?: string; readonly base64?: boolean; readonly path?: string } = {},
	) => {
		const timestamp = change.timestamp ?? String(now / 1000);
		const headers = { "x-runbooks-signature": change.signature ?? sign(secret, timestamp, body), "x-runbooks-timestamp": timestamp };
		return send(body, headers, change.path ?? "/", change.base64);
	};
	return { ports, logged, post, send, advance: (by: number) => (now += by * 1000) };
}
