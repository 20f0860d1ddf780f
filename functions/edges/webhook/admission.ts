import { createHash } from "node:crypto";
import type { LambdaFunctionURLEvent } from "aws-lambda";
import { type BaseIssue, getDotPath, safeParse } from "valibot";
import type { Reading } from "../../pipeline/model/incident.ts";
import { longestEntityId } from "../../pipeline/model/keys.ts";
import { cutText } from "../../pipeline/page/text.ts";
import { reading as readingSchema } from "../../schemas/reading.ts";
import type { Ports } from "../ports.ts";
import { propertyText } from "./rawText.ts";
import { signatureHeader, timestampHeader, verify, windowSeconds } from "./signature.ts";

type RefusedStatus = 200 | 400 | 401 | 404 | 413 | 422;

/** A request that brings no reading, and why. */
export interface Refused {
	readonly reading: undefined;
	readonly readings: undefined;
	readonly status: RefusedStatus;
	readonly reason: string;
	readonly detail: string;
}

/** One webhook request as the pipeline sees it: its reading, or why there is none. */
export type Admission = { readonly reading: Reading; readonly remember: () => Promise<void> } | Refused;

/** The largest body in bytes: far more than a reading needs, and little to hash for somebody unknown. */
export const maximumBodyBytes = 64 * 1024;

type WebhookEvent = Pick<LambdaFunctionURLEvent, "headers" | "body" | "isBase64Encoded">;

export const refuse = (status: RefusedStatus, reason: string, detail: string): Refused => ({
	reading: undefined,
	readings: undefined,
	status,
	reason,
	detail,
});

/** Verifies size, signature, window, replay and document, in this order: nobody unsigned learns anything of the document. */
export async function admit(
	ports: Pick<Ports, "settings" | "clock" | "ledger" | "webhookSecrets">,
	event: WebhookEvent,
): Promise<Admission> {
	const body = bodyOf(event);
	if (typeof body !== "string") return body;
	const header = (name: string): string | undefined => event.headers[name.toLowerCase()];
	const signed = { signature: header(signatureHeader), timestamp: header(timestampHeader), body };
	const { valid, reason } = verify(signed, await ports.webhookSecrets(), ports.clock.now());
	if (!valid)
		return refuse(
			401,
			reason,
			`expected ${signatureHeader}: v1=<hex HMAC-SHA256 of "<timestamp>.<raw body>"> and ${timestampHeader} within ${windowSeconds} s of now`,
		);
	const replay = replayKey(`${signed.timestamp}.${body}`);
	if ((await ports.ledger.read(replay)) !== undefined) return refuse(200, "already-taken", "this very request was taken before");
	const parsed = safeParse(readingSchema, parseJson(body));
	if (!parsed.success) return refuse(400, "malformed", problemsOf(parsed.issues));
	const { condition, observedAt } = parsed.output;
	const enabled = Object.entries(ports.settings.runbooks).flatMap(([name, runbook]) => (runbook?.enabled === true ? [name] : []));
	if (!enabled.includes(condition))
		return refuse(
			422,
			"runbook-not-enabled",
			`expected a condition of an enabled runbook (${enabled.join(", ") || "none"}), got ${condition}`,
		);
	const room = longestEntityId(ports.settings.environment, condition);
	if (parsed.output.entity.id.length > room) return refuse(400, "malformed", `entity.id: expected at most ${room} characters`);
	const now = ports.clock.now();
	// A clock that runs ahead must not make the polls of the next minutes look old.
	const reading: Reading = {
		...parsed.output,
		source: "webhook",
		observedAt: Math.min(observedAt, now),
		raw: propertyText(body, "raw") ?? "",
	};
	return { reading, remember: () => remember(ports, replay, now, 2 * windowSeconds) };
}

/** Most of what a sender wrote is not said again. */
const maximumDetail = 2000;
const maximumReceived = 80;

const problemsOf = (issues: readonly BaseIssue<unknown>[]): string => {
	const lines = issues.map((issue) => {
		const expected = issue.expected ?? issue.message;
		return `${getDotPath(issue) ?? "the body"}: expected ${expected}, got ${cutText(issue.received, maximumReceived)}`;
	});
	return cutText(lines.join("; "), maximumDetail);
};

/** The text of a request, or why it is too much of it. */
export function bodyOf(event: WebhookEvent): string | Refused {
	const body = event.isBase64Encoded ? Buffer.from(event.body ?? "", "base64").toString("utf8") : (event.body ?? "");
	const bytes = Buffer.byteLength(body);
	if (bytes <= maximumBodyBytes) return body;
	return refuse(413, "too-large", `expected a body of at most ${maximumBodyBytes} bytes, got ${bytes}`);
}

/** The ledger's key for one request that was taken. */
export const replayKey = (request: string): string => `webhook:1:${createHash("sha256").update(request).digest("hex")}`;

/** Remembers a request that was taken, for as long as it could be repeated: the last second of a window is in it. */
export async function remember({ ledger }: Pick<Ports, "ledger">, key: string, now: number, seconds: number): Promise<void> {
	await ledger.write(key, { takenAt: now }, 0, { exp: now + (seconds + 1) * 1000 });
}

export function parseJson(body: string): unknown {
	try {
		return JSON.parse(body);
	} catch {
		return undefined;
	}
}
