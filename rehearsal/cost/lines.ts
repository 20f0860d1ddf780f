import { assumptions } from "./assumptions.ts";
import type { BilledFunction, Declared } from "./declared.ts";
import type { Measured } from "./measure.ts";
import type { PriceName } from "./prices.ts";
import { type Usage, usedOf } from "./usage.ts";

/** A month to be priced. */
export interface Month extends Pick<Measured, "declared" | "trunks" | "keptDays" | "idleBytes"> {
	readonly usage: Usage;
	readonly incidents: number;
	/** What one of them leaves in the table; absent where there are none. */
	readonly incidentBytes?: number;
}

export interface LineRule {
	readonly service: string;
	readonly what: string;
	readonly price: PriceName;
	/** In the unit of the price. */
	readonly quantity: (month: Month) => number;
}

const gigabyte = 1e9;
const { hoursAMonth } = assumptions;
const daysAMonth = hoursAMonth / 24;

/** Every line of the bill: the functions that are declared, then the services. */
export const lineRules = ({ functions }: Pick<Declared, "functions">): readonly LineRule[] => [
	...functions.flatMap(functionRules),
	...serviceRules,
];

function functionRules(declared: BilledFunction): readonly LineRule[] {
	const { kind, architecture } = declared;
	return [
		{ service: "Lambda", what: `${kind}, runs`, price: "lambda-run", quantity: ({ usage }) => usedOf(usage, `runs:${kind}`) },
		{
			service: "Lambda",
			what: `${kind}, time`,
			price: `lambda-${architecture}-gigabyte-second`,
			quantity: (month) => gigabyteSeconds(declared, month),
		},
	];
}

/** The time of the runs, which is waiting, that of computing on a part of a core, and cold starts; times the memory. */
function gigabyteSeconds({ kind, megabytes, everySeconds }: BilledFunction, { usage, trunks, incidents }: Month): number {
	const core = Math.min(1, megabytes / assumptions.megabytesOfOneCore);
	const judged = kind === "poller" ? usedOf(usage, `runs:${kind}`) * trunks : 0;
	const computing =
		usedOf(usage, `calls:${kind}`) * assumptions.computingMillisecondsACall + judged * assumptions.computingMillisecondsATrunk;
	const runs = usedOf(usage, `runs:${kind}`);
	// What nothing starts all the time is cold when an incident comes.
	const coldStarts = everySeconds === undefined ? Math.min(runs, incidents) : assumptions.coldStartsADay * daysAMonth;
	const seconds = (usedOf(usage, `milliseconds:${kind}`) + computing / core + coldStarts * assumptions.coldStartMilliseconds) / 1000;
	return (seconds * megabytes) / 1024;
}

const runsOf = ({ functions }: Declared, usage: Usage, isWanted: (each: BilledFunction) => boolean): number =>
	functions.filter(isWanted).reduce((sum, { kind }) => sum + usedOf(usage, `runs:${kind}`), 0);
const isScheduled = ({ everySeconds }: BilledFunction): boolean => everySeconds !== undefined;

/** Gigabytes in the table: what is there always, and what the ledger still keeps of closed incidents. */
const tableGigabytes = ({ idleBytes, incidents, incidentBytes = 0, keptDays }: Month): number =>
	(idleBytes + incidents * incidentBytes * (keptDays / daysAMonth)) / gigabyte;

/** Gigabytes that reach the logs in a month, Lambda's own lines included. */
const logGigabytes = ({ declared, usage }: Month): number =>
	(usedOf(usage, "log-bytes") + runsOf(declared, usage, () => true) * assumptions.platformBytesARun) / gigabyte;

const serviceRules: readonly LineRule[] = [
	{ service: "DynamoDB", what: "writes", price: "write-unit", quantity: ({ usage }) => usedOf(usage, "write-units") },
	{ service: "DynamoDB", what: "reads", price: "read-unit", quantity: ({ usage }) => usedOf(usage, "read-units") },
	{ service: "DynamoDB", what: "storage", price: "table-gigabyte", quantity: tableGigabytes },
	{
		service: "DynamoDB",
		what: "point-in-time recovery",
		price: "backup-gigabyte",
		quantity: (month) => (month.declared.restorableTables > 0 ? tableGigabytes(month) : 0),
	},
	{
		service: "SQS",
		what: "requests",
		price: "queue-request",
		// Each message is received and deleted.
		quantity: ({ declared, usage }) =>
			declared.askedQueues * assumptions.emptyReceivesAMinute * 60 * hoursAMonth +
			usedOf(usage, "queue-calls") +
			2 * usedOf(usage, "queue-messages"),
	},
	{
		service: "EventBridge Scheduler",
		what: "runs",
		price: "scheduled-run",
		quantity: ({ declared, usage }) => runsOf(declared, usage, isScheduled),
	},
	{ service: "EventBridge", what: "rules on partner events", price: "partner-rule", quantity: ({ declared }) => declared.rules },
	{ service: "Secrets Manager", what: "secrets", price: "secret", quantity: ({ declared }) => declared.secrets },
	{ service: "Secrets Manager", what: "reads", price: "secret-read", quantity: ({ usage }) => usedOf(usage, "secret-reads") },
	{ service: "KMS", what: "keys", price: "key", quantity: ({ declared }) => declared.keys },
	{ service: "KMS", what: "uses", price: "key-use", quantity: keyUses },
	{ service: "SNS", what: "notices of alarms", price: "notice", quantity: ({ usage }) => usedOf(usage, "notices") },
	{ service: "CloudWatch", what: "logs, taken in", price: "log-gigabyte", quantity: logGigabytes },
	{
		service: "CloudWatch",
		what: "logs, kept",
		price: "log-storage-gigabyte",
		quantity: (month) => logGigabytes(month) * (month.declared.logDays / daysAMonth),
	},
	{ service: "CloudWatch", what: "alarms", price: "alarm-metric", quantity: ({ declared }) => declared.alarmMetrics },
	{
		service: "CloudWatch",
		what: "metrics",
		price: "custom-metric",
		quantity: ({ usage }) => usedOf(usage, "metric-hours") / hoursAMonth,
	},
	{ service: "CloudWatch", what: "dashboards", price: "dashboard", quantity: ({ declared }) => declared.dashboards },
	{
		service: "Data transfer",
		what: "to the internet",
		price: "sent-gigabyte",
		quantity: ({ usage }) => (usedOf(usage, "https-requests") * assumptions.bytesARequest) / gigabyte,
	},
];

/** Those that run all the time use the table's key all the time, the others once an incident; the topic's key is used for each notice. */
function keyUses({ declared, usage, incidents }: Month): number {
	const { functions, encryptedTables } = declared;
	const always = functions.filter(isScheduled).length;
	const perTable = always * assumptions.keyUsesAnHour * hoursAMonth + (functions.length - always) * incidents;
	return encryptedTables * perTable + usedOf(usage, "notices");
}
