import { ChangeMessageVisibilityCommand, SendMessageCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { type DispatchQueue, EdgeError } from "../../pipeline/ports.ts";
import { type BackOff, backOffSeconds, longestDelaySeconds } from "../http/backOff.ts";
import { awsFailure } from "./failure.ts";

const system = "SQS";

export interface SqsQueueOptions {
	readonly client: SQSClient;
	readonly queueUrl: string;
}

/** The dispatch queue: a standard SQS queue, one JSON message an incident that wants a response. Throws only EdgeError. */
export function sqsQueue({ client, queueUrl }: SqsQueueOptions): DispatchQueue & BackOff {
	return {
		async send(message, delaySeconds) {
			if (!Number.isInteger(delaySeconds) || delaySeconds < 0 || delaySeconds > longestDelaySeconds) {
				const allowed = `a delay of 0 to ${longestDelaySeconds} whole seconds`;
				throw new EdgeError("rejected", `${system}: expected ${allowed}, got ${delaySeconds}`, { retry: false });
			}
			await client
				.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message), DelaySeconds: delaySeconds }))
				.catch((error: unknown) => Promise.reject(awsFailure(system, `to send the message of ${message.incidentKey}`, error)));
		},
		async backOff(delivery) {
			const visibility = { QueueUrl: queueUrl, ReceiptHandle: delivery.receiptHandle, VisibilityTimeout: backOffSeconds(delivery) };
			await client
				.send(new ChangeMessageVisibilityCommand(visibility))
				.catch((error: unknown) => Promise.reject(awsFailure(system, "to make a failed message wait", error)));
		},
	};
}
