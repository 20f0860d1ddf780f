import { SQSClient } from "@aws-sdk/client-sqs";
import type { Services } from "../parts.ts";
import { ssmAutomation } from "./automation.ts";
import { clientOptions } from "./clientOptions.ts";
import { lambdaInvoke } from "./invoke.ts";
import { sqsQueue } from "./sqs.ts";

/** Each is in the bundle of whoever names it: the queue with the client of its service, the others with a signed request. */
export const queue: Services["queue"] = (queueUrl) => sqsQueue({ client: new SQSClient(clientOptions), queueUrl });

export const automation: Services["automation"] = () => ssmAutomation({ fetch, env: process.env });

export const invoke: Services["invoke"] = (...asked) => lambdaInvoke({ fetch, env: process.env })(...asked);
