import { type Context, Hono } from "hono";
import type { EmulatorClock } from "../../world/clock.ts";
import { accountIn, e164, formOf, notFound, oneAccount, problem, rfc2822, shownCredentials, version } from "../twilio/answers.ts";
import { type TwilioMessage, TwilioMessages, type TwilioWorld } from "./messages.ts";

export type { TwilioWorld } from "./messages.ts";

export interface TwilioEmulator {
	readonly app: Hono;
	readonly fetch: (request: Request) => Promise<Response>;
	readonly hosts: readonly [string];
	readonly world: TwilioWorld;
}

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
	const { accountSid, authToken } = shownCredentials(context.req.header("authorization"));
	const isOwn = accountSid === accountIn(context.req.url);
	return messages.knows(accountSid, authToken) && isOwn ? undefined : problem(401, 20003, "Authenticate");
}

async function create(messages: TwilioMessages, context: Context): Promise<Response> {
	const form = await formOf(context);
	const [to, from, body] = ["To", "From", "Body"].map((name) => form.get(name) ?? "");
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
