import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { spokenText } from "../../pipeline/page/spoken.ts";

/**
 * Whether a request tells of a key that somebody pressed in a call: Twilio posts it as a form to the address that asked for the key. The address is
 * signed by itself, so that whoever else posts such a form can do no more than press the button. https://www.twilio.com/docs/voice/twiml/gather
 */
export function isKeyPress({ requestContext, body, isBase64Encoded }: LambdaFunctionURLEvent): boolean {
	if (requestContext.http.method !== "POST" || body === undefined) return false;
	const form = new URLSearchParams(isBase64Encoded ? Buffer.from(body, "base64").toString("utf8") : body);
	return form.has("CallSid") && (form.get("Digits") ?? "") !== "";
}

/** What the person on the phone hears, after which the call ends. Anything but a 200 with XML would be an "application error" to them. */
export const heard = (text: string): LambdaFunctionURLResult => ({
	statusCode: 200,
	headers: { "content-type": "text/xml; charset=utf-8", "cache-control": "no-store" },
	body: `<?xml version="1.0" encoding="UTF-8"?><Response><Say>${spokenText(text)}</Say></Response>`,
});
