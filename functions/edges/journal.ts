import type { Logger } from "@aws-lambda-powertools/logger";
import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import type { Entry, Journal } from "../pipeline/ports.ts";

/** Where the metrics of all functions are found in CloudWatch. One metric for each `what`, by `service` (the function) and `outcome`. */
export const metricNamespace = "genesyscloud-runbooks";

export interface PowertoolsJournalOptions {
	readonly logger: Pick<Logger, "info">;
	readonly metrics: Pick<Metrics, "singleMetric">;
}

/**
 * Tells each entry twice: as one structured log line, and as one count of the metric named for its `what` (EMF, so without an API call).
 * Nothing secret gets into an entry; the last line of defence is that a key named like a secret is not written, and that this is said.
 */
export function powertoolsJournal({ logger, metrics }: PowertoolsJournalOptions): Journal {
	return {
		log(entry) {
			const { fields, refused } = withoutSecrets(entry);
			logger.info(entry.what, { ...fields, ...(refused.length === 0 ? {} : { refusedKeys: refused }) });
			const metric = metrics.singleMetric();
			metric.addDimension("outcome", entry.outcome ?? "none");
			metric.addMetric(entry.what, MetricUnit.Count, 1);
		},
	};
}

const secretName = /secret|token|password|passwd|credential|authorization|signature|cookie|(routing|api|access|private)_?-?key/i;

function withoutSecrets(entry: Entry): { readonly fields: Record<string, unknown>; readonly refused: readonly string[] } {
	const named = (key: string): boolean => secretName.test(key);
	const fields = Object.fromEntries(Object.entries(entry).filter(([key]) => !named(key)));
	return { fields, refused: Object.keys(entry).filter(named) };
}
