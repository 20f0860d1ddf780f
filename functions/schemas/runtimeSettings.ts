import * as z from "zod";
import { watchedRunbook } from "../../conditions/runbooks.ts";
import { type Condition, conditions } from "../pipeline/model/incident.ts";
import type { RunbookTable, RuntimeSettings } from "../pipeline/settings.ts";
import { alertFormats } from "./alertFormats.ts";
import { section } from "./builders.ts";
import { drillsSchema } from "./drills.ts";
import { eventsSchema } from "./events.ts";
import { groupingSchema, limitsSchema } from "./limits.ts";
import { policyFields } from "./policy.ts";
import { hoursTable, routesSchema } from "./routes.ts";
import { adminPages, commonFields, credentialsPage, fieldShape } from "./runbookFields.ts";
import { accountShape, channelSettings } from "./vendorSettings.ts";
import { windowsSchema } from "./windows.ts";

const runbook = {
	...commonFields,
	intermittent: commonFields.intermittent.exactOptional(),
	page: commonFields.page.exactOptional(),
};

type RunbookShape = { readonly [Name in Condition]: z.ZodExactOptional<z.ZodType<NonNullable<RunbookTable[Name]>>> };

const runbookSection = (name: Condition): z.ZodExactOptional<z.ZodType> =>
	section({ ...runbook, ...fieldShape(watchedRunbook(name)?.settings ?? {}) }).exactOptional();

/** Every runbook's section; those of the poller may have fields of their own. */
const runbookTable = z.strictObject(Object.fromEntries(conditions.map((name) => [name, runbookSection(name)])) as RunbookShape);

/** Who is paged, when and how, in the resolved form in which it travels to the functions. */
const policySettings = section({
	...policyFields,
	tiers: z
		.array(
			section({
				name: z.string().min(1),
				channels: z.array(channelSettings).min(1),
				informs: z.array(channelSettings).min(1).exactOptional(),
			}),
		)
		.min(1),
}).refine((policy) => policy.waitsSeconds.length === policy.attemptsPerChannel - 1, {
	path: ["waitsSeconds"],
	message: "expected one wait fewer than attemptsPerChannel",
});

/** `settings.json` inside a function's archive: checked when it is written and again at each cold start. Holds no secret. */
export const runtimeSettings = z
	.strictObject({
		environment: z
			.string()
			.regex(/^[A-Za-z0-9._-]+$/, "expected letters, digits, dots, underscores and hyphens (it is part of the incident key)"),
		production: z.boolean().exactOptional(),
		genesys: z.strictObject({
			domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "expected a domain such as mypurecloud.de, without scheme or path"),
			adminPages: adminPages.exactOptional(),
		}),
		...accountShape,
		runbooks: runbookTable,
		policies: z.record(z.string().min(1), policySettings),
		hours: hoursTable.exactOptional(),
		routes: routesSchema,
		windows: windowsSchema.exactOptional(),
		drills: drillsSchema.exactOptional(),
		credentials: z.record(z.string(), z.strictObject({ expiresOn: z.iso.date() })).exactOptional(),
		credentialsPage: credentialsPage.exactOptional(),
		grouping: groupingSchema,
		limits: limitsSchema,
		activeIncidents: z.literal(true).exactOptional(),
		webhook: alertFormats.exactOptional(),
		events: eventsSchema.exactOptional(),
	})
	.refine(({ policies, routes }) => routes.every(({ policy }) => Object.hasOwn(policies, policy)), {
		path: ["routes"],
		message: "expected routes to policies that there are",
	})
	.refine(({ hours = {}, routes }) => routes.every((route) => route.hours === undefined || Object.hasOwn(hours, route.hours)), {
		path: ["routes"],
		message: "expected routes within hours that there are",
	}) satisfies z.ZodType<RuntimeSettings>;
