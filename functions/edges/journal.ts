import type { Logger } from "@aws-lambda-powertools/logger";
import { type Metrics, MetricUnit } from "@aws-lambda-powertools/metrics";
import { eventLevels } from "../pipeline/model/events.ts";
import type { Entry, Journal } from "../pipeline/ports.ts";
import { metricsOf } from "./metrics.ts";

export interface PowertoolsJournalOptions {
	readonly logger: Pick<Logger, "error" | "warn" | "info" | "debug">;
	readonly metrics: Pick<Metrics, "singleMetric">;
}

/**
 * Tells each entry twice: as one structured log line at its level, and as counts of its metrics (EMF, so without an API call). Nothing secret gets
 * into an entry; the last line of defence is that a key named like a secret is not written, and that this is said.
 */
export function powertoolsJournal({ logger, metrics }: PowertoolsJournalOptions): Journal {
	return {
		log(entry) {
			const { fields, refused } = withoutSecrets(entry);
			logger[eventLevels[entry.what]](entry.what, { ...fields, ...(refused.length === 0 ? {} : { refusedKeys: refused }) });
			for (const { name, dimensionSets } of metricsOf(entry)) {
				const metric = metrics.singleMetric();
				for (const dimensions of dimensionSets) metric.addDimensions(dimensions);
				metric.addMetric(name, MetricUnit.Count, 1);
			}
		},
	};
}

const secretName = /secret|token|password|passwd|credential|authorization|signature|cookie|(routing|api|access|private)_?-?key/i;

function withoutSecrets(entry: Entry): { readonly fields: Record<string, unknown>; readonly refused: readonly string[] } {
	const named = (key: string): boolean => secretName.test(key);
	const fields = Object.fromEntries(Object.entries(entry).filter(([key]) => !named(key)));
	return { fields, refused: Object.keys(entry).filter(named) };
}
