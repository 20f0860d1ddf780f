import * as z from "zod";
import type { AwsOptions } from "../../rehearsal/aws/account.ts";
import type { AccountState, DeclaredMapping } from "../../rehearsal/aws/state.ts";
import type { WireCall } from "./calls/wanted.ts";
import { type Judge, region } from "./judge.ts";

export interface MessagesOptions extends Pick<AwsOptions, "clock" | "batchFailed"> {
	readonly judge: Judge;
	readonly endpoint: () => string;
	readonly state: AccountState;
	/** Told of each call that Lambda makes with the function's role. */
	readonly called: (functionName: string, call: WireCall) => void;
	readonly invoke: (functionName: string, event: unknown) => Promise<unknown>;
}

const received = z.object({
	Messages: z
		.array(z.object({ MessageId: z.string(), ReceiptHandle: z.string(), Body: z.string(), Attributes: z.record(z.string(), z.string()) }))
		.default([]),
});
type Message = z.output<typeof received>["Messages"][number];

const failures = z.object({ batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })) });

/** Lambda's event source mapping: takes messages from moto's queue, runs the function, and deletes what it did not fail for. */
export class Messages {
	readonly #options: MessagesOptions;

	constructor(options: MessagesOptions) {
		this.#options = options;
	}

	/** Told of every call that a queue took: a message becomes visible then, or later. */
	taken({ service, operation, body }: WireCall): void {
		const { DelaySeconds = 0, VisibilityTimeout = 0 } = body;
		if (service !== "sqs" || !["SendMessage", "ChangeMessageVisibility"].includes(operation)) return;
		this.#lookAfter(Number(operation === "SendMessage" ? DelaySeconds : VisibilityTimeout));
	}

	#lookAfter(seconds: number): void {
		const { clock, state } = this.#options;
		clock.at(clock.now() + seconds * 1000, "work", async () => {
			for (const mapping of state.mappings) await this.#look(mapping);
		});
	}

	async #look(mapping: DeclaredMapping): Promise<void> {
		const { clock, judge } = this.#options;
		const asked = { MaxNumberOfMessages: mapping.batchSize, MessageSystemAttributeNames: ["All"] };
		for (;;) {
			// moto shows a message once its time is over, and not when it is.
			await clock.busy(judge.tellTime(clock.now() + 1));
			await this.#call(mapping, "GetQueueAttributes", { AttributeNames: ["All"] });
			const { Messages: batch } = received.parse(await this.#call(mapping, "ReceiveMessage", asked));
			if (batch.length === 0) return;
			await this.#deliver(mapping, batch);
		}
	}

	async #deliver(mapping: DeclaredMapping, batch: readonly Message[]): Promise<void> {
		const { invoke, batchFailed, state } = this.#options;
		const queue = state.queues.find(({ arn }) => arn === mapping.queueArn)?.name ?? mapping.queueArn;
		try {
			const answer = await invoke(mapping.functionName, { Records: batch.map((each) => recordOf(each, mapping.queueArn)) });
			const failed = failures.parse(answer).batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
			for (const { MessageId, ReceiptHandle } of batch)
				if (!failed.includes(MessageId)) await this.#call(mapping, "DeleteMessage", { ReceiptHandle });
			if (failed.length > 0) batchFailed?.({ queue, messageIds: failed });
		} catch (error) {
			batchFailed?.({ queue, messageIds: batch.map(({ MessageId }) => MessageId), error });
		}
	}

	async #call({ functionName, queueArn }: DeclaredMapping, operation: string, input: object): Promise<unknown> {
		const { clock, judge, state, called, endpoint } = this.#options;
		const QueueUrl = state.queues.find(({ arn }) => arn === queueArn)?.url;
		called(functionName, { service: "sqs", operation, body: { QueueUrl } });
		return clock.busy(judge.call({ service: "sqs", operation, input: { QueueUrl, ...input }, endpoint: endpoint() }));
	}
}

/** https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html */
const recordOf = ({ MessageId, ReceiptHandle, Body, Attributes }: Message, queueArn: string) => ({
	messageId: MessageId,
	receiptHandle: ReceiptHandle,
	body: Body,
	attributes: Attributes,
	messageAttributes: {},
	eventSource: "aws:sqs",
	eventSourceARN: queueArn,
	awsRegion: region,
});
