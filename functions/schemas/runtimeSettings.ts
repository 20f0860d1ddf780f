import * as z from "zod";
import { watchedRunbook } from "../../conditions/runbooks.ts";
import { longestWindow } from "../pipeline/confirm/intermittent.ts";
import { type Condition, conditions, severities } from "../pipeline/model/incident.ts";
import { days } from "../pipeline/route/settings.ts";
import { type RunbookTable, type RuntimeSettings, remediationModes } from "../pipeline/settings.ts";
import { alertFormats as webhook } from "./alertFormats.ts";
import { remedySettings } from "./remedySettings.ts";
import { fieldShape } from "./runbookFields.ts";
import { accountShape, channelSettings } from "./vendorSettings.ts";

const seconds = z.number().int().positive();
const count = z.number().int().positive();

const remediation = z.strictObject({
	mode: z.enum(remediationModes),
	remedy: remedySettings,
	windowSeconds: seconds,
	cooldownSeconds: seconds,
});

const runbook = z.strictObject({
	enabled: z.boolean(),
	severity: z.enum(severities),
	breachesToOpen: count,
	clearsToClose: count,
	intermittent: z.union([z.literal(false), z.strictObject({ breaches: count, of: count.max(longestWindow) })]).exactOptional(),
	remediation: z.union([z.literal("observe"), remediation]),
});

type RunbookShape = { readonly [Name in Condition]: z.ZodExactOptional<z.ZodType<NonNullable<RunbookTable[Name]>>> };

const runbookSection = (name: Condition): z.ZodExactOptional<z.ZodType> =>
	runbook.extend(fieldShape(watchedRunbook(name)?.settings ?? {})).exactOptional();

/** Every runbook's section; those of the poller may have fields of their own. */
const runbookTable = z.strictObject(Object.fromEntries(conditions.map((name) => [name, runbookSection(name)])) as RunbookShape);

/** Who is paged, when and how, in the resolved form in which it travels to the functions. */
const policySettings = z
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

const time = z.string().regex(/^\d\d:\d\d$/);
const hoursSettings = z.strictObject({ days: z.array(z.enum(days)).min(1), from: time, to: time, zone: z.string().min(1) });

const words = z.array(z.string().min(1)).min(1).exactOptional();
const routeSettings = z.strictObject({
	match: z
		.strictObject({
			condition: z.array(z.enum(conditions)).min(1).exactOptional(),
			severity: z.array(z.enum(severities)).min(1).exactOptional(),
			entity: words,
			queue: words,
		})
		.exactOptional(),
	hours: z.string().exactOptional(),
	policy: z.string().min(1),
	severity: z.enum(severities).exactOptional(),
	mayShare: z.array(z.string()).exactOptional(),
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
export const runtimeSettings = z
	.strictObject({
		environment: z
			.string()
			.regex(/^[A-Za-z0-9._-]+$/, "expected letters, digits, dots, underscores and hyphens (it is part of the incident key)"),
		genesys: z.strictObject({
			domain: z.string().regex(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/, "expected a domain such as mypurecloud.de, without scheme or path"),
		}),
		...accountShape,
		runbooks: runbookTable,
		policies: z.record(z.string().min(1), policySettings),
		hours: z.record(z.string(), hoursSettings).exactOptional(),
		routes: z.array(routeSettings).min(1),
		credentials: z.record(z.string(), z.strictObject({ expiresOn: z.iso.date() })).exactOptional(),
		grouping: z.union([z.literal(false), z.strictObject({ over: count, withinSeconds: seconds })]),
		limits,
		webhook: webhook.exactOptional(),
	})
	.refine(({ policies, routes }) => routes.every(({ policy }) => Object.hasOwn(policies, policy)), {
		path: ["routes"],
		message: "expected routes to policies that there are",
	})
	.refine(({ hours = {}, routes }) => routes.every((route) => route.hours === undefined || Object.hasOwn(hours, route.hours)), {
		path: ["routes"],
		message: "expected routes within hours that there are",
	}) satisfies z.ZodType<RuntimeSettings>;
