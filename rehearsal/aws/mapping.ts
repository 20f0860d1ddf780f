import type { MemoryQueue, Received } from "../../functions/edges/memory/queue.ts";
import type { VirtualClock } from "../world/clock.ts";
import type { Functions } from "./functions.ts";
import type { Iam } from "./iam.ts";
import type { AccountState, DeclaredMapping, DeclaredQueue } from "./state.ts";

/** Told of every batch that a function did not finish: the queue, the messages that stay, and the error where there was one. */
export type BatchFailed = (failure: { readonly queue: string; readonly messageIds: readonly string[]; readonly error?: unknown }) => void;

const pollActions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"] as const;

/** The event source mappings of the account: visible messages go to the mapped function in batches, at most so many at once. */
export class Mappings {
	readonly #clock: VirtualClock;
	readonly #state: AccountState;
	readonly #iam: Iam;
	readonly #functions: Functions;
	readonly #region: string;
	readonly #failed: BatchFailed;
	readonly #deliversTwice: () => boolean;
	readonly #inFlight = new Map<DeclaredMapping, number>();

	constructor(options: {
		readonly clock: VirtualClock;
		readonly state: AccountState;
		readonly iam: Iam;
		readonly functions: Functions;
		readonly region: string;
		readonly failed: BatchFailed;
		/** Whether the queue hands each batch out a second time now: SQS delivers at least once. */
		readonly deliversTwice: () => boolean;
	}) {
		this.#clock = options.clock;
		this.#state = options.state;
		this.#iam = options.iam;
		this.#functions = options.functions;
		this.#region = options.region;
		this.#failed = options.failed;
		this.#deliversTwice = options.deliversTwice;
	}

	/** A message of that queue will be visible at that instant: the mappings look then. */
	visible(queueArn: string, at: number): void {
		this.#clock.at(at, "work", async () => {
			for (const mapping of this.#state.mappings) if (mapping.queueArn === queueArn) this.#poll(mapping);
		});
	}

	#poll(mapping: DeclaredMapping): void {
		const source = this.#state.queues.find(({ arn }) => arn === mapping.queueArn);
		if (source === undefined || !mapping.enabled || !this.#mayPoll(mapping)) return;
		while ((this.#inFlight.get(mapping) ?? 0) < mapping.maximumConcurrency) {
			const batch = source.queue.receive(mapping.batchSize);
			if (batch.length === 0) return;
			this.#count(mapping, 1);
			this.#clock.spawn(async () => {
				await this.#deliver(mapping, source, batch);
				this.#count(mapping, -1);
				this.#poll(mapping);
			});
		}
	}

	/** Lambda polls as the function's role; without the permissions nothing is received, and the refusal is kept. */
	#mayPoll(mapping: DeclaredMapping): boolean {
		const declared = this.#state.functions.find(({ name }) => name === mapping.functionName);
		if (declared === undefined) return false;
		try {
			for (const action of pollActions) this.#iam.authorize(declared.roleArn, action, mapping.queueArn, declared.name);
			return true;
		} catch {
			return false;
		}
	}

	async #deliver(mapping: DeclaredMapping, source: DeclaredQueue, batch: readonly Received[]): Promise<void> {
		const event = { Records: batch.map((message) => recordOf(message, mapping.queueArn, this.#region)) };
		if (this.#deliversTwice())
			this.#clock.spawn(async () => void (await this.#functions.invoke(mapping.functionName, event).catch(() => undefined)));
		try {
			const stay = failedOf(mapping, batch, await this.#functions.invoke(mapping.functionName, event));
			settle(source.queue, batch, stay);
			if (stay.size > 0) this.#failed({ queue: source.name, messageIds: [...stay] });
		} catch (error) {
			this.#failed({ queue: source.name, messageIds: batch.map(({ messageId }) => messageId), error });
		}
	}

	#count(mapping: DeclaredMapping, change: number): void {
		this.#inFlight.set(mapping, (this.#inFlight.get(mapping) ?? 0) + change);
	}
}

/** What stays on the queue reappears after its visibility timeout; the rest is deleted. */
function settle(queue: MemoryQueue, batch: readonly Received[], stay: ReadonlySet<string>): void {
	for (const { messageId, receiptHandle } of batch) if (!stay.has(messageId)) queue.delete(receiptHandle);
}

/**
 * The messages that the function reported as failed. An answer that AWS cannot use (an identifier that it did not send, no identifier)
 * fails the whole batch. https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-errorhandling.html
 */
function failedOf(mapping: DeclaredMapping, batch: readonly Received[], answer: unknown): ReadonlySet<string> {
	if (!mapping.reportsItemFailures) return new Set();
	const listed: unknown =
		typeof answer === "object" && answer !== null && "batchItemFailures" in answer ? (answer.batchItemFailures ?? []) : [];
	const sent = new Set(batch.map(({ messageId }) => messageId));
	const failures: readonly unknown[] = Array.isArray(listed) ? listed : [listed];
	const named = failures.map((item) =>
		typeof item === "object" && item !== null && "itemIdentifier" in item ? item.itemIdentifier : undefined,
	);
	const usable = named.filter((name) => typeof name === "string").filter((name) => sent.has(name));
	return usable.length === named.length ? new Set(usable) : sent;
}

function recordOf(message: Received, queueArn: string, region: string): Record<string, unknown> {
	return {
		messageId: message.messageId,
		receiptHandle: message.receiptHandle,
		body: message.body,
		attributes: { ApproximateReceiveCount: String(message.receiveCount), SentTimestamp: String(message.sentAt) },
		messageAttributes: {},
		eventSource: "aws:sqs",
		eventSourceARN: queueArn,
		awsRegion: region,
	};
}
