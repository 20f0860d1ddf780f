import * as z from "zod";
import { longestWindow } from "../../functions/pipeline/confirm/intermittent.ts";
import { severities, type WatchedCondition } from "../../functions/pipeline/model/incident.ts";
import { edgeOffline } from "../../runbooks/edgeOffline.ts";
import { queueOverflow } from "../../runbooks/queueOverflow.ts";
import type { Runbook } from "../../runbooks/runbook.ts";
import { trunkDegraded } from "../../runbooks/trunkDegraded.ts";
import { trunkDown } from "../../runbooks/trunkDown.ts";
import { choice, oneOf, section, text, units, whole } from "./builders.ts";
import { genesysRegions } from "./regions.ts";
import { remediationSchema } from "./remediation.ts";
import { webhookSchema } from "./webhook.ts";

const phoneNumber = text(/^\+[1-9]\d{6,14}$/, 'an E.164 phone number in quotes, such as "+15555550100"');
const channelName = text(/^[a-z][a-z0-9-]{0,31}$/, "a name of lower-case letters, digits and dashes, at most 32, beginning with a letter");

const pagerDutyChannel = section({
	kind: z.literal("pagerduty"),
	name: channelName.exactOptional().describe("Unique in its tier; by default the channel's kind."),
	service: channelName.describe("The PagerDuty service as this stack names it: one integration, credential and secret for each."),
	serviceId: text(
		/^P[A-Z0-9]{6,13}$/,
		"a PagerDuty service id (P and 6 to 13 capitals or digits, at the end of the service's address)",
	).describe("PagerDuty's own id of that service, which a proof must match."),
});

const smsChannel = section({
	kind: z.literal("sms"),
	name: channelName.exactOptional().describe("Unique in its tier; by default the channel's kind."),
	to: phoneNumber.describe("Who is texted, in E.164."),
});

const tiersError = "1 to 9 tiers, each a name and its channels";
const channelsError = "1 to 5 channels, the next one the fallback of the one before";

/** One channel; `kind` decides what else it holds. */
export const channelSchema = z
	.discriminatedUnion("kind", [pagerDutyChannel, smsChannel], { error: "a channel of kind pagerduty or sms" })
	.describe("One way to reach a tier's people.");

const tierSchema = section({
	name: channelName.describe("Unique among the tiers."),
	channels: z
		.array(channelSchema, { error: channelsError })
		.min(1, { error: channelsError })
		.max(5, { error: channelsError })
		.describe("In order of preference: the next one is used where the one before cannot be proven."),
});

const waitsError = "a list of waits in seconds";

export const escalationSchema = section({
	attemptsPerChannel: whole(1, 3, "attempts").default(3).describe("Per executor, channel and tier."),
	waitsSeconds: z
		.array(whole(1, 900, "seconds"), { error: waitsError })
		.default([30, 60])
		.describe("Between attempts, growing; one fewer than the attempts."),
	proofSeconds: whole(5, 900, "seconds")
		.default(60)
		.describe("How long an accepted page may stay unproven before the next channel is used."),
	readBackSeconds: whole(1, 300, "seconds").default(10).describe("Between two reads while a page is unproven."),
	acknowledgeSeconds: whole(60, 86_400, "seconds").default(300).describe("From a tier's first proven page to the next tier."),
	staleSeconds: whole(120, 172_800, "seconds")
		.default(900)
		.describe("An incident this old and unacknowledged is escalated whatever the workflow is doing."),
	repeatSeconds: whole(300, 86_400, "seconds")
		.default(3600)
		.describe("How long after the last tier nobody answered everybody is asked anew."),
	repeatsADay: whole(0, 288, "rounds").default(24).describe("How often in a day; 0 asks once only."),
	acknowledgedForSeconds: whole(600, 604_800, "seconds")
		.default(14_400)
		.describe("How long an acknowledgement holds while the failure goes on; whoever gave it is then asked first."),
	acknowledgeLinks: z
		.boolean({ error: "true or false" })
		.default(true)
		.describe("Whether a text ends in a link by which its incident is acknowledged: an SMS takes no other answer."),
	tiers: z
		.array(tierSchema, { error: tiersError })
		.min(1, { error: tiersError })
		.max(9, { error: tiersError })
		.describe("Whom to page, in order: the next one where nobody of the one before acknowledges."),
});

const share = "a share above 0 and at most 1";

/** Which runbooks a stack has without asking: those that need numbers of its own are off until it asks for them. */
export const enabledByDefault: Readonly<Record<WatchedCondition, boolean>> = {
	"trunk-down": true,
	"trunk-degraded": false,
	"edge-offline": false,
	"queue-overflow": false,
};

const intermittentError = "false, or a section with breaches and of";

/**
 * Half of the last ten minutes is no passing disturbance: half of all calls fail, and nothing that fails once or twice in ten minutes gets
 * there. Below it nobody is woken.
 */
export const usualIntermittent = { breaches: 5, of: 10 } as const;

/** Whose verdict is of one moment, so that a failure may hide between two looks. A health score is already a measure over time. */
export const intermittentByDefault: readonly WatchedCondition[] = ["trunk-down", "edge-offline", "queue-overflow"];

const intermittentSchema = z.union(
	[
		z.literal(false),
		section({
			breaches: whole(2, longestWindow, "breaches").describe("More than breachesToOpen."),
			of: whole(3, longestWindow, "readings").describe("The last so many readings."),
		}),
	],
	{ error: intermittentError },
);

const intermittentText = (condition: WatchedCondition): string => {
	const usual = `{breaches: ${usualIntermittent.breaches}, of: ${usualIntermittent.of}} where breachesToOpen is less than that`;
	const otherwise = intermittentByDefault.includes(condition) ? usual : "false";
	return `So many breaches among the last so many readings open an incident as well; by default ${otherwise}.`;
};

/** What every runbook's settings have. `breachesToOpen` is its own, unless the stack says otherwise. */
const runbookFields = (runbook: Runbook & { readonly name: WatchedCondition }, breachesToOpen: number) => ({
	enabled: z.boolean({ error: "true or false" }).default(enabledByDefault[runbook.name]).describe("Whether it is watched."),
	severity: choice(severities)
		.default(runbook.severity)
		.describe("Of its incidents; a critical one goes straight to people, before any remedy."),
	breachesToOpen: whole(1, 60, "readings in a row").default(breachesToOpen).describe("Breaches in a row that open an incident."),
	clearsToClose: whole(1, 60, "readings in a row").default(3).describe("Clears in a row that close it."),
	intermittent: intermittentSchema.exactOptional().describe(intermittentText(runbook.name)),
	remediation: remediationSchema.default(runbook.remediation).describe("observe looks and never acts; a section may act."),
});

const queueName = text(/^\S(.{0,254}\S)?$/, "a name of 1 to 256 characters, as it stands in Genesys Cloud");
const queuesError = "at most 1000 queues, each a name and, where trunks feed it, fedBy";

export const watchedQueue = section({
	name: queueName.describe("The queue, by its name."),
	fedBy: z
		.array(queueName, { error: "a list of trunk names or ids" })
		.exactOptional()
		.describe("The trunks that bring its calls, each by its name or, which outlives a new name, by the id of its base."),
});

/** The runbooks that a stack can tune. */
const runbookSections = {
	"trunk-down": section(runbookFields(trunkDown, 2)).prefault({}).describe(trunkDown.why),
	"trunk-degraded": section({
		...runbookFields(trunkDegraded, 3),
		scoreBelow: z
			.number({ error: share })
			.gt(0, { error: share })
			.max(1, { error: share })
			.default(0.85)
			.describe("A health score below this is a breach; the score is our own, from 0 to 1."),
	})
		.prefault({})
		.describe(trunkDegraded.why),
	"edge-offline": section(runbookFields(edgeOffline, 2)).prefault({}).describe(edgeOffline.why),
	"queue-overflow": section({
		...runbookFields(queueOverflow, 2),
		waitingOver: whole(0, 100_000, "conversations").default(20).describe("More waiting conversations than this are a breach."),
		longestWaitSecondsOver: whole(0, 86_400, "seconds")
			.default(300)
			.describe("A breach once the conversation that has waited longest has waited longer than this."),
		queues: z
			.array(watchedQueue, { error: queuesError })
			.max(1000, { error: queuesError })
			.default([])
			.describe("The queues that are watched; fedBy says which trunks' outage explains a queue's."),
	})
		.prefault({})
		.describe(queueOverflow.why),
} satisfies Readonly<Record<WatchedCondition, z.ZodType>>;

const retentionDays = [1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653] as const;
const organizationError = "the organization's id, a UUID (Admin > Account Settings > Organization Settings)";

/** The plain (not secret) settings of a stack, one entry a configuration key. */
export const settingsShape = {
	genesys: section({
		region: z.enum(genesysRegions, { error: oneOf(genesysRegions) }).describe("The AWS region of the Genesys Cloud organization."),
		organizationId: z.guid({ error: organizationError }).describe("The external id under which Genesys Cloud assumes the ledger's role."),
		division: text(/^\S(.{0,126}\S)?$/, "a division's name")
			.exactOptional()
			.describe("The division of the workflow; by default the home division."),
	}),
	names: section({
		prefix: text(/^[a-z][a-z0-9-]{0,23}$/, "lower-case letters, digits and dashes, at most 24, beginning with a letter")
			.default("runbooks")
			.describe("Every name in Genesys Cloud and AWS begins with it and the stack."),
	}).prefault({}),
	runbooks: section(runbookSections).prefault({}),
	escalation: escalationSchema,
	pagerduty: section({ region: choice(["us", "eu"]).default("us").describe("Where the PagerDuty account lives.") }).prefault({}),
	twilio: section({
		accountSid: text(/^AC[0-9a-f]{32}$/, "a Twilio account SID (AC and 32 hexadecimal digits)").describe(
			"The account that sends the texts.",
		),
		from: phoneNumber.describe("The sender, in E.164."),
	}).exactOptional(),
	credentials: z
		.record(
			text(
				/^(detector|launcher|responder|remediator|twilio|pagerduty-[a-z0-9-]+)$/,
				"a credential: detector, launcher, responder, remediator, twilio or pagerduty-<service>",
			),
			section({ expiresOn: z.iso.date({ error: 'a date in quotes such as "2027-03-01"' }).describe("The last day on which it is valid.") }),
			{ error: "a section of credential: { expiresOn: date }" },
		)
		.exactOptional()
		.describe("When your own rules, or a vendor, end a credential: people are told fourteen days before."),
	grouping: z
		.union(
			[
				z.literal(false),
				section({
					over: whole(1, 1000, "failures").default(5).describe("More of them than this under one condition are one page."),
					withinSeconds: whole(60, 3600, "seconds").default(120).describe("Opened within this time."),
				}),
			],
			{ error: "false, or a section with over and withinSeconds" },
		)
		.prefault({})
		.describe("Many failures at once are one page that names them; false pages each by itself."),
	limits: section({
		incidentsInResponse: whole(1, 100, "incidents").default(10).describe("Incidents in response at once, all functions together."),
		genesysRequestsPerMinute: whole(10, 10_000, "requests")
			.default(300)
			.describe("What Genesys Cloud allows one OAuth client in a minute."),
		genesysShare: z
			.number({ error: share })
			.gt(0, { error: share })
			.max(1, { error: share })
			.default(0.8)
			.describe("The share of it in use."),
		vendorRequestsPerMinute: whole(1, 10_000, "requests").default(60).describe("For one vendor key."),
		takeOverSeconds: whole(30, 3600, "seconds")
			.default(60)
			.describe("How long the overseer waits for a launch, a claim or a sign of life."),
		detectorSilentSeconds: whole(120, 86_400, "seconds").default(300).describe("A poller silent for this long is itself an incident."),
		failedPollsToOpen: whole(1, 60, "polls in a row")
			.default(3)
			.describe("Failed polls that make an incident of the poller's own failure."),
		keepClosedDays: whole(1, 3650, "days").default(400).describe("How long closed incidents stay in the ledger."),
	}).prefault({}),
	webhook: webhookSchema.exactOptional(),
	tags: z
		.record(
			text(
				/^(?!aws:|Project$|Stack$).{1,128}$/i,
				"a tag name of 1 to 128 characters that is not Project, Stack or aws:…, which are set already",
			),
			text(/^.{0,256}$/, "a tag value of at most 256 characters, in quotes"),
			{ error: "a section of tag: value" },
		)
		.default({})
		.describe("On every AWS resource, beside Project and Stack."),
	logRetentionDays: z
		.literal(retentionDays, { error: oneOf(retentionDays) })
		.register(units, { unit: "days" })
		.default(30)
		.describe("How long CloudWatch keeps the functions' logs."),
	protect: z.boolean({ error: "true or false" }).default(false).describe("Guards the incident ledger and the secrets against deletion."),
} as const;

export const settingsSchema = z.strictObject(settingsShape);

/** The settings as a stack file may give them, defaults filled in. */
export type Configured = z.infer<typeof settingsSchema>;
