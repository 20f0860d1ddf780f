import type { LambdaFunctionURLEvent } from "aws-lambda";
import { signedAcknowledgeLinks } from "../../functions/edges/links/acknowledgeLinks.ts";
import { signedApprovals } from "../../functions/edges/links/approvals.ts";
import type { Ports } from "../../functions/edges/ports.ts";
import { remediator } from "../../functions/edges/remedies.ts";
import { normalizerHandler } from "../../functions/normalizer.ts";
import type { Incident, RemedyRun } from "../../functions/pipeline/model/incident.ts";
import type { RemedyActs } from "../../functions/pipeline/ports.ts";
import { approvalText } from "../../functions/pipeline/remedy/rules.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import { remediatorHandler } from "../../functions/remediator.ts";
import { incident, page, policy, remediating, remediation, seconds } from "./pipeline/fixtures.ts";
import { setUp } from "./webhookWorld.ts";

const base = "https://hook.test/";
const secrets = async () => ["a signing secret of the links"];

/** A request to the function URL as Lambda hands it over; a browser's unless it accepts something else. */
export function urlEvent(
	method: string,
	path: string,
	{ accept = "text/html,*/*;q=0.8", body = "" }: { readonly accept?: string; readonly body?: string } = {},
): LambdaFunctionURLEvent {
	const { pathname, search } = new URL(path, base);
	const http = { method, path: pathname, protocol: "HTTP/1.1", sourceIp: "192.0.2.1", userAgent: "" };
	const names = { accountId: "anonymous", apiId: "a", domainName: "hook.test", domainPrefix: "a", requestId: "1", time: "", timeEpoch: 0 };
	return {
		version: "2.0",
		routeKey: "$default",
		rawPath: pathname,
		rawQueryString: search.slice(1),
		headers: { accept },
		requestContext: { ...names, http, routeKey: "$default", stage: "$default" },
		...(body === "" ? {} : { body }),
		isBase64Encoded: false,
	};
}

/** An offer of the first second, good for five minutes. */
export const offer = (change: Partial<RemedyRun> = {}): RemedyRun => ({
	state: "offered",
	reason: "offer",
	mode: "approve",
	remedy: remediation().remedy,
	by: "workflow",
	expiresAt: seconds(300),
	link: `${base}approve`,
	undoAttempts: 0,
	...change,
});

export interface LinkWorld {
	readonly about?: Partial<Incident>;
	readonly settings?: RuntimeSettings;
	/** Seconds after the incident opened. */
	readonly at?: number;
	readonly change?: Partial<Ports>;
	readonly acts?: Partial<RemedyActs>;
}

const text = page({ channel: "sms", kind: "sms", state: "proven", provenAt: seconds(10) });

/** One incident, a text with an acknowledge link and an offered remedy; the normalizer before it, and the remediator that it asks. */
export async function linkWorld({ about, settings = remediating({ mode: "approve" }), at = 120, change = {}, acts = {} }: LinkWorld = {}) {
	const linked = { ...settings, policies: { default: { ...policy, acknowledgeLinks: true } } };
	const { ports, logged, advance } = setUp({ settings: linked, acknowledgeLinks: signedAcknowledgeLinks(secrets, () => base), ...change });
	const approvals = signedApprovals(secrets, secrets, () => base);
	const did: string[] = [];
	const remedyActs: RemedyActs = {
		inspect: async () => "",
		act: async () => ({ receipt: String(did.push("act")) }),
		progress: async () => "running",
		undo: async () => "undone",
		...acts,
	};
	const answer = remediatorHandler({ ...ports, approvals, remedyActs });
	const asked: unknown[] = [];
	const invoke = async (_function: string, payload: unknown): Promise<unknown> => {
		asked.push(payload);
		return JSON.parse(JSON.stringify(await answer(payload)));
	};
	advance(at);
	const made = incident({ tier: 1, pages: [text], remedy: offer(), ...about });
	const { key, occurrence, remedy = offer() } = made;
	await ports.ledger.write(key, made, 0, { dueAt: seconds(0) });
	const expires = seconds(300) / 1000;
	const approval = new URL(
		await approvals.link(approvalText(key, occurrence, remedy.remedy, expires), { incidentKey: key, occurrence, expires }),
	);
	const acknowledge = new URL(await ports.acknowledgeLinks.link(text.dedupKey));
	const handler = normalizerHandler({
		...ports,
		approvalSeals: secrets,
		remedies: change.remedies ?? remediator(invoke, () => "remediator"),
	});
	return {
		handler,
		/** Where the links lead. */
		paths: { approve: `${approval.pathname}${approval.search}`, acknowledge: acknowledge.pathname },
		/** What the remediator was asked. */
		asked,
		/** What was done to outside systems. */
		did,
		logged,
		advance,
		item: async () => (await ports.ledger.read(key))?.value as Incident,
		follow: async (method: string, path: string) => {
			const { statusCode, headers, body } = Object(await handler(urlEvent(method, path)));
			return { status: Number(statusCode), headers: Object(headers), body: String(body) };
		},
	};
}
