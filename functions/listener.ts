import { BatchProcessor, EventType, processPartialResponse } from "@aws-lambda-powertools/batch";
import type { SQSBatchResponse, SQSEvent, SQSRecord } from "aws-lambda";
import { queue } from "./edges/aws/services.ts";
import { everywhere, queueing } from "./edges/makers/everywhere.ts";
import { onLambda } from "./edges/runtime.ts";
import { type ListenPorts, listen, readSeen } from "./pipeline/run.ts";

/**
 * Takes a batch of events of Genesys Cloud's partner bus through the pipeline, one after the other. One that failed comes back by itself and keeps no
 * other one back; the polls find what it told of meanwhile.
 */
export const listenerHandler =
	(ports: ListenPorts) =>
	(event: SQSEvent): Promise<SQSBatchResponse> => {
		let read: ReturnType<typeof readSeen> | undefined;
		const seen = () => {
			read ??= readSeen(ports);
			return read;
		};
		const take = ({ body, attributes }: SQSRecord) =>
			listen(ports, seen, { text: body, isRepeat: Number(attributes.ApproximateReceiveCount) > 1 });
		return processPartialResponse(event, take, new BatchProcessor(EventType.SQS), {
			processInParallel: false,
			throwOnFullBatchFailure: false,
		});
	};

export const handler = onLambda(listenerHandler, { ...everywhere, ...queueing }, { queue });
