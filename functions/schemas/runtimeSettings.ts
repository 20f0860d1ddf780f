import * as z from "zod";
import { longestWindow } from "../pipeline/confirm/intermittent.ts";
import { type Condition, severities } from "../pipeline/model/incident.ts";
import { type RuntimeSettings, remediationModes } from "../pipeline/settings.ts";
import { alertFormats as webhook } from "./alertFormats.ts";

const seconds = z.number().int().positive();
const count = z.number().int().positive();
const e164 = z.string().regex(/^\+[1-9]\d{6,14}$/, "expected a telephone number in E.164 form, such as +15550100");
const channelName = z.string().min(1);

const remedy = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("emergency-group"), groupId: z.guid() }),
	z.strictObject({ kind: z.literal("webhook"), url: z.url({ protocol: /^https$/ }) }),
	z.strictObject({
		kind: z.literal("ssm"),
		document: z.string().min(3),
		parameters: z.record(z.string(), z.array(z.string())).exactOptional(),
		undoDocument: z.string().min(3).exactOptional(),
	}),
]);

const remediation = z.strictObject({ mode: z.enum(remediationModes), remedy, windowSeconds: seconds, cooldownSeconds: seconds });

const runbook = z.strictObject({
	enabled: z.boolean(),
	severity: z.enum(severities),
	breachesToOpen: count,
	clearsToClose: count,
	intermittent: z.union([z.literal(false), z.strictObject({ breaches: count, of: count.max(longestWindow) })]).exactOptional(),
	remediation: z.union([z.literal("observe"), remediation]),
});

const names = z.array(z.string().min(1));

/** The numbers that some runbooks have of their own. */
const runbookTable = z.strictObject({
	"trunk-down": runbook.exactOptional(),
	"trunk-degraded": runbook.extend({ scoreBelow: z.number().gt(0).max(1) }).exactOptional(),
	"edge-offline": runbook.exactOptional(),
	"queue-overflow": runbook
		.extend({
			waitingOver: z.number().int().nonnegative(),
			longestWaitSecondsOver: z.number().int().nonnegative(),
			queues: z.array(z.strictObject({ name: z.string().min(1), fedBy: names.exactOptional() })),
		})
		.exactOptional(),
	"platform-unreachable": runbook.exactOptional(),
	"credentials-failing": runbook.exactOptional(),
	"detector-silent": runbook.exactOptional(),
} satisfies Readonly<Record<Condition, z.ZodType>>);

/** One way to reach a tier's people, as it stands in the settings. */
const channelSettings = z.discriminatedUnion("kind", [
	z.strictObject({ kind: z.literal("pagerduty"), name: channelName, service: z.string().min(1), serviceId: z.string().min(1) }),
	z.strictObject({ kind: z.literal("sms"), name: channelName, to: e164 }),
]);

/** Who is paged, when and how, in the resolved form in which it travels to the functions. */
const escalationSettings = z
	.strictObject({
		attemptsPerChannel: count,
		waitsSeconds: z.array(seconds),
		proofSeconds: seconds,
		readBackSeconds: seconds,
		acknowledgeSeconds: seconds,
		staleSeconds: seconds,
		repeatSeconds: seconds,
		repeatsADay: z.number().int().nonnegative(),
		acknowledgedForSeconds: seconds,
		acknowledgeLinks: z.boolean().exactOptional(),
		tiers: z.array(z.strictObject({ name: z.string().min(1), channels: z.array(channelSettings).min(1) })).min(1),
	})
	.refine((policy) => policy.waitsSeconds.length === policy.attemptsPerChannel - 1, {
		path: ["waitsSeconds"],
		message: "expected one wait fewer than attemptsPerChannel",
	});

const limits = z.strictObject({
	incidentsInResponse: count,
	genesysRequestsPerMinute: count,
	genesysShare: z.number().gt(0).max(1),
	vendorRequestsPerMinute: count,
	takeOverSeconds: seconds,
	detectorSilentSeconds: seconds,
	failedPollsToOpen: count,
	keepClosedDays: count,
});

/** `settings.json` inside a function's archive: checked when it is written and again at each cold start. Holds no secret. */
export const runtimeSettings = z.strictObject({
	environment: z
		.string()
		.regex(/^[A-Za-z0-9._-]+$/, "expected letters, digits, dots, underscores and hyphens (it is part of the incident key)"),
	genesys: z.strictObject({
		domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "expected a domain such as mypurecloud.de, without scheme or path"),
	}),
	pagerduty: z.strictObject({ region: z.enum(["us", "eu"]) }),
	twilio: z
		.strictObject({ accountSid: z.string().regex(/^AC[0-9a-f]{32}$/, "expected AC and 32 hexadecimal digits"), from: e164 })
		.exactOptional(),
	runbooks: runbookTable,
	escalation: escalationSettings,
	credentials: z.record(z.string(), z.strictObject({ expiresOn: z.iso.date() })).exactOptional(),
	grouping: z.union([z.literal(false), z.strictObject({ over: count, withinSeconds: seconds })]),
	limits,
	webhook: webhook.exactOptional(),
}) satisfies z.ZodType<RuntimeSettings>;
