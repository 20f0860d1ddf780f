import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { EdgeError } from "./pipeline/ports.ts";
import { dispatch } from "./pipeline/run.ts";
import { dispatchMessage } from "./schemas/dispatchMessage.ts";

/** Takes a batch of incidents to their workflows; a message that failed comes back by itself, later each time, and ends in the dead-letter queue. */
export const dispatcherHandler =
	(ports: Ports) =>
	(event: SQSEvent): Promise<SQSBatchResponse> =>
		processPartialResponse(event, (record: SQSRecord) => deliver(ports, record), new BatchProcessor(EventType.SQS), {
			processInParallel: false,
			throwOnFullBatchFailure: false,
		});

async function deliver(ports: Ports, { body, receiptHandle, attributes }: SQSRecord): Promise<void> {
	try {
		await dispatch(ports, dispatchMessage.parse(JSON.parse(body)));
	} catch (error) {
		const retryAfterSeconds = error instanceof EdgeError ? error.retryAfterSeconds : undefined;
		await ports.queue.backOff({ receiptHandle, receiveCount: Number(attributes.ApproximateReceiveCount), retryAfterSeconds });
		throw error;
	}
}

export const handler = onLambda(dispatcherHandler);
