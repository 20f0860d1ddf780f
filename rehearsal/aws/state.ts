import type { MemoryLedger } from "../../functions/edges/memory/ledger.ts";
import type { MemoryQueue } from "../../functions/edges/memory/queue.ts";
import type { DeclaredAlarm } from "./alarms.ts";
import type { SecretVersions } from "./secretVersions.ts";

/** The functions, by the last part of their names. */
export const functionKinds = ["poller", "normalizer", "dispatcher", "ledger", "overseer", "remediator", "messenger", "listener"] as const;
export type FunctionKind = (typeof functionKinds)[number];

export interface DeclaredFunction {
	readonly name: string;
	readonly arn: string;
	readonly roleArn: string;
	readonly kind: FunctionKind;
	readonly env: Readonly<Record<string, string>>;
	readonly timeoutSeconds: number;
	/** Whether it is in a VPC, from where a server there can be reached. */
	readonly inNetwork: boolean;
	/** Below 0: no limit. */
	readonly reservedConcurrency: number;
	readonly logGroup: string;
	/** The declared archive, as Pulumi hands it over. */
	readonly code: unknown;
}

export interface DeclaredUrl {
	readonly url: string;
	readonly id: string;
	readonly functionName: string;
	readonly authorizationType: string;
}

/** One statement of a function's resource policy. */
export interface DeclaredPermission {
	readonly functionName: string;
	readonly action: string;
	readonly principal: string;
	readonly functionUrlAuthType: string | undefined;
	readonly invokedViaFunctionUrl: boolean;
}

export interface DeclaredMapping {
	readonly functionName: string;
	readonly queueArn: string;
	readonly batchSize: number;
	readonly maximumConcurrency: number;
	readonly reportsItemFailures: boolean;
	readonly enabled: boolean;
}

export interface DeclaredSchedule {
	readonly name: string;
	readonly arn: string;
	readonly functionName: string;
	readonly functionArn: string;
	readonly everySeconds: number;
	readonly roleArn: string;
	readonly enabled: boolean;
	readonly input: string | undefined;
}

export interface DeclaredQueue {
	readonly name: string;
	readonly arn: string;
	readonly url: string;
	readonly queue: MemoryQueue;
}

/** What keeps a ledger: a declared table, or a server that is there already, with its address in place of an ARN. */
export interface DeclaredTable {
	readonly name: string;
	readonly arn: string;
	readonly ledger: MemoryLedger;
	readonly indexes: readonly string[];
}

export interface DeclaredTopic {
	readonly name: string;
	readonly arn: string;
	/** The key that encrypts it. */
	readonly keyArn: string | undefined;
}

export interface DeclaredSubscription {
	readonly topicArn: string;
	readonly protocol: "email" | "https";
	readonly endpoint: string;
}

/** An event bus; `sourceName`: the partner's event source that it is for. */
export interface DeclaredBus {
	readonly name: string;
	readonly sourceName: string | undefined;
}

export interface DeclaredRule {
	readonly name: string;
	readonly arn: string;
	readonly busName: string;
	/** By field: what a value must fit one of. */
	readonly pattern: ReadonlyMap<string, readonly ((value: string) => boolean)[]>;
}

export interface DeclaredTarget {
	readonly ruleName: string;
	readonly busName: string;
	readonly queueArn: string;
	readonly deadLetterArn: string | undefined;
}

/** What the account holds: only what was declared. */
export interface AccountState {
	readonly functions: DeclaredFunction[];
	readonly urls: DeclaredUrl[];
	readonly permissions: DeclaredPermission[];
	readonly mappings: DeclaredMapping[];
	readonly schedules: DeclaredSchedule[];
	readonly queues: DeclaredQueue[];
	readonly tables: DeclaredTable[];
	/** ARN → its versions, none at first. */
	readonly secrets: Map<string, SecretVersions>;
	/** Name → ARN. */
	readonly logGroups: Map<string, string>;
	/** Type and id of everything that exists: no two may be equal. */
	readonly identities: Set<string>;
	readonly alarms: DeclaredAlarm[];
	readonly topics: DeclaredTopic[];
	/** The topics' own policies, by ARN. */
	readonly topicPolicies: Map<string, string>;
	readonly subscriptions: DeclaredSubscription[];
	readonly buses: DeclaredBus[];
	readonly rules: DeclaredRule[];
	readonly targets: DeclaredTarget[];
	/** The queues' own policies, by ARN. */
	readonly queuePolicies: Map<string, string>;
	/** The keys' own policies, by ARN. */
	readonly keyPolicies: Map<string, string>;
	/** Name → body. */
	readonly dashboards: Map<string, unknown>;
}

/** Of a secret that is asked for by its ARN or by its name, which AWS lengthens in the ARN by a hyphen and six characters; else what was asked for. */
export function arnOfSecret({ secrets }: Pick<AccountState, "secrets">, id: string): string {
	const isNamed = (arn: string): boolean => arn.slice(0, -7).endsWith(`:secret:${id}`);
	return secrets.has(id) ? id : ([...secrets.keys()].find(isNamed) ?? id);
}

export function emptyState(): AccountState {
	return {
		functions: [],
		urls: [],
		permissions: [],
		mappings: [],
		schedules: [],
		queues: [],
		tables: [],
		secrets: new Map(),
		logGroups: new Map(),
		identities: new Set(),
		alarms: [],
		topics: [],
		topicPolicies: new Map(),
		subscriptions: [],
		buses: [],
		rules: [],
		targets: [],
		queuePolicies: new Map(),
		keyPolicies: new Map(),
		dashboards: new Map(),
	};
}
