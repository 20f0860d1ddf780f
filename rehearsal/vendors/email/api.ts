import { type Context, Hono } from "hono";
import * as z from "zod";
import type { EmulatorClock } from "../../world/clock.ts";
import type { AwsCallers } from "../emulator.ts";
import { type SesMessage, SesMessages } from "./messages.ts";
import { callerOf } from "./signature.ts";

export interface SesOptions {
	readonly clock: EmulatorClock;
	readonly region: string;
	readonly callers: AwsCallers;
}

export interface SesEmulator {
	readonly fetch: (request: Request) => Promise<Response>;
	readonly host: string;
	readonly world: SesMessages;
}

const content = z.strictObject({ Data: z.string().min(1), Charset: z.string().optional() });
const sendEmail = z.strictObject({
	FromEmailAddress: z.string().min(1),
	Destination: z.strictObject({ ToAddresses: z.array(z.string().min(1)).min(1).max(50) }),
	Content: z.strictObject({ Simple: z.strictObject({ Subject: content, Body: z.strictObject({ Text: content }) }) }),
	ConfigurationSetName: z
		.string()
		.regex(/^[\w-]{1,64}$/)
		.optional(),
});

/** Amazon SES API v2: SendEmail, GetMessageInsights, GetAccount (the model of SDK client-sesv2 3.1176.0). */
export function createSes({ clock, region, callers }: SesOptions): SesEmulator {
	const messages = new SesMessages(clock);
	const app = new Hono();
	const ses = { messages, region, callers };
	app.use("*", async (context, next) => (await refusal(ses, context.req.raw)) ?? next());
	app.post("/v2/email/outbound-emails", (context) => send(ses, context));
	for (const path of ["/v2/email/insights/:id", "/v2/email/insights/:id/"])
		app.get(path, (context) => denial(ses, context, "ses:GetMessageInsights", ["*"]) ?? insights(messages, context));
	app.get("/v2/email/account", (context) => denial(ses, context, "ses:GetAccount", ["*"]) ?? account(messages));
	app.notFound(() => problem(404, "UnknownOperationException", "unknown"));
	return { fetch: async (request) => app.fetch(request), host: `email.${region}.amazonaws.com`, world: messages };
}

interface Ses {
	readonly messages: SesMessages;
	readonly region: string;
	readonly callers: AwsCallers;
}

/** Faults, then who asks. */
async function refusal({ messages, region, callers: { secretsOf } }: Ses, request: Request): Promise<Response | undefined> {
	const faults = messages.faults.items();
	const status = faults.find((fault) => "status" in fault)?.status;
	if (status !== undefined) return problem(status, status === 429 ? "TooManyRequestsException" : "InternalFailure", "injected");
	const caller = await callerOf(request, { service: "ses", region, now: messages.now(), secretsOf });
	const refused = faults.find((fault) => "refused" in fault)?.refused ?? ("refused" in caller ? caller.refused : undefined);
	return refused === undefined ? undefined : problem(403, refused, "The request is not signed as it should be.");
}

/** Whether the caller, whose signature is good, may not do it. */
function denial({ callers, region }: Ses, context: Context, action: string, resources: readonly string[]): Response | undefined {
	const accessKeyId = /Credential=(\w+)\//.exec(context.req.header("authorization") ?? "")?.[1] ?? "";
	const isAllowed = resources.every((resource) => callers.permits(accessKeyId, { service: "ses", region, action, resource }));
	return isAllowed ? undefined : problem(403, "AccessDeniedException", `User is not authorized to perform: ${action}`);
}

async function send(ses: Ses, context: Context): Promise<Response> {
	const parsed = sendEmail.safeParse(await context.req.json().catch(() => undefined));
	if (!parsed.success) return problem(400, "BadRequestException", z.prettifyError(parsed.error));
	const { FromEmailAddress: from, Destination, Content, ConfigurationSetName: configurationSet } = parsed.data;
	const { Subject, Body } = Content.Simple;
	const [to = ""] = Destination.ToAddresses;
	const resources = [`identity/${from}`, ...(configurationSet === undefined ? [] : [`configuration-set/${configurationSet}`])];
	const refused = denial(ses, context, "ses:SendEmail", resources) ?? unsendable(ses, from, to);
	if (refused !== undefined) return refused;
	const draft = { from, to, subject: Subject.Data, body: Body.Text.Data, ...(configurationSet === undefined ? {} : { configurationSet }) };
	return Response.json({ MessageId: ses.messages.accept(draft).id });
}

/** What the account is not able to send. */
function unsendable({ messages, region }: Ses, from: string, to: string): Response | undefined {
	const { isSuspended, sendingEnabled, productionAccess } = messages.account;
	if (isSuspended) return problem(400, "AccountSuspendedException", "Your account's ability to send email is restricted.");
	if (!sendingEnabled) return problem(400, "SendingPausedException", "Email sending is paused.");
	const failed = [from, ...(productionAccess ? [] : [to])].filter((address) => !messages.isVerified(address));
	const said = `Email address is not verified. The following identities failed the check in region ${region.toUpperCase()}: ${failed.join(", ")}`;
	return failed.length === 0 ? undefined : problem(400, "MessageRejected", said);
}

/** Once a second. A message that it does not know, or does not know yet, is not found: an assumption, also where the manager is off. */
function insights(messages: SesMessages, context: Context): Response {
	if (messages.isTooSoon("GetMessageInsights")) return problem(429, "TooManyRequestsException", "Rate exceeded");
	const message = messages.insight(context.req.param("id") ?? "");
	return message === undefined ? problem(404, "NotFoundException", "Message does not exist.") : Response.json(insightOf(message));
}

const insightOf = ({ id, from, to, subject, events }: SesMessage) => ({
	MessageId: id,
	FromEmailAddress: from,
	Subject: subject,
	EmailTags: [],
	Insights: [{ Destination: to, Isp: "UNKNOWN_ISP", Events: events.map(({ type, at }) => ({ Timestamp: at / 1000, Type: type })) }],
});

function account(messages: SesMessages): Response {
	if (messages.isTooSoon("GetAccount")) return problem(429, "TooManyRequestsException", "Rate exceeded");
	const { sendingEnabled, productionAccess, deliverabilityManager } = messages.account;
	return Response.json({
		SendingEnabled: sendingEnabled,
		ProductionAccessEnabled: productionAccess,
		EnforcementStatus: "HEALTHY",
		SendQuota: { Max24HourSend: 50_000, MaxSendRate: 14, SentLast24Hours: messages.messages().length },
		VdmAttributes: { VdmEnabled: deliverabilityManager ? "ENABLED" : "DISABLED" },
	});
}

const problem = (status: number, type: string, message: string): Response =>
	Response.json({ message }, { status, headers: { "x-amzn-errortype": type } });
