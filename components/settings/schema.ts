import * as z from "zod";
import { alertFormats } from "../../functions/schemas/alertFormats.ts";
import { oneOf, section, text, units } from "../../functions/schemas/builders.ts";
import { drillsSchema } from "../../functions/schemas/drills.ts";
import { groupingSchema, limitsSchema } from "../../functions/schemas/limits.ts";
import { hoursTable, routesSchema } from "../../functions/schemas/routes.ts";
import { adminPages, credentialsPage } from "../../functions/schemas/runbookFields.ts";
import { windowsSchema } from "../../functions/schemas/windows.ts";
import { credentialPatterns } from "../../vendors/credentials.ts";
import { credentialSection } from "./credentialSection.ts";
import { eventsSettings } from "./events.ts";
import { ledgerSettings } from "./ledger.ts";
import { mirrorSchema } from "./mirror.ts";
import { policiesSchema } from "./policies.ts";
import { genesysRegions } from "./regions.ts";
import { runbookSections } from "./runbooks.ts";
import { accountShape } from "./vendors.ts";
import { watchSchema } from "./watch.ts";

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
		adminPages: adminPages.exactOptional().describe("Where the user interface of Genesys Cloud shows what fails: a page ends with it."),
	}),
	production: z
		.boolean({ error: "true or false" })
		.default(false)
		.describe("Whether its pages are in earnest; each line of all others begins with the stack's name, such as [DEV]."),
	names: section({
		prefix: text(/^[a-z][a-z0-9-]{0,23}$/, "lower-case letters, digits and dashes, at most 24, beginning with a letter")
			.default("runbooks")
			.describe("Every name in Genesys Cloud and AWS begins with it and the stack."),
	}).prefault({}),
	runbooks: section(runbookSections).prefault({}),
	policies: policiesSchema,
	hours: hoursTable.exactOptional(),
	routes: routesSchema,
	windows: windowsSchema.exactOptional(),
	drills: drillsSchema.exactOptional(),
	...accountShape,
	credentials: z
		.record(
			text(
				new RegExp(`^(detector|launcher|responder|remediator|announcer|${credentialPatterns.map(({ pattern }) => pattern).join("|")})$`),
				`a credential: detector, launcher, responder, remediator, announcer, ${credentialPatterns.map(({ words }) => words).join(", ")}`,
			),
			credentialSection,
			{ error: "a section of credential: { expiresOn: date }" },
		)
		.exactOptional()
		.describe("When your own rules, or a vendor, end a credential, and which client of Genesys Cloud is in use."),
	credentialsPage: credentialsPage
		.exactOptional()
		.describe("Where docs/credentials.md of your copy can be read: what is told of a credential links to its page there."),
	mirror: mirrorSchema.exactOptional(),
	activeIncidents: section({
		table: z
			.boolean({ error: "true or false" })
			.default(false)
			.describe(
				"Whether the overseer keeps a data table of active incidents, with a client that may write the rows of every data table of its division.",
			),
	})
		.prefault({})
		.describe("What is wrong now, where inbound flows find it and can play an announcement."),
	grouping: groupingSchema.prefault({}),
	limits: limitsSchema.prefault({}),
	webhook: alertFormats.exactOptional(),
	events: eventsSettings.exactOptional(),
	watch: watchSchema.prefault({}),
	ledger: ledgerSettings.exactOptional(),
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
