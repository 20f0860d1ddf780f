import { createHmac } from "node:crypto";
import { authTokenOf } from "../twilio/answers.ts";
import type { TwilioCall, TwilioCalls } from "./calls.ts";
import { readTwiml, TwimlError } from "./twiml.ts";

/** What Twilio says to a person when it cannot go on. */
const applicationError = "We are sorry, an application error has occurred. Goodbye.";

/** A person presses a key in a call that listens; returns what they hear then. `send` makes the request to whoever asked for the key. */
export async function pressKey(
	calls: TwilioCalls,
	call: TwilioCall & { readonly action: string },
	send: (request: Request) => Promise<Response>,
): Promise<string> {
	try {
		const answer = await answered(call, send);
		const spoken = readTwiml(answer);
		calls.goOn(call.sid, { spoken: { ...spoken, words: `${call.spoken?.words ?? ""} ${spoken.words}`.trim() } });
		return spoken.words;
	} catch (error) {
		if (!(error instanceof TwimlError)) throw error;
		calls.goOn(call.sid, { errorCode: error.code });
		return `${applicationError} (${error.code})`;
	}
}

/** The document that the address answers with. Throws TwimlError where it is none. */
async function answered(call: TwilioCall & { readonly action: string }, send: (request: Request) => Promise<Response>): Promise<string> {
	if (!URL.canParse(call.action)) throw new TwimlError(11100, "Invalid URL format");
	const response = await send(requestOf(call));
	if (!response.ok) throw new TwimlError(11200, "HTTP retrieval failure");
	if (!/^(text|application)\/xml\b/.test(response.headers.get("content-type") ?? "")) throw new TwimlError(12300, "Invalid Content-Type");
	return response.text();
}

/** Signed as Twilio signs: HMAC-SHA1, by the primary token, of the address and the sorted parameters. */
function requestOf({ accountSid, sid, from, to, action }: TwilioCall & { readonly action: string }): Request {
	const parameters = {
		AccountSid: accountSid,
		ApiVersion: "2010-04-01",
		CallSid: sid,
		CallStatus: "in-progress",
		Digits: "1",
		Direction: "outbound-api",
		From: from,
		To: to,
	};
	const signed = `${action}${Object.entries(parameters).flat().join("")}`;
	const signature = createHmac("sha1", authTokenOf(accountSid, "primary")).update(signed).digest("base64");
	return new Request(action, {
		method: "POST",
		headers: { "user-agent": "TwilioProxy/1.1", "x-twilio-signature": signature },
		body: new URLSearchParams(parameters),
	});
}
