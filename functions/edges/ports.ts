import type * as z from "zod";
import { launcherName, remediatorName } from "../pipeline/credentials/rules.ts";
import type {
	AcknowledgeLinks,
	Approvals,
	CredentialChecks,
	EdgeSource,
	Pagers,
	QueueSource,
	Remedies,
	RemedyActs,
	TrunkSource,
	Workflows,
} from "../pipeline/ports.ts";
import { type Budget, type Clock, type Deadline, type DispatchQueue, EdgeError, type Journal, type Ledger } from "../pipeline/ports.ts";
import type { RuntimeSettings } from "../pipeline/settings.ts";
import {
	genesysSecret,
	heartbeatName,
	heartbeatSecret,
	secretVariable,
	vendorWebhookSecret,
	vendorWebhooksName,
	webhookSecret,
} from "../schemas/secrets.ts";
import { type Automation, tokenOf } from "./aws/automation.ts";
import type { Invoke } from "./aws/invoke.ts";
import type { ReadSecret } from "./aws/secretCache.ts";
import { askRemediator, credentialChecks } from "./credentials/checks.ts";
import type { Credentials } from "./credentials/documents.ts";
import { noticedWorkflows } from "./credentials/noticed.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import { authorized, type GenesysCloudOptions, genesysCloud, proveClient } from "./genesys/api.ts";
import type { BackOff } from "./http/backOff.ts";
import { bulkAllowance } from "./http/bulkAllowance.ts";
import { type Heartbeat, heartbeat } from "./http/heartbeat.ts";
import { timedFetch } from "./http/http.ts";
import { ledgerBudget } from "./http/ledgerBudget.ts";
import { signedPost } from "./http/signedPost.ts";
import { signedAcknowledgeLinks } from "./links/acknowledgeLinks.ts";
import { signedApprovals } from "./links/approvals.ts";
import { remediator, remedyActs } from "./remedies.ts";
import type { Timers } from "./timers.ts";
import type { AwsIdentity } from "./vendors/awsSignature.ts";
import { type SecretOf, type Vendors, vendorsOf } from "./vendors/pagers.ts";
import { snsTopics, type Topics } from "./webhook/sns.ts";

/** Everything that a handler may reach. A port is made when it is first used: one whose variable is missing fails then, not before. */
export interface Ports {
	readonly settings: RuntimeSettings;
	readonly clock: Clock;
	readonly deadline: Deadline;
	readonly journal: Journal;
	readonly ledger: Ledger;
	readonly queue: DispatchQueue & BackOff;
	/** Genesys Cloud as the client "detector". */
	readonly trunks: TrunkSource;
	/** The same client. */
	readonly edges: EdgeSource;
	readonly contactQueues: QueueSource;
	/** Genesys Cloud as the client "launcher". */
	readonly workflows: Workflows;
	readonly pagers: Pagers;
	/** Whether the credentials that this function holds are taken; the remediator's is asked of the remediator. */
	readonly credentials: CredentialChecks;
	/** The remediator, for the functions that ask it. */
	readonly remedies: Remedies;
	/** Inside the remediator. */
	readonly remedyActs: RemedyActs;
	readonly approvals: Approvals;
	/** For the functions that page, and for the one that takes the answers. */
	readonly acknowledgeLinks: AcknowledgeLinks;
	/** A new launch id. */
	readonly newId: () => string;
	/** The secrets that tell approval links of ours from others, and approve nothing. */
	approvalSeals(): Promise<readonly string[]>;
	/** The signing secrets that are valid now. */
	webhookSecrets(): Promise<readonly string[]>;
	/** The bearer tokens that are valid now, for alerts of what cannot sign. */
	webhookTokens(): Promise<readonly string[]>;
	/** The secrets by which a vendor that tells of pages proves itself at this path, such as `pagerduty/primary`; none: nobody is heard there. */
	vendorWebhookSecrets(path: string): Promise<readonly string[]>;
	readonly topics: Topics;
	/** For the functions of a schedule, at their good end. */
	readonly heartbeat: Heartbeat;
}

/** What differs between Lambda and the rehearsal; everything else is the same code in both. */
export interface PortSources {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly settings: RuntimeSettings;
	readonly fetch: typeof fetch;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly deadline: Deadline;
	/** What did not answer in time in the invocation under way; a new set for each. */
	readonly silent: () => Set<string>;
	readonly ledger: (tableName: string) => Ledger;
	readonly queue: (queueUrl: string) => DispatchQueue & BackOff;
	readonly readSecret: ReadSecret;
	readonly journal: Journal;
	readonly newId: () => string;
	readonly invoke: Invoke;
	readonly automation: () => Automation;
	/** The keys of the function's own role. */
	readonly identity: () => AwsIdentity;
}

/** What the poller keeps back of its time for judging what it read. */
const judgingMilliseconds = 25_000;

/** The ports of one function, out of its environment and settings. Throws EdgeError "misconfigured" for a malformed environment. */
export function buildPorts(sources: PortSources): Ports {
	const { settings, clock, journal, readSecret } = sources;
	const fetch = timedFetch(sources.fetch, sources.timers, sources.deadline, sources.silent);
	const environment = readEnvironment(sources.env);
	const secret = <T>(name: string, schema: z.ZodType<T>) => documentOf(readSecret, () => environment.secret(name), name, schema);
	const vendorSecretOf: SecretOf = (name, schema) => documentOf(readSecret, () => environment.vendorSecret(name), name, schema);
	const ledger = once(() => sources.ledger(environment.tableName()));
	const queue = once(() => sources.queue(environment.queueUrl()));
	const budget = once(() => ledgerBudget(ledger(), clock, sources.timers));
	const signingSecrets = (name: string) => async () => (await secret(name, webhookSecret)()).signingSecrets;
	const optionsOf = (clientName: string): GenesysCloudOptions => ({
		fetch,
		domain: settings.genesys.domain,
		credentials: secret(`genesys-${clientName}`, genesysSecret),
		clientName,
		clock,
		budget: budget(),
		perMinute: Math.floor(settings.limits.genesysRequestsPerMinute * settings.limits.genesysShare),
	});
	const detector = once(() => genesysCloud(detecting(sources, optionsOf("detector"), budget())));
	const flow = () => (sources.env.FLOW_IDS === undefined ? {} : { flowIds: environment.flowIds() });
	const workflows = once(() =>
		noticedWorkflows(genesysCloud({ ...optionsOf(launcherName), ...flow() }), { ledger, clock, settings, name: launcherName }),
	);
	const vendors = vendorsOf({ ...sources, fetch }, vendorSecretOf, budget, ledger);
	return {
		settings,
		clock,
		deadline: sources.deadline,
		journal,
		get ledger() {
			return ledger();
		},
		get queue() {
			return queue();
		},
		get trunks() {
			return detector();
		},
		get edges() {
			return detector();
		},
		get contactQueues() {
			return detector();
		},
		get workflows() {
			return workflows();
		},
		pagers: vendors.pagers,
		credentials: checksOf(sources, environment, optionsOf, vendors),
		remedies: remediator(sources.invoke, () => environment.remediator()),
		remedyActs: actsOf({ ...sources, fetch }, () => optionsOf("remediator"), signingSecrets("remedy-webhook")),
		approvals: signedApprovals(signingSecrets("remedy-approval"), signingSecrets("approval-links"), () => environment.approvalUrl()),
		acknowledgeLinks: signedAcknowledgeLinks(signingSecrets("acknowledge"), () => environment.acknowledgeUrl()),
		newId: sources.newId,
		...sendersOf(secret, sources.env),
		topics: snsTopics(fetch),
		heartbeat: heartbeat({ ...sources, fetch, url: heartbeatUrl(secret, sources.env) }),
	};
}

/** What those prove themselves with who send something to the function URL. */
function sendersOf(
	secret: SecretOf,
	env: PortSources["env"],
): Pick<Ports, "webhookSecrets" | "webhookTokens" | "vendorWebhookSecrets" | "approvalSeals"> {
	const webhook = secret("webhook", webhookSecret);
	const seals = secret("approval-links", webhookSecret);
	const vendors = secret(vendorWebhooksName, vendorWebhookSecret);
	// Not set: this stack hears no vendor.
	const hears = env[secretVariable(vendorWebhooksName)] !== undefined;
	return {
		webhookSecrets: async () => (await webhook()).signingSecrets,
		approvalSeals: async () => (await seals()).signingSecrets,
		webhookTokens: async () => (await webhook()).bearerTokens ?? [],
		vendorWebhookSecrets: async (path) => {
			const known = hears ? await vendors() : {};
			return Object.hasOwn(known, path) ? (known[path] ?? []) : [];
		},
	};
}

/** The address outside, where this function calls one. */
function heartbeatUrl(secret: SecretOf, env: PortSources["env"]): (() => Promise<string>) | undefined {
	if (env[secretVariable(heartbeatName)] === undefined) return undefined;
	const document = secret(heartbeatName, heartbeatSecret);
	return async () => (await document()).url;
}

/** What the remediator acts with, each made when it is first used. */
function actsOf(
	{ fetch, clock, automation }: PortSources,
	options: () => GenesysCloudOptions,
	secrets: () => Promise<readonly string[]>,
): RemedyActs {
	const genesys = once(() => authorized(options()));
	const documents = once(automation);
	return remedyActs({
		genesys: async (...asked) => genesys()(...asked),
		post: signedPost({ fetch, clock, secrets }),
		startDocument: async (document, parameters, key) => documents().start(document, parameters, tokenOf(key)),
		documentStatus: async (executionId) => documents().status(executionId),
	});
}

/** The remediator looks at its own secret; everybody else asks it to. */
function checksOf(
	{ env, invoke }: PortSources,
	environment: Environment,
	optionsOf: (clientName: string) => GenesysCloudOptions,
	vendors: Vendors,
): CredentialChecks {
	return credentialChecks((name) => {
		if (name === launcherName) return () => proveClient(optionsOf(name));
		if (name !== remediatorName) return vendors.check(name);
		const isOwn = env.SECRET_GENESYS_REMEDIATOR !== undefined;
		return () => (isOwn ? proveClient(optionsOf(name)) : askRemediator(invoke, environment.remediator()));
	});
}

/** The poller makes many requests at once, and they end early enough for the judging of what was read. */
function detecting(
	{ fetch, timers, deadline, silent, clock }: PortSources,
	options: GenesysCloudOptions,
	budget: Budget,
): GenesysCloudOptions {
	const reading = { remainingMilliseconds: () => Math.max(0, deadline.remainingMilliseconds() - judgingMilliseconds) };
	return {
		...options,
		fetch: timedFetch(fetch, timers, deadline, silent, judgingMilliseconds),
		budget: bulkAllowance(budget, { clock, timers, deadline: reading }),
	};
}

function documentOf<T>(readSecret: ReadSecret, secretId: () => string, name: string, schema: z.ZodType<T>): Credentials<T> {
	return async (anew) => {
		const id = secretId();
		const result = schema.safeParse(await readSecret(id, anew));
		if (result.success) return result.data;
		const problems = result.error.issues.map(({ path, code }) => `${path.join(".") || "(document)"} (${code})`);
		throw new EdgeError("misconfigured", `secret ${id}: expected the document of ${name}, got problems at ${problems.join(", ")}`, {
			retry: false,
		});
	};
}

function once<T>(make: () => T): () => T {
	let made: { readonly value: T } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}
