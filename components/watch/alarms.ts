import { metricNamespace, watchedMetrics } from "../../contracts/metrics.ts";
import { type FunctionName, functionNames } from "../functions/bundle.ts";
import { functionTimeouts } from "../functions/functionTimeouts.ts";
import type { AlarmKind } from "./alarmKinds.ts";

/** What a stack has that is watched: names of resources, known before they exist. */
export interface Watched {
	/** The names of the functions, by what they are. */
	readonly functions: Readonly<Partial<Record<FunctionName, string>>>;
	readonly queue: string;
	readonly deadLetters: string;
	/** The queues of events, where Genesys Cloud sends any. */
	readonly events?: { readonly queue: string; readonly deadLetters: string };
}

/** One metric by all that CloudWatch finds it by. */
export interface MetricName {
	readonly namespace: string;
	readonly name: string;
	readonly dimensions: Readonly<Record<string, string>>;
}

/** One alarm. Several metrics are added up. */
export interface Alarm {
	/** Its name after `<base>-`. */
	readonly key: string;
	readonly kind: AlarmKind;
	readonly metrics: readonly MetricName[];
	readonly statistic: "Sum" | "Maximum";
	readonly periodSeconds: 60 | 300;
	/** So many periods in a row. */
	readonly periods: number;
	readonly comparison: "LessThanThreshold" | "GreaterThanThreshold" | "GreaterThanOrEqualToThreshold";
	readonly threshold: number;
	/** What a period without any data counts as. */
	readonly missing: "breaching" | "notBreaching";
}

/** The functions that a schedule runs each minute. */
export const scheduledFunctions = ["poller", "overseer"] as const satisfies readonly FunctionName[];

/** Of its timeout: what a run may take. */
const longShare = 0.8;
/** In five minutes: as often as a run of each minute tells it, and more than an odd one. */
const eachMinute = 5;
/** A message is tried again after 7.5 minutes; this is one that was tried twice in vain. */
const oldMessageSeconds = 600;
/** One that nobody understands is delivered three times, six minutes after each other: this is older. */
const oldEventSeconds = 1200;

const isScheduled = (name: FunctionName): boolean => scheduledFunctions.some((each) => each === name);

/** Every alarm of a stack, in the order in which they are told of. */
export function alarmsOf(watched: Watched): readonly Alarm[] {
	const functions = functionNames.flatMap((kind) => {
		const name = watched.functions[kind];
		return name === undefined ? [] : [{ kind, name }];
	});
	return [
		...functions.filter(({ kind }) => isScheduled(kind)).map(missedHeartbeats),
		...functions.flatMap((each) => [failed(each, "errors", "Errors"), failed(each, "throttles", "Throttles"), long(each)]),
		...queueAlarms(watched),
		journalAlarm("error-events", watchedMetrics.error, functions),
		journalAlarm("budget-spent", watchedMetrics.budgetSpent, functions),
	];
}

interface WatchedFunction {
	readonly kind: FunctionName;
	readonly name: string;
}

/** A metric of the journal, counted by the function alone. */
export const journalMetric = (name: string, service: string): MetricName => ({
	namespace: metricNamespace,
	name,
	dimensions: { service },
});

export const lambdaMetric = (name: string, functionName: string): MetricName => ({
	namespace: "AWS/Lambda",
	name,
	dimensions: { FunctionName: functionName },
});

export const queueMetric = (name: string, queueName: string): MetricName => ({
	namespace: "AWS/SQS",
	name,
	dimensions: { QueueName: queueName },
});

const fiveMinutes = { periodSeconds: 300, periods: 1, missing: "notBreaching" } as const;

/** Nothing is heard, and that is the news. */
const missedHeartbeats = ({ kind, name }: WatchedFunction): Alarm => ({
	key: `heartbeat-${kind}`,
	kind: "heartbeat",
	metrics: [journalMetric(watchedMetrics.heartbeat, name)],
	statistic: "Sum",
	periodSeconds: 60,
	periods: 3,
	comparison: "LessThanThreshold",
	threshold: 1,
	missing: "breaching",
});

/** The next minute makes up for one run of a schedule; a request that failed is somebody's. */
const failed = ({ kind, name }: WatchedFunction, what: "errors" | "throttles", metric: string): Alarm => ({
	...fiveMinutes,
	key: `${what}-${kind}`,
	kind: what,
	metrics: [lambdaMetric(metric, name)],
	statistic: "Sum",
	comparison: "GreaterThanOrEqualToThreshold",
	threshold: isScheduled(kind) ? 3 : 1,
});

const long = ({ kind, name }: WatchedFunction): Alarm => ({
	...fiveMinutes,
	key: `duration-${kind}`,
	kind: "duration",
	metrics: [lambdaMetric("Duration", name)],
	statistic: "Maximum",
	comparison: "GreaterThanThreshold",
	threshold: functionTimeouts[kind].seconds * 1000 * longShare,
});

function queueAlarms({ queue, deadLetters, events }: Watched): readonly Alarm[] {
	return [
		...alarmsOfQueue({ queue, deadLetters }, { age: "queue-age", dead: "dead-letters", oldSeconds: oldMessageSeconds }),
		...(events === undefined ? [] : alarmsOfQueue(events, { age: "events-age", dead: "events-dead", oldSeconds: oldEventSeconds })),
	];
}

interface QueueKinds {
	readonly age: AlarmKind;
	readonly dead: AlarmKind;
	readonly oldSeconds: number;
}

function alarmsOfQueue(
	{ queue, deadLetters }: Pick<Watched, "queue" | "deadLetters">,
	{ age, dead, oldSeconds }: QueueKinds,
): readonly Alarm[] {
	const maximum = { statistic: "Maximum", periodSeconds: 60, comparison: "GreaterThanThreshold", missing: "notBreaching" } as const;
	return [
		{
			...maximum,
			key: age,
			kind: age,
			metrics: [queueMetric("ApproximateAgeOfOldestMessage", queue)],
			periods: 5,
			threshold: oldSeconds,
		},
		{
			...maximum,
			key: dead,
			kind: dead,
			metrics: [queueMetric("ApproximateNumberOfMessagesVisible", deadLetters)],
			periods: 1,
			threshold: 0,
		},
	];
}

const journalAlarm = (kind: "error-events" | "budget-spent", metric: string, functions: readonly WatchedFunction[]): Alarm => ({
	...fiveMinutes,
	key: kind,
	kind,
	metrics: functions.map(({ name }) => journalMetric(metric, name)),
	statistic: "Sum",
	comparison: "GreaterThanOrEqualToThreshold",
	threshold: eachMinute,
});
