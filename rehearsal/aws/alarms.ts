import type { Inputs } from "./inputs.ts";
import type { MetricName, Metrics, Statistic } from "./metrics.ts";

const statistics: readonly Statistic[] = ["Sum", "Maximum"];
const comparisons = {
	LessThanThreshold: (value: number, threshold: number) => value < threshold,
	GreaterThanThreshold: (value: number, threshold: number) => value > threshold,
	GreaterThanOrEqualToThreshold: (value: number, threshold: number) => value >= threshold,
} as const;
const missingWords = ["breaching", "notBreaching"] as const;

/** An alarm as it was declared. Several metrics are added up. */
export interface DeclaredAlarm {
	readonly name: string;
	readonly arn: string;
	readonly metrics: readonly MetricName[];
	readonly statistic: Statistic;
	readonly periodSeconds: number;
	readonly periods: number;
	readonly datapoints: number;
	readonly comparison: keyof typeof comparisons;
	readonly threshold: number;
	readonly missing: (typeof missingWords)[number];
	/** The topics that are told when it is raised, and when it ends. */
	readonly alarmActions: readonly string[];
	readonly okActions: readonly string[];
}

/** The alarm of these inputs. Throws Error for what CloudWatch refuses, and for what this account does not evaluate. */
export function readAlarm(name: string, arn: string, inputs: Inputs): DeclaredAlarm {
	const word = <const T extends string>(key: string, text: string | undefined, allowed: readonly T[]): T =>
		allowed.find((each) => each === text) ?? refuse(inputs, key, allowed.join(", "), text);
	const { metrics, statistic, periodSeconds } = readMetrics(inputs);
	const periods = inputs.number("evaluationPeriods", 0);
	if (periods * periodSeconds > 86_400 || periods < 1) refuse(inputs, "evaluationPeriods", "1 and more, within a day", periods);
	const description = inputs.optionalText("alarmDescription") ?? "";
	if (description.length > 1024) refuse(inputs, "alarmDescription", "at most 1024 characters", description.length);
	return {
		name,
		arn,
		metrics,
		statistic: word("statistic", statistic, statistics),
		periodSeconds,
		periods,
		datapoints: inputs.number("datapointsToAlarm", periods),
		comparison: word("comparisonOperator", inputs.text("comparisonOperator"), [
			"LessThanThreshold",
			"GreaterThanThreshold",
			"GreaterThanOrEqualToThreshold",
		]),
		threshold: inputs.number("threshold", 0),
		missing: word("treatMissingData", inputs.optionalText("treatMissingData"), missingWords),
		alarmActions: inputs.texts("alarmActions"),
		okActions: inputs.texts("okActions"),
	};
}

interface Read {
	readonly metrics: readonly MetricName[];
	readonly statistic: string;
	readonly periodSeconds: number;
}

function readMetrics(inputs: Inputs): Read {
	const queries = inputs.each("metricQueries");
	if (queries.length > 0) return readSum(inputs, queries);
	return { metrics: [metricIn(inputs)], statistic: inputs.text("statistic"), periodSeconds: inputs.number("period", 0) };
}

/** The one expression that this account evaluates. CloudWatch takes ten metrics of an alarm. */
function readSum(inputs: Inputs, queries: readonly Inputs[]): Read {
	const [sum, ...others] = queries.toSorted((a, b) => Number(b.flag("returnData", false)) - Number(a.flag("returnData", false)));
	const expression = sum?.optionalText("expression");
	if (expression !== "SUM(METRICS())") refuse(inputs, "metricQueries", "one SUM(METRICS()) that is returned", expression);
	if (others.length > 10 || others.length < 1) refuse(inputs, "metricQueries", "one to ten metrics", others.length);
	const metrics = others.map((query) => query.inner("metric"));
	const [statistic = "", ...more] = new Set(metrics.map((metric) => metric.text("stat")));
	const [periodSeconds = 0, ...longer] = new Set(metrics.map((metric) => metric.number("period", 0)));
	if (more.length + longer.length > 0) refuse(inputs, "metricQueries", "one period and one statistic of all", [statistic, ...more]);
	return { metrics: metrics.map(metricIn), statistic, periodSeconds };
}

const metricIn = (inputs: Inputs): MetricName => ({
	namespace: inputs.text("namespace"),
	name: inputs.text("metricName"),
	dimensions: inputs.inner("dimensions").textMap(),
});

function refuse({ where }: Inputs, key: string, expected: string, got: unknown): never {
	throw new Error(`${where}: expected ${key} to be ${expected}, got ${JSON.stringify(got)}`);
}

/**
 * Whether an alarm stands at `now`, an instant between two minutes: enough of its last periods breach. A period before `begin` has not been, so that
 * nothing is missed of it. CloudWatch looks each minute at periods that end then; that it waits for late data is left out.
 */
export function isRaised(alarm: DeclaredAlarm, metrics: Metrics, begin: number, now: number): boolean {
	const { periods, periodSeconds, datapoints, comparison, threshold, missing } = alarm;
	const length = periodSeconds * 1000;
	const breaches = Array.from({ length: periods }, (_, index) => now - (index + 1) * length).filter((from) => {
		const value = amountOf(alarm, metrics, from, from + length);
		if (value === undefined) return missing === "breaching" && from >= begin;
		return comparisons[comparison](value, threshold);
	});
	return breaches.length >= datapoints;
}

/** What has no value is left out of a sum. */
function amountOf({ metrics: names, statistic }: DeclaredAlarm, metrics: Metrics, from: number, until: number): number | undefined {
	const values = names.flatMap((name) => metrics.read(name, statistic, from, until) ?? []);
	return values.length === 0 ? undefined : values.reduce((total, value) => total + value, 0);
}
