import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { parse } from "valibot";
import { queue } from "./edges/aws/services.ts";
import { everywhere, queueing } from "./edges/makers/everywhere.ts";
import { launching } from "./edges/makers/genesys.ts";
import { linking } from "./edges/makers/links.ts";
import { paging } from "./edges/makers/paging.ts";
import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { EdgeError } from "./pipeline/ports.ts";
import { type DispatchPorts, dispatch } from "./pipeline/run.ts";
import { dispatchMessage } from "./schemas/dispatchMessage.ts";

type DispatcherPorts = DispatchPorts & Pick<Ports, "queue">;

/** Takes a batch of incidents to their workflows; a message that failed comes back by itself, later each time, and ends in the dead-letter queue. */
export const dispatcherHandler =
	(ports: DispatcherPorts) =>
	(event: SQSEvent): Promise<SQSBatchResponse> =>
		processPartialResponse(event, (record: SQSRecord) => deliver(ports, record), new BatchProcessor(EventType.SQS), {
			processInParallel: false,
			throwOnFullBatchFailure: false,
		});

async function deliver(ports: DispatcherPorts, { body, receiptHandle, attributes }: SQSRecord): Promise<void> {
	try {
		await dispatch(ports, parse(dispatchMessage, JSON.parse(body)));
	} catch (error) {
		const retryAfterSeconds = error instanceof EdgeError ? error.retryAfterSeconds : undefined;
		await ports.queue.backOff({ receiptHandle, receiveCount: Number(attributes.ApproximateReceiveCount), retryAfterSeconds });
		throw error;
	}
}

export const handler = onLambda(dispatcherHandler, { ...everywhere, ...queueing, ...launching, ...linking, ...paging }, { queue });
