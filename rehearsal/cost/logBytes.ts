import { metricsOf } from "../../functions/edges/metrics.ts";
import type { Entry } from "../../functions/pipeline/ports.ts";

/** What the logger puts around an entry: level, time, service, the ids of the trace. */
const lineFrame = 170;
/** What a metric is written as: its namespace, its dimensions and its values, each name twice. */
const metricFrame = 160;
/** What CloudWatch counts for each line beside its bytes. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const eventFrame = 26;

/** The bytes that an entry takes in a log: its own line, where it has one, and one for each of its metrics. */
export function logBytes(entry: Entry, hasLine: boolean): number {
	const line = hasLine ? lineFrame + eventFrame + Buffer.byteLength(JSON.stringify(entry)) : 0;
	return line + metricsOf(entry).reduce((sum, metric) => sum + metricFrame + eventFrame + Buffer.byteLength(JSON.stringify(metric)), 0);
}
