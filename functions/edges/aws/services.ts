import { LambdaClient } from "@aws-sdk/client-lambda";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import type { Services } from "../parts.ts";
import { timeoutSeconds } from "../timeouts.ts";
import { ssmAutomation } from "./automation.ts";
import { clientOptions } from "./clientOptions.ts";
import { lambdaInvoke } from "./invoke.ts";
import { sqsQueue } from "./sqs.ts";

/** The remediator waits for outside systems; asked twice it answers that it has begun already, so nobody asks again by himself. */
const remediatorOptions = {
	maxAttempts: 1,
	requestHandler: { ...clientOptions.requestHandler, requestTimeout: timeoutSeconds.remediator * 1000 },
};

/** Each with the client of one service, which is in the bundle of whoever names it. */
export const queue: Services["queue"] = (queueUrl) => sqsQueue({ client: new SQSClient(clientOptions), queueUrl });

export const automation: Services["automation"] = () => ssmAutomation(new SSMClient(clientOptions));

let lambda: Services["invoke"] | undefined;

export const invoke: Services["invoke"] = (functionName, payload) => {
	lambda ??= lambdaInvoke(new LambdaClient(remediatorOptions));
	return lambda(functionName, payload);
};
