import * as pulumi from "@pulumi/pulumi";
import { watchedRunbooks } from "../../conditions/runbooks.ts";
import { everyChannel } from "../../functions/pipeline/route/policy.ts";
import type { RuntimeSettings } from "../../functions/pipeline/settings.ts";
import type { Accounts } from "../../vendors/settings.ts";
import { crossChecks, placedRemediations } from "./checks.ts";
import { runtimeEvents } from "./events.ts";
import { asksPassword, type RedisServer } from "./ledger.ts";
import { oldForm, oldKey, withoutFollowers } from "./oldForm.ts";
import { resolvedPolicies } from "./policies.ts";
import { placedChannels } from "./policyChecks.ts";
import { configPath, type Problem, problemsOf, report, unknownKey } from "./problems.ts";
import { type GenesysRegion, genesysDomains } from "./regions.ts";
import { intermittentByDefault } from "./runbooks.ts";
import { type Configured, settingsSchema, settingsShape } from "./schema.ts";
import { isSecretKey, namespace, type RequiredSecret, requiredSecrets } from "./secrets.ts";
import { allowedKeys } from "./shape.ts";
import { accountShape } from "./vendors.ts";
import { watchSwitches } from "./watch.ts";
import { takesBearer } from "./webhook.ts";

/** Everything that a stack decides, checked and frozen. Holds no secret. */
export interface Settings {
	/** What travels inside the functions' archives. */
	readonly runtime: RuntimeSettings;
	/** `<prefix>-<stack>`, with which every name in Genesys Cloud and AWS begins. */
	readonly base: string;
	readonly genesys: {
		readonly region: GenesysRegion;
		readonly organizationId: string;
		readonly division?: string;
	};
	/** The event source in Amazon EventBridge, where Genesys Cloud sends events there: the last part of its name. */
	readonly eventSource?: string;
	/** The server that keeps the ledger, where that is no DynamoDB table. */
	readonly redis?: RedisServer;
	/** Who hears that something is wrong with the system itself. */
	readonly watch: Configured["watch"];
	/** Of the OAuth clients that a rotation has changed: which one is in use, and whether the one before stays. */
	readonly clients: Readonly<Record<string, { readonly generation: number; readonly keepsPrevious: boolean }>>;
	/** For every AWS resource. */
	readonly tags: Readonly<Record<string, string>>;
	readonly logRetentionDays: number;
	readonly protect: boolean;
	/** The secrets that must be configured, because the channels need them. */
	readonly secrets: readonly RequiredSecret[];
}

/** Where settings come from: keys are without their namespace, values parsed. */
export interface SettingsSource {
	readonly stack: string;
	readonly keys: readonly string[];
	get(key: string): unknown;
	/** Whether the value is stored as a Pulumi secret. */
	isSecret(key: string): boolean;
}

/** The settings, or every problem that they have, each with its configuration path. */
export function checkSettings(source: SettingsSource): { readonly settings: Settings } | { readonly problems: readonly Problem[] } {
	const plain = Object.fromEntries(source.keys.filter((key) => key in settingsShape).map((key) => [key, source.get(key)]));
	const parsed = settingsSchema.safeParse(plain);
	const problems = each(
		withoutFollowers(source, [
			...stackName(source.stack),
			...unknownKeys(source),
			...oldForm(source),
			...exposed(source),
			...(parsed.success ? [] : problemsOf(parsed.error, plain, (path) => allowedKeys(settingsSchema, plain, path))),
			...crossChecks(plain),
			...missingSecrets(source, plain),
		]),
	);
	if (!parsed.success || problems.length > 0) return { problems };
	return { settings: deepFreeze(resolved(source.stack, parsed.data)) };
}

/** The settings of a stack; throws one RunError that lists every problem, so that Pulumi prints it without a stack trace. */
export function readSettings(source: SettingsSource): Settings {
	const checked = checkSettings(source);
	if ("problems" in checked) throw new pulumi.RunError(report(source.stack, checked.problems));
	return checked.settings;
}

function resolved(stack: string, configured: Configured): Settings {
	const { names, runbooks, hours, routes, windows, credentials, grouping, limits, webhook, watch, tags, logRetentionDays, protect } =
		configured;
	const { events, activeIncidents, drills, ledger } = configured;
	const base = `${names.prefix}-${stack}`;
	const { adminPages, ...genesys } = configured.genesys;
	const { credentialsPage } = configured;
	const policies = resolvedPolicies(configured.policies, configured.mirror);
	return {
		runtime: {
			environment: stack,
			production: configured.production,
			genesys: { domain: genesysDomains[genesys.region], ...(adminPages === undefined ? {} : { adminPages }) },
			...accountsIn(configured),
			runbooks: withIntermittent(runbooks),
			policies,
			...(hours === undefined ? {} : { hours }),
			routes: routes,
			...(windows === undefined ? {} : { windows }),
			...(drills === undefined ? {} : { drills }),
			...expiriesIn(credentials),
			...(credentialsPage === undefined ? {} : { credentialsPage }),
			grouping,
			limits,
			...(activeIncidents.table ? { activeIncidents: true as const } : {}),
			...(webhook === undefined ? {} : { webhook }),
			...(events === undefined ? {} : { events: runtimeEvents(events) }),
		},
		base,
		genesys,
		...(events === undefined ? {} : { eventSource: events.sourceSuffix ?? base }),
		...(ledger === undefined ? {} : { redis: ledger.redis }),
		watch,
		clients: clientsIn(credentials),
		tags: { ...tags, Project: namespace, Stack: stack },
		logRetentionDays,
		protect,
		secrets: requiredSecrets(
			[{ channels: everyChannel({ policies }) }],
			placedRemediations(runbooks).map(({ remediation }) => remediation),
			takesBearer(webhook),
			watch,
			asksPassword(ledger),
		),
	};
}

/** Of the sections of credentials, what the functions have to know: when each ends. */
function expiriesIn(credentials: Configured["credentials"]): Pick<Settings["runtime"], "credentials"> {
	const dated = Object.entries(credentials ?? {}).flatMap(([name, { expiresOn }]) =>
		expiresOn === undefined ? [] : [[name, { expiresOn }] as const],
	);
	return dated.length === 0 ? {} : { credentials: Object.fromEntries(dated) };
}

/** What is said of clients of Genesys Cloud. */
const clientsIn = (credentials: Configured["credentials"]): Settings["clients"] =>
	Object.fromEntries(
		Object.entries(credentials ?? {}).map(([name, { generation = 1, keepsPrevious = false }]) => [name, { generation, keepsPrevious }]),
	);

/** The accounts at the vendors, each under its own key. */
function accountsIn(configured: Configured): Accounts {
	const given = Object.keys(accountShape).map((key) => [key, Reflect.get(configured, key)]);
	// Each key holds what the schema made of it.
	return Object.fromEntries(given.filter(([, account]) => account !== undefined)) as Accounts;
}

/** Fills in the rule about failures that come and go. */
function withIntermittent(runbooks: Configured["runbooks"]): Configured["runbooks"] {
	const filled = watchedRunbooks.map((runbook) => {
		const settings = runbooks[runbook.name];
		const intermittent = settings.intermittent ?? intermittentByDefault(runbook, settings.breachesToOpen);
		return [runbook.name, { ...settings, intermittent }] as const;
	});
	return { ...runbooks, ...Object.fromEntries(filled) };
}

/** Several checks of one value may say the same. */
function each(problems: readonly Problem[]): readonly Problem[] {
	return [...new Map(problems.map((problem) => [`${problem.path} ${problem.expected}`, problem])).values()];
}

/** The stack is the environment of every incident key: 20 characters leave room for the longest condition, a UUID, occurrence and tier. */
function stackName(stack: string): readonly Problem[] {
	if (/^[a-z][a-z0-9-]{0,19}$/.test(stack)) return [];
	const expected =
		"a stack name of lower-case letters, digits and dashes, at most 20, beginning with a letter (it is part of every incident key)";
	return [{ path: "stack", expected, got: JSON.stringify(stack) }];
}

function unknownKeys(source: SettingsSource): readonly Problem[] {
	const given = Object.fromEntries(["policies", "runbooks", "webhook", "watch", "ledger"].map((key) => [key, source.get(key)]));
	const allowed = [...Object.keys(settingsShape), ...requiredSecretKeys(given)];
	return source.keys
		.filter((key) => !(key in settingsShape || isSecretKey(key) || key === oldKey))
		.map((key) => unknownKey([key], key, allowed));
}

/** A setting that would leave the encrypted state in an archive, and a secret that already stands in the file for all to read. */
function exposed(source: SettingsSource): readonly Problem[] {
	return source.keys.flatMap((key): readonly Problem[] => {
		const path = configPath([key]);
		if (key in settingsShape && source.isSecret(key))
			return [{ path, expected: "a plain value, because it travels in the functions' archives", got: "a secret" }];
		if (isSecretKey(key) && !source.isSecret(key))
			return [
				{ path, expected: "a secret", got: "a plain value (replace it at its vendor: it can be read in the file)", remedy: setSecret(key) },
			];
		return [];
	});
}

function missingSecrets(source: SettingsSource, plain: Readonly<Record<string, unknown>>): readonly Problem[] {
	return requiredSecretKeys(plain)
		.filter((key) => !source.keys.includes(key) || (source.isSecret(key) && source.get(key) === ""))
		.map((key) => ({ path: configPath([key]), expected: "a secret", got: "nothing", remedy: setSecret(key) }));
}

function requiredSecretKeys({ policies, runbooks, webhook, watch, ledger }: Readonly<Record<string, unknown>>): readonly string[] {
	const channels = placedChannels(policies).map(({ channel }) => channel);
	const remediations = placedRemediations(runbooks).map(({ remediation }) => remediation);
	return requiredSecrets([{ channels }], remediations, takesBearer(webhook), watchSwitches(watch), asksPassword(ledger)).map(
		({ key }) => key,
	);
}

const setSecret = (key: string): string => `pulumi config set --secret ${namespace}:${key}`;

function deepFreeze<T>(value: T): T {
	if (typeof value === "object" && value !== null) for (const child of Object.values(Object.freeze(value))) deepFreeze(child);
	return value;
}
