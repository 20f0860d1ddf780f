import { Inputs } from "../aws/inputs.ts";
import { type FunctionKind, functionKinds } from "../aws/state.ts";
import type { DeclaredResource } from "../world/deploy.ts";

export interface BilledFunction {
	readonly kind: FunctionKind;
	readonly megabytes: number;
	readonly architecture: "arm64" | "x86_64";
	/** Started every so many seconds; undefined where something else starts it. */
	readonly everySeconds: number | undefined;
}

/** What the program declares and somebody bills for being there. */
export interface Declared {
	readonly functions: readonly BilledFunction[];
	readonly secrets: number;
	readonly keys: number;
	/** Metrics that alarms look at: an alarm on several is billed for each. */
	readonly alarmMetrics: number;
	readonly dashboards: number;
	/** Queues that Lambda asks all the time. */
	readonly askedQueues: number;
	/** Rules on buses of EventBridge. */
	readonly rules: number;
	/** Tables that can be set back to any second. */
	readonly restorableTables: number;
	/** Tables that are encrypted by a key of the account. */
	readonly encryptedTables: number;
	/** Whether functions are in a VPC, where they need a NAT gateway to go out. */
	readonly inNetwork: boolean;
	readonly logDays: number;
}

/** Reads it from the program's own resources. Throws Error for a function or a schedule that it cannot read. */
export function declaredOf(resources: readonly DeclaredResource[]): Declared {
	const of = (type: string): readonly Inputs[] =>
		resources.flatMap((resource) => (resource.type === type ? [new Inputs(resource.name, resource.inputs)] : []));
	const tables = of("aws:dynamodb/table:Table");
	const isOn = (table: Inputs, key: string): boolean => table.inner(key).flag("enabled", false);
	return {
		functions: of("aws:lambda/function:Function").map((each) => functionOf(each, of("aws:scheduler/schedule:Schedule"))),
		secrets: of("aws:secretsmanager/secret:Secret").length,
		keys: of("aws:kms/key:Key").length,
		alarmMetrics: of("aws:cloudwatch/metricAlarm:MetricAlarm").reduce((sum, alarm) => sum + metricsOf(alarm), 0),
		dashboards: of("aws:cloudwatch/dashboard:Dashboard").length,
		askedQueues: of("aws:lambda/eventSourceMapping:EventSourceMapping").length,
		rules: of("aws:cloudwatch/eventRule:EventRule").length,
		restorableTables: tables.filter((table) => isOn(table, "pointInTimeRecovery")).length,
		encryptedTables: tables.filter((table) => isOn(table, "serverSideEncryption")).length,
		inNetwork: of("aws:lambda/function:Function").some(({ values }) => values.vpcConfig !== undefined),
		logDays: Math.max(0, ...of("aws:cloudwatch/logGroup:LogGroup").map((group) => group.number("retentionInDays", 0))),
	};
}

function functionOf(inputs: Inputs, schedules: readonly Inputs[]): BilledFunction {
	const name = inputs.text("name");
	const kind = functionKinds.find((each) => name.endsWith(`-${each}`));
	if (kind === undefined) throw new Error(`${name}: expected a name that ends in one of ${functionKinds.join(", ")}`);
	const schedule = schedules.find((each) => each.text("name") === name);
	return {
		kind,
		megabytes: inputs.number("memorySize", 128),
		architecture: inputs.texts("architectures").includes("arm64") ? "arm64" : "x86_64",
		everySeconds: schedule === undefined ? undefined : secondsOf(schedule.text("scheduleExpression")),
	};
}

function secondsOf(expression: string): number {
	const [, count, unit] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression) ?? [];
	const seconds = { minute: 60, hour: 3600, day: 86_400 }[unit as "minute" | "hour" | "day"];
	if (seconds === undefined) throw new Error(`Expected a schedule such as rate(1 minute), got ${expression}`);
	return Number(count) * seconds;
}

const metricsOf = (alarm: Inputs): number =>
	Math.max(1, alarm.each("metricQueries").filter(({ values }) => values.metric !== undefined).length);
