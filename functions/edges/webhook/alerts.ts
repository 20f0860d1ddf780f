import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import type { Reading } from "../../pipeline/model/incident.ts";
import { type AlertFormat, readingsOf } from "../../pipeline/normalize/alert.ts";
import { textAt } from "../../pipeline/normalize/fields.ts";
import { formatsOf } from "../../pipeline/normalize/formats.ts";
import type { LeftOut } from "../../pipeline/normalize/heard.ts";
import { cutText } from "../../pipeline/page/text.ts";
import type { Ports } from "../ports.ts";
import { bodyOf, parseJson, type Refused, refuse, remember, replayKey } from "./admission.ts";
import { verifyBearer } from "./bearer.ts";
import { heardAlerts } from "./heard.ts";
import { signatureHeader, timestampHeader, verify, windowSeconds } from "./signature.ts";
import { snsWindowSeconds, verifySns } from "./sns.ts";

/** Alerts of another system as the pipeline sees them: their readings and what was wrong with the rest, or why there are none. */
type AlertAdmission =
	| {
			readonly readings: readonly Reading[];
			readonly problems: readonly string[];
			/** Why nothing was taken, where all was right and left out. */
			readonly left: LeftOut | undefined;
			readonly remember: () => Promise<void>;
	  }
	| Refused;

/** What the function URL says to a program. */
interface Told {
	readonly status: number;
	readonly outcome: string;
	readonly count?: number;
	readonly detail?: string;
}

/** The outcome as JSON. */
export const answer = ({ status, ...body }: Told): LambdaFunctionURLResult => ({
	statusCode: status,
	headers: { "content-type": "application/json" },
	body: JSON.stringify(body),
});

/** All that an answer says of what was expected. */
const maximumDetail = 2000;

/** Takes what is right, whatever else is wrong: 202 only when nothing is. Throws EdgeError where something could not be taken: the sender repeats it. */
export async function answerAlerts(
	ports: AlertPorts,
	event: AlertEvent,
	take: (readings: readonly Reading[]) => Promise<void>,
): Promise<Told> {
	const admission = await admitAlerts(ports, event);
	if (admission.readings === undefined) return { status: admission.status, outcome: admission.reason, detail: admission.detail };
	const { readings, problems, left = "taken" } = admission;
	await take(readings);
	await admission.remember();
	if (problems.length === 0) return { status: 202, outcome: readings.length === 0 ? left : "taken", count: readings.length };
	const detail = cutText(problems.join("; "), maximumDetail);
	ports.journal.log({ what: "error", outcome: "alerts-not-understood", detail });
	return { status: 400, outcome: "malformed", count: readings.length, detail };
}

type AlertPorts = Pick<Ports, "settings" | "clock" | "journal" | "ledger" | "webhookSecrets" | "webhookTokens" | "topics">;
type AlertEvent = Pick<LambdaFunctionURLEvent, "headers" | "body" | "isBase64Encoded" | "rawPath">;

const alertPath = /^\/webhook\/([^/]+)\/?$/;

/** Whether a request to the function URL brings another system's alerts. */
export const isAlertRequest = ({ rawPath }: Pick<LambdaFunctionURLEvent, "rawPath">): boolean => alertPath.test(rawPath ?? "");

interface Sender {
	readonly refused?: Refused;
	/** What a repeat of this very request has in common with it, where somebody else could repeat it. */
	readonly replay?: { readonly key: string; readonly seconds: number };
}

/** Verifies size, format, sender, replay and document, in this order. What is older than what its system told before is left out. */
async function admitAlerts(ports: AlertPorts, event: AlertEvent): Promise<AlertAdmission> {
	const body = bodyOf(event);
	if (typeof body !== "string") return body;
	const name = alertPath.exec(event.rawPath)?.[1] ?? "";
	const format = formatsOf(ports.settings.webhook).get(name);
	if (format === undefined) return refuse(404, "unknown-format", "expected /webhook/<format>, with a format that the settings enable");
	const document = parseJson(body);
	const { refused, replay } = format.sender === "sns" ? await snsSender(ports, format, document) : await ownSender(ports, event, body);
	if (refused !== undefined) return refused;
	if (replay !== undefined && (await ports.ledger.read(replay.key)) !== undefined)
		return refuse(200, "already-taken", "this very request was taken before");
	if (document === undefined) return refuse(400, "malformed", "expected a body of JSON, got something else");
	const now = ports.clock.now();
	const { readings, problems } = readingsOf(format.read(document), format.words, ports.settings, now);
	// A clock that runs ahead must not make what comes next look old.
	const dated = readings.map((each) => ({ ...each, changedAt: each.changedAt && Math.min(each.changedAt, now) }));
	const heard = await heardAlerts(ports, name, dated, now);
	const allProblems = [...problems, ...heard.problems];
	return {
		...heard,
		problems: allProblems,
		remember: async () => {
			if (replay !== undefined && allProblems.length === 0) await remember(ports, replay.key, now, replay.seconds);
		},
	};
}

/** A signature like that of our own document, or a bearer token for what cannot sign. */
async function ownSender(ports: AlertPorts, event: AlertEvent, body: string): Promise<Sender> {
	const header = (name: string): string | undefined => event.headers[name.toLowerCase()];
	const [signature, timestamp] = [header(signatureHeader), header(timestampHeader)];
	if (signature !== undefined) {
		const { valid, reason } = verify({ signature, timestamp, body }, await ports.webhookSecrets(), ports.clock.now());
		if (!valid) return unauthorized(reason);
		return { replay: { key: replayKey(`${event.rawPath} ${timestamp}.${body}`), seconds: 2 * windowSeconds } };
	}
	const reason = verifyBearer(header("authorization"), await ports.webhookTokens());
	return reason === "valid" ? {} : unauthorized(reason);
}

const unauthorized = (reason: string): Sender => ({
	refused: refuse(401, reason, `expected Authorization: Bearer <token>, or ${signatureHeader} and ${timestampHeader}`),
});

/** SNS signs with a key of its own. A subscription is confirmed for topics of the settings only. */
async function snsSender(ports: AlertPorts, { topicArns = [] }: AlertFormat, message: unknown): Promise<Sender> {
	const reason = await verifySns(message, topicArns, ports.clock.now(), ports.topics);
	if (reason !== "valid")
		return { refused: refuse(401, reason, "expected a message of a topic of the settings, signed by Amazon SNS with signature version 2") };
	const type = textAt(message, "Type");
	if (type === "SubscriptionConfirmation") {
		await ports.topics.confirm(textAt(message, "TopicArn") ?? "", textAt(message, "Token") ?? "");
		return { refused: refuse(200, "subscription-confirmed", "alarms of this topic are taken from now on") };
	}
	if (type !== "Notification") return { refused: refuse(200, "not-a-notification", "nothing was done") };
	return { replay: { key: replayKey(`sns ${textAt(message, "MessageId")}`), seconds: 2 * snsWindowSeconds } };
}
