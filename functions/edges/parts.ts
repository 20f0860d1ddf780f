import type * as z from "zod";
import type { Budget, Clock, Deadline, DispatchQueue, Journal, Ledger } from "../pipeline/ports.ts";
import type { RuntimeSettings } from "../pipeline/settings.ts";
import { genesysSecret, webhookSecret } from "../schemas/secrets.ts";
import type { Automation } from "./aws/automation.ts";
import type { Invoke } from "./aws/invoke.ts";
import type { ReadSecret } from "./aws/secretCache.ts";
import type { Credentials } from "./credentials/documents.ts";
import { secretDocument, validDocuments } from "./credentials/secretDocument.ts";
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
	readonly ledger: (own: LedgerParts) => Ledger;
	readonly readSecret: ReadSecret;
	readonly journal: Journal;
	readonly newId: () => string;
	/** The keys of the function's own role. */
	readonly identity: () => AwsIdentity;
}

/** Where the ledger is, and how it is entered: each kind of ledger takes what it needs of it. */
export interface LedgerParts {
	readonly environment: Environment;
	readonly secret: SecretOf;
}

/** The services of AWS that only some functions reach: a function has those that it names, and no other is in its bundle. */
export interface Services {
	readonly queue: (queueUrl: string) => DispatchQueue & BackOff;
	readonly invoke: Invoke;
	readonly automation: () => Automation;
}

/** The document of a secret by its name, as this schema describes it. */
export type SecretOf = <T>(name: string, schema: z.ZodType<T>) => Credentials<T>;

/** Every document of a secret that is valid now: two during a rotation. */
export type ValidOf = <T>(name: string, schema: z.ZodType<T>) => Promise<readonly T[]>;

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
	/** What is valid now of a secret that is found by the ARN in its variable. */
	readonly valid: ValidOf;
	/** The secrets of this name with which something of ours is signed. */
	readonly signingSecrets: (name: string) => () => Promise<readonly string[]>;
	/** How the OAuth client of this name reaches Genesys Cloud. */
	readonly genesys: (clientName: string) => GenesysCloudOptions;
}

/** Throws EdgeError "misconfigured" for a malformed environment. */
export function partsOf(sources: Surroundings): Parts {
	const { settings, clock, timers, readSecret, journal } = sources;
	const fetch = timedFetch(sources.fetch, timers, sources.deadline, sources.silent);
	const environment = readEnvironment(sources.env);
	const held = { readSecret, journal, told: new Map<string, string>() };
	const secret: SecretOf = (name, schema) => secretDocument({ ...held, secretId: () => environment.secret(name), name, schema });
	const ledger = once(() => sources.ledger({ environment, secret }));
	const budget = once(() => ledgerBudget(ledger(), clock, timers));
	const valid: ValidOf = (name, schema) => validDocuments({ ...held, secretId: () => environment.secret(name), name, schema });
	return {
		sources,
		environment,
		fetch,
		ledger,
		budget,
		secret,
		vendorSecret: (name, schema) => secretDocument({ ...held, secretId: () => environment.vendorSecret(name), name, schema }),
		valid,
		signingSecrets: (name) => async () => eachOnce(await valid(name, webhookSecret), (each) => each.signingSecrets),
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

/** After `pulumi up` the next document says what the current one says. */
export const eachOnce = <T>(documents: readonly T[], of: (document: T) => readonly string[]): readonly string[] => [
	...new Set(documents.flatMap(of)),
];

export function once<T>(make: () => T): () => T {
	let made: { readonly value: T } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}
