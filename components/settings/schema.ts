import * as z from "zod";
import { credentialPatterns } from "../../vendors/credentials.ts";
import { oneOf, section, text, units, whole } from "./builders.ts";
import { policiesSchema } from "./policies.ts";
import { genesysRegions } from "./regions.ts";
import { hoursTable, routesSchema } from "./routes.ts";
import { runbookSections } from "./runbooks.ts";
import { accountShape } from "./vendors.ts";
import { webhookSchema } from "./webhook.ts";

const share = "a share above 0 and at most 1";

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
	policies: policiesSchema,
	hours: hoursTable.exactOptional(),
	routes: routesSchema,
	...accountShape,
	credentials: z
		.record(
			text(
				new RegExp(`^(detector|launcher|responder|remediator|${credentialPatterns.map(({ pattern }) => pattern).join("|")})$`),
				`a credential: detector, launcher, responder, remediator, ${credentialPatterns.map(({ words }) => words).join(", ")}`,
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
		vendorRequestsPerMinute: whole(1, 10_000, "requests").default(60).describe("For one credential of a vendor."),
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
