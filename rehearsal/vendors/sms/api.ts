import { type Context, Hono } from "hono";
import type { EmulatorClock } from "../../world/clock.ts";
import { type TwilioMessage, TwilioMessages, type TwilioWorld } from "./messages.ts";

export type { TwilioWorld } from "./messages.ts";

export interface TwilioEmulator {
	readonly app: Hono;
	readonly fetch: (request: Request) => Promise<Response>;
	readonly hosts: readonly [string];
	readonly world: TwilioWorld;
}

const version = "/2010-04-01";
const e164 = /^\+[1-9]\d{6,14}$/;
const maximumBody = 1600;

/** Twilio's Messages resource, API 2010-04-01: create, fetch, list (twilio-oai 2026-04-14). */
export function createTwilio(options: { readonly clock: EmulatorClock }): TwilioEmulator {
	const messages = new TwilioMessages(options.clock);
	const app = new Hono();
	const messagesPath = `${version}/Accounts/:account/Messages`;
	app.use("*", async (context, next) => refusal(messages, context) ?? next());
	app.post(`${messagesPath}.json`, (context) => create(messages, context));
	app.get(`${messagesPath}.json`, (context) => list(messages, context));
	app.get(`${messagesPath}/:file`, (context) => one(messages, context));
	app.get(`${version}/Accounts/:file`, oneAccount);
	app.notFound((context) => notFound(context));
	return { app, fetch: async (request) => app.fetch(request), hosts: ["api.twilio.com"], world: messages };
}

/** Basic auth of the account that the path names. */
function refusal(messages: TwilioMessages, context: Context): Response | undefined {
	const fault = messages.refusal();
	if (fault !== undefined) return problem(fault.status, 20500, fault.message);
	const given = /^Basic (.+)$/.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
	const [accountSid = "", authToken = ""] = Buffer.from(given, "base64").toString().split(":");
	const inPath = new URL(context.req.url).pathname.split("/")[3]?.replace(/\.json$/, "");
	return messages.knows(accountSid, authToken) && accountSid === inPath ? undefined : problem(401, 20003, "Authenticate");
}

async function create(messages: TwilioMessages, context: Context): Promise<Response> {
	const form = new URLSearchParams(await context.req.text());
	const isForm = context.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
	const [to, from, body] = ["To", "From", "Body"].map((name) => (isForm ? (form.get(name) ?? "") : ""));
	if (!to) return problem(400, 21604, "A 'To' phone number is required.");
	if (!e164.test(to)) return problem(400, 21211, "Invalid 'To' Phone Number");
	if (!from) return problem(400, 21603, "A 'From' phone number is required.");
	if (!e164.test(from)) return problem(400, 21212, "Invalid 'From' Phone Number");
	if (!body) return problem(400, 21602, "Message body is required.");
	if (body.length > maximumBody) return problem(400, 21617, `The concatenated message body exceeds the ${maximumBody} character limit`);
	return Response.json(messageBody(messages.create({ accountSid: account(context), to, from, body })), { status: 201 });
}

/** Newest first. A message that is still queued has no date of sending yet, so a filter by that date does not find it: an assumption. */
function list(messages: TwilioMessages, context: Context): Response {
	const to = context.req.query("To");
	const from = context.req.query("DateSent>");
	const until = context.req.query("DateSent<");
	const size = Math.min(1000, Number(context.req.query("PageSize") ?? 50));
	const found = messages
		.messages()
		.filter((each) => each.accountSid === account(context) && (to === undefined || each.to === to))
		.filter((each) => from === undefined || (each.sentAt !== undefined && day(each.sentAt) >= from.slice(0, 10)))
		.filter((each) => until === undefined || (each.sentAt !== undefined && day(each.sentAt) <= until.slice(0, 10)));
	return Response.json({ messages: found.toReversed().slice(0, size).map(messageBody), page: 0, page_size: size, next_page_uri: null });
}

function one(messages: TwilioMessages, context: Context): Response {
	const sid = /^(SM[0-9a-f]{32})\.json$/.exec(context.req.param("file") ?? "")?.[1];
	const message = messages.messages().find((each) => each.sid === sid && each.accountSid === account(context));
	return message === undefined ? notFound(context) : Response.json(messageBody(message));
}

/** The account that the path names; `refusal` has looked that it is the caller's. */
function oneAccount(context: Context): Response {
	const sid = /^(AC[0-9a-f]{32})\.json$/.exec(context.req.param("file") ?? "")?.[1];
	if (sid === undefined) return notFound(context);
	const uri = `${version}/Accounts/${sid}.json`;
	return Response.json({ sid, friendly_name: "Rehearsal", status: "active", type: "Full", uri });
}

function account(context: Context): string {
	return context.req.param("account") ?? "";
}

function day(at: number): string {
	return new Date(at).toISOString().slice(0, 10);
}

function messageBody(message: TwilioMessage) {
	const uri = `${version}/Accounts/${message.accountSid}/Messages/${message.sid}.json`;
	return {
		sid: message.sid,
		account_sid: message.accountSid,
		api_version: "2010-04-01",
		to: message.to,
		from: message.from,
		body: message.body,
		status: message.status,
		direction: "outbound-api",
		date_created: rfc2822(message.createdAt),
		date_updated: rfc2822(message.sentAt ?? message.createdAt),
		date_sent: message.sentAt === undefined ? null : rfc2822(message.sentAt),
		error_code: message.errorCode ?? null,
		error_message: null,
		num_segments: `${Math.ceil(message.body.length / 153)}`,
		uri,
	};
}

/** `Tue, 24 Nov 2026 10:00:00 +0000` */
function rfc2822(at: number): string {
	return new Date(at).toUTCString().replace("GMT", "+0000");
}

function notFound(context: Context): Response {
	return problem(404, 20404, `The requested resource ${new URL(context.req.url).pathname} was not found`);
}

/** The vendor's error body. */
function problem(status: number, code: number, message: string): Response {
	return Response.json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, { status });
}
