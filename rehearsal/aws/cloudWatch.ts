import { metricNamespace } from "../../contracts/metrics.ts";
import { metricsOf } from "../../functions/edges/metrics.ts";
import type { Entry } from "../../functions/pipeline/ports.ts";
import { type DeclaredAlarm, isRaised } from "./alarms.ts";
import { Metrics } from "./metrics.ts";
import { type Delivery, publish } from "./notifications.ts";
import type { AccountState } from "./state.ts";

/** An alarm that was raised or has ended, and who was told. */
export interface AlarmNews {
	readonly alarm: DeclaredAlarm;
	readonly isRaised: boolean;
	readonly deliveries: readonly Delivery[];
	/** Why nobody was told. */
	readonly refused?: string;
}

/** CloudWatch of the offline account: the metrics that AWS and the functions tell, and the alarms on them. */
export class CloudWatch {
	readonly #state: AccountState;
	readonly #accountId: string;
	readonly #metrics = new Metrics();
	readonly #raised = new Set<string>();
	#begin: number | undefined;

	constructor(state: AccountState, accountId: string) {
		this.#state = state;
		this.#accountId = accountId;
	}

	/** What AWS tells of a function's run. */
	ofFunction(functionName: string, name: "Invocations" | "Errors" | "Throttles" | "Duration", value: number, at: number): void {
		this.#metrics.record({ namespace: "AWS/Lambda", name, dimensions: { FunctionName: functionName } }, value, at);
	}

	/** What a function writes to its log for CloudWatch. */
	ofJournal(service: string, entry: Entry, at: number): void {
		for (const { name, dimensionSets } of metricsOf(entry))
			for (const dimensions of dimensionSets)
				this.#metrics.record({ namespace: metricNamespace, name, dimensions: { service, ...dimensions } }, 1, at);
	}

	/** Looks at the queues and at every alarm, once a minute; the first look is the beginning. */
	look(now: number): readonly AlarmNews[] {
		this.#begin ??= now;
		const begin = this.#begin;
		const news = this.#state.alarms.flatMap((alarm) => {
			const raised = isRaised(alarm, this.#metrics, begin, now);
			if (raised === this.#raised.has(alarm.name)) return [];
			if (raised) this.#raised.add(alarm.name);
			else this.#raised.delete(alarm.name);
			return [this.#tell(alarm, raised)];
		});
		this.#lookAtQueues(now);
		return news;
	}

	#tell(alarm: DeclaredAlarm, raised: boolean): AlarmNews {
		try {
			const deliveries = publish(this.#state, this.#accountId, alarm, raised ? alarm.alarmActions : alarm.okActions);
			return { alarm, isRaised: raised, deliveries };
		} catch (error) {
			return { alarm, isRaised: raised, deliveries: [], refused: error instanceof Error ? error.message : String(error) };
		}
	}

	/** SQS tells of a queue once a minute. */
	#lookAtQueues(now: number): void {
		for (const { name, queue } of this.#state.queues) {
			const record = (metric: string, value: number): void =>
				this.#metrics.record({ namespace: "AWS/SQS", name: metric, dimensions: { QueueName: name } }, value, now);
			record("ApproximateAgeOfOldestMessage", queue.oldestSeconds());
			record("ApproximateNumberOfMessagesVisible", queue.depth().visible);
		}
	}
}
