import type * as z from "zod";
import { type Budget, type Clock, type Deadline, type DispatchQueue, EdgeError, type Journal, type Ledger } from "../pipeline/ports.ts";
import type { RuntimeSettings } from "../pipeline/settings.ts";
import { genesysSecret, webhookSecret } from "../schemas/secrets.ts";
import type { Automation } from "./aws/automation.ts";
import type { Invoke } from "./aws/invoke.ts";
import type { ReadSecret } from "./aws/secretCache.ts";
import type { Credentials } from "./credentials/documents.ts";
import { type Environment, readEnvironment } from "./environment.ts";
import type { GenesysCloudOptions } from "./genesys/api.ts";
import type { BackOff } from "./http/backOff.ts";
import { type TimedFetch, timedFetch } from "./http/http.ts";
import { ledgerBudget } from "./http/ledgerBudget.ts";
import type { Timers } from "./timers.ts";
import type { AwsIdentity } from "./vendors/awsSignature.ts";

/** What differs between Lambda and the rehearsal, for every function; everything else is the same code in both. */
export interface Surroundings {
	readonly env: Readonly<Record<string, string | undefined>>;
	readonly settings: RuntimeSettings;
	readonly fetch: typeof fetch;
	readonly clock: Clock;
	readonly timers: Timers;
	readonly deadline: Deadline;
	/** What did not answer in time in the invocation under way; a new set for each. */
	readonly silent: () => Set<string>;
	readonly ledger: (tableName: string) => Ledger;
	readonly readSecret: ReadSecret;
	readonly journal: Journal;
	readonly newId: () => string;
	/** The keys of the function's own role. */
	readonly identity: () => AwsIdentity;
}

/** The services of AWS that only some functions reach: a function has those that it names, and no other is in its bundle. */
export interface Services {
	readonly queue: (queueUrl: string) => DispatchQueue & BackOff;
	readonly invoke: Invoke;
	readonly automation: () => Automation;
}

/** The document of a secret by its name, as this schema describes it. */
export type SecretOf = <T>(name: string, schema: z.ZodType<T>) => Credentials<T>;

/** What the ports of a function are made of. What several ports share is made when it is first used, and once. */
export interface Parts {
	readonly sources: Surroundings;
	readonly environment: Environment;
	/** Gives up in time, and at once on whom did not answer before. */
	readonly fetch: TimedFetch;
	readonly ledger: () => Ledger;
	readonly budget: () => Budget;
	/** Found by the ARN in its variable. */
	readonly secret: SecretOf;
	/** Found by its name. */
	readonly vendorSecret: SecretOf;
	/** The secrets of this name with which something of ours is signed. */
	readonly signingSecrets: (name: string) => () => Promise<readonly string[]>;
	/** How the OAuth client of this name reaches Genesys Cloud. */
	readonly genesys: (clientName: string) => GenesysCloudOptions;
}

/** Throws EdgeError "misconfigured" for a malformed environment. */
export function partsOf(sources: Surroundings): Parts {
	const { settings, clock, timers, readSecret } = sources;
	const fetch = timedFetch(sources.fetch, timers, sources.deadline, sources.silent);
	const environment = readEnvironment(sources.env);
	const ledger = once(() => sources.ledger(environment.tableName()));
	const budget = once(() => ledgerBudget(ledger(), clock, timers));
	const secret: SecretOf = (name, schema) => documentOf(readSecret, () => environment.secret(name), name, schema);
	return {
		sources,
		environment,
		fetch,
		ledger,
		budget,
		secret,
		vendorSecret: (name, schema) => documentOf(readSecret, () => environment.vendorSecret(name), name, schema),
		signingSecrets: (name) => async () => (await secret(name, webhookSecret)()).signingSecrets,
		genesys: (clientName) => ({
			fetch,
			domain: settings.genesys.domain,
			credentials: secret(`genesys-${clientName}`, genesysSecret),
			clientName,
			clock,
			budget: budget(),
			perMinute: Math.floor(settings.limits.genesysRequestsPerMinute * settings.limits.genesysShare),
		}),
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

export function once<T>(make: () => T): () => T {
	let made: { readonly value: T } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}
