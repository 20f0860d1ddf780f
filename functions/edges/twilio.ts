import { clockToleranceMilliseconds } from "../pipeline/page/clock.ts";
import { endsIn, smsEnding, smsLine, smsOpening } from "../pipeline/page/words.ts";
import { type Budget, EdgeError, type PageOrder, type PageReading, type Pager } from "../pipeline/ports.ts";
import { approvalInvitation } from "../pipeline/remedy/rules.ts";
import type { SmsChannel } from "../pipeline/settings.ts";
import { type Credentials, withCredentials } from "./credentials.ts";
import { failure, field, list, request, text } from "./http.ts";
import { timeoutSeconds } from "./timeouts.ts";

export interface TwilioOptions {
	readonly fetch: typeof fetch;
	readonly accountSid: string;
	/** The sender, E.164. */
	readonly from: string;
	readonly credentials: Credentials<{ readonly accountSid: string; readonly authToken: string }>;
	readonly budget: Budget;
	readonly perMinute: number;
}

type Call = (path: string, form?: URLSearchParams) => Promise<unknown>;
type FoundReading = Exclude<PageReading, { readonly state: "absent" }>;

const twilioHost = "api.twilio.com";
const system = "Twilio";

/** SMS by Twilio's Messages resource: 201 means queued, the message's status is the truth. Throws only EdgeError. */
export function twilio(options: TwilioOptions): Pager {
	const call = caller(options);
	return {
		send: (order) => sendOnce(call, options, order, smsBody(smsOpening(order.severity), order)),
		read: (order) => read(call, order),
		resolve: (order) => sendOnce(call, options, order, smsBody("RECOVERED", order)),
	};
}

/** Whether Twilio takes the credentials, for an account that may send. Throws EdgeError. */
export async function proveAccount(options: TwilioOptions): Promise<void> {
	const status = text(await caller(options)(".json"), "status", system);
	if (status !== "active")
		throw failure("forbidden", `${system}: expected an account that is active, got one that is ${status.slice(0, 20)}`);
}

/** The text of an SMS: it ends in a reference by which it is found again, whatever was lost between Twilio and us. An approval link is a message more. */
export function smsBody(
	opening: string,
	order: Pick<PageOrder, "summary" | "vendorKey" | "acknowledgeUrl"> & { readonly details?: PageOrder["details"] },
): string {
	const approval = order.details?.approval ?? "";
	const invitation = approval === "" ? "" : ` ${approvalInvitation}${approval}`;
	return `${smsLine(opening, order.summary)}${invitation}${smsEnding(order.vendorKey, order.acknowledgeUrl)}`;
}

/** Twilio has no idempotency key: a message that is already under way under this reference is the answer, not a second one. */
async function sendOnce(call: Call, options: TwilioOptions, order: PageOrder, body: string): Promise<{ readonly receipt: string }> {
	const { to } = channelOf(order);
	const earlier = await lookedUp(call, order);
	if (earlier !== undefined && earlier.state !== "failed") return { receipt: earlier.receipt };
	const message = await call("/Messages.json", new URLSearchParams({ To: to, From: options.from, Body: body }));
	return { receipt: text(message, "sid", system) };
}

/** A lookup that fails never keeps a page from being sent: rather twice than not at all. */
async function lookedUp(call: Call, order: PageOrder): Promise<FoundReading | undefined> {
	try {
		const reading = await read(call, order);
		return reading.state === "absent" ? undefined : reading;
	} catch (error) {
		if (error instanceof EdgeError) return undefined;
		throw error;
	}
}

function channelOf(order: PageOrder): SmsChannel {
	if (order.channel.kind === "sms") return order.channel;
	throw failure("misconfigured", `${system}: expected a page for an "sms" channel, got "${order.channel.kind}"`);
}

function caller(options: TwilioOptions): Call {
	return (path, form) =>
		withCredentials(options.credentials, async ({ accountSid, authToken }) => {
			await options.budget.take(form === undefined ? "twilio:read" : "twilio", options.perMinute);
			const headers = {
				authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString("base64")}`,
				accept: "application/json",
			};
			const url = `https://${twilioHost}/2010-04-01/Accounts/${options.accountSid}${path}`;
			const common = { fetch: options.fetch, url, timeoutSeconds: timeoutSeconds.vendor, system };
			const formType = { "content-type": "application/x-www-form-urlencoded" };
			const answer = await (form === undefined
				? request({ ...common, name: path === ".json" ? "the account" : "the message", method: "GET", headers })
				: request({ ...common, name: "the new message", method: "POST", headers: { ...headers, ...formType }, body: form.toString() }));
			return answer.json;
		});
}

async function read(call: Call, order: PageOrder): Promise<PageReading> {
	const message = order.receipt === undefined ? await byReference(call, order) : await bySid(call, order.receipt);
	if (message === undefined) return { state: "absent" };
	return { state: stateOf(field(message, "status")), receipt: text(message, "sid", system) };
}

async function bySid(call: Call, sid: string): Promise<unknown> {
	try {
		return await call(`/Messages/${encodeURIComponent(sid)}.json`);
	} catch (error) {
		if (error instanceof EdgeError && error.reason === "not-found") return undefined;
		throw error;
	}
}

/** The newest message to this number, since the day of the intent, that ends in the reference. `DateSent>` takes whole days, in GMT. */
async function byReference(call: Call, order: PageOrder): Promise<unknown> {
	const intended = order.intendedAt - clockToleranceMilliseconds;
	const day = new Date(intended).toISOString().slice(0, 10);
	const query = new URLSearchParams({ To: channelOf(order).to, "DateSent>": day, PageSize: "100" });
	const messages = list(await call(`/Messages.json?${query}`), "messages", system).filter(
		(message) => endsIn(String(field(message, "body")), order.vendorKey) && createdAt(message) >= intended,
	);
	return messages.toSorted((one, other) => createdAt(other) - createdAt(one))[0];
}

function createdAt(message: unknown): number {
	const parsed = Date.parse(String(field(message, "date_created")));
	return Number.isNaN(parsed) ? 0 : parsed;
}

function stateOf(status: unknown): FoundReading["state"] {
	if (status === "delivered" || status === "read") return "delivered";
	// Final where a network gives no receipts. https://www.twilio.com/docs/messaging/guides/outbound-message-status-in-status-callbacks
	if (status === "sent") return "sent";
	return status === "failed" || status === "undelivered" || status === "canceled" ? "failed" : "pending";
}
