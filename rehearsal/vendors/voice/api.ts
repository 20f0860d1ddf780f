import { type Context, Hono } from "hono";
import type { EmulatorClock } from "../../world/clock.ts";
import { accountIn, e164, formOf, notFound, oneAccount, problem, rfc2822, shownCredentials, version } from "../twilio/answers.ts";
import { type TwilioCall, TwilioCalls } from "./calls.ts";

export interface VoiceEmulator {
	readonly fetch: (request: Request) => Promise<Response>;
	/** Whether a request is about calls, or shows the token of an account of these. */
	readonly takes: (request: Request) => boolean;
	readonly world: TwilioCalls;
}

export const host = "api.twilio.com";

/** Of the specification: `Twiml` and `Timeout` of a call. */
const longestTwiml = 4000;
const longestTimeoutSeconds = 600;
const usualTimeoutSeconds = 60;

/** Twilio's Calls resource, API 2010-04-01: create with inline TwiML, fetch (twilio-oai 2026-04-14). */
export function createVoice({ clock }: { readonly clock: EmulatorClock }): VoiceEmulator {
	const calls = new TwilioCalls(clock);
	const app = new Hono();
	const callsPath = `${version}/Accounts/:account/Calls`;
	app.use("*", async (context, next) => refusal(calls, context) ?? next());
	app.post(`${callsPath}.json`, (context) => create(calls, context));
	app.get(`${callsPath}/:file`, (context) => one(calls, context));
	app.get(`${version}/Accounts/:file`, oneAccount);
	app.notFound((context) => notFound(context));
	return { fetch: async (request) => app.fetch(request), takes: (request) => takes(calls, request), world: calls };
}

function takes(calls: TwilioCalls, { url, headers }: Request): boolean {
	const [, , , , resource = ""] = new URL(url).pathname.split("/");
	const { accountSid, authToken } = shownCredentials(headers.get("authorization"));
	return resource === "" ? calls.issued(accountSid, authToken) : /^Calls(\.json)?$/.test(resource);
}

/** Basic auth of the account that the path names. */
function refusal(calls: TwilioCalls, context: Context): Response | undefined {
	const status = calls.refusal();
	if (status !== undefined) return problem(status, 20500, "injected");
	const { accountSid, authToken } = shownCredentials(context.req.header("authorization"));
	const isOwn = accountSid === accountIn(context.req.url);
	return calls.knows(accountSid, authToken) && isOwn ? undefined : problem(401, 20003, "Authenticate");
}

/** A document is not looked at before somebody answers: what is wrong with it is no error of the request. */
async function create(calls: TwilioCalls, context: Context): Promise<Response> {
	const form = await formOf(context);
	const [to = "", from = "", twiml = "", url = ""] = ["To", "From", "Twiml", "Url"].map((name) => form.get(name) ?? "");
	const ringSeconds = Number(form.get("Timeout") ?? usualTimeoutSeconds);
	if (to === "") return problem(400, 21201, "No 'To' number is specified");
	if (!e164.test(to)) return problem(400, 21211, `The phone number you are attempting to call, ${to}, is not valid.`);
	if (from === "") return problem(400, 21213, "No 'From' number is specified");
	if (!e164.test(from)) return problem(400, 21212, `The source phone number provided, ${from}, is not valid.`);
	if (url !== "" && !URL.canParse(url)) return problem(400, 21205, "Url is not a valid URL");
	if (twiml === "") return problem(400, 21205, "Url parameter is required.");
	if (twiml.length > longestTwiml) return problem(400, 21200, `Twiml must be at most ${longestTwiml} characters`);
	if (!(ringSeconds >= 1 && ringSeconds <= longestTimeoutSeconds)) return problem(400, 21200, "Timeout is not valid");
	const detects = ["Enable", "DetectMessageEnd"].includes(form.get("MachineDetection") ?? "");
	const accountSid = context.req.param("account") ?? "";
	return Response.json(callBody(calls.create({ accountSid, to, from, twiml, ringSeconds, detects })), { status: 201 });
}

function one(calls: TwilioCalls, context: Context): Response {
	const sid = /^(CA[0-9a-f]{32})\.json$/.exec(context.req.param("file") ?? "")?.[1];
	const call = calls.calls().find((each) => each.sid === sid && each.accountSid === context.req.param("account"));
	return call === undefined ? notFound(context) : Response.json(callBody(call));
}

const timeOf = (at: number | undefined): string | null => (at === undefined ? null : rfc2822(at));

function callBody(call: TwilioCall) {
	const { startedAt, endedAt, status } = call;
	return {
		sid: call.sid,
		account_sid: call.accountSid,
		api_version: "2010-04-01",
		to: call.to,
		from: call.from,
		status,
		direction: "outbound-api",
		answered_by: call.answeredBy ?? null,
		date_created: rfc2822(call.createdAt),
		date_updated: rfc2822(endedAt ?? startedAt ?? call.createdAt),
		start_time: timeOf(startedAt),
		end_time: timeOf(endedAt),
		duration: status === "completed" ? String(Math.round(((endedAt ?? 0) - (startedAt ?? 0)) / 1000)) : null,
		price: null,
		queue_time: "0",
		uri: `${version}/Accounts/${call.accountSid}/Calls/${call.sid}.json`,
	};
}
