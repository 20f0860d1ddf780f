import { createHash } from "node:crypto";
import type { Context } from "hono";

/** The version of Twilio's REST API, as its paths begin. */
export const version = "/2010-04-01";
export const e164 = /^\+[1-9]\d{6,14}$/;

/** An account has two auth tokens, so that one can be replaced while the other is taken; each is the same in every run, and so is the next primary. */
export const authTokenOf = (accountSid: string, which: "primary" | "secondary" | "renewed"): string =>
	createHash("sha256")
		.update(which === "primary" ? `auth token:${accountSid}` : `${which} auth token:${accountSid}`)
		.digest("hex")
		.slice(0, 32);

/** What a request shows by HTTP Basic authentication; "" where it shows nothing. */
export function shownCredentials(authorization: string | null | undefined): { readonly accountSid: string; readonly authToken: string } {
	const given = /^Basic (.+)$/.exec(authorization ?? "")?.[1] ?? "";
	const [accountSid = "", authToken = ""] = Buffer.from(given, "base64").toString().split(":");
	return { accountSid, authToken };
}

/** The account that a path names. */
export const accountIn = (url: string): string | undefined => new URL(url).pathname.split("/")[3]?.replace(/\.json$/, "");

/** The fields of a form; none where the body is no form. */
export async function formOf(context: Context): Promise<URLSearchParams> {
	const isForm = context.req.header("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
	const body = await context.req.text();
	return new URLSearchParams(isForm ? body : "");
}

/** The account that the path names. */
export function oneAccount(context: Context): Response {
	const sid = /^(AC[0-9a-f]{32})\.json$/.exec(context.req.param("file") ?? "")?.[1];
	if (sid === undefined) return notFound(context);
	const uri = `${version}/Accounts/${sid}.json`;
	return Response.json({ sid, friendly_name: "Rehearsal", status: "active", type: "Full", uri });
}

/** `Tue, 24 Nov 2026 10:00:00 +0000` */
export const rfc2822 = (at: number): string => new Date(at).toUTCString().replace("GMT", "+0000");

export const notFound = (context: Context): Response =>
	problem(404, 20404, `The requested resource ${new URL(context.req.url).pathname} was not found`);

/** The vendor's error body. */
export const problem = (status: number, code: number, message: string): Response =>
	Response.json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, { status });
