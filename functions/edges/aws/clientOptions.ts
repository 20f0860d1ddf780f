import { awsClient } from "../timeouts.ts";

/** How long the AWS SDK waits, and how often it tries. */
export const clientOptions = {
	maxAttempts: awsClient.maxAttempts,
	requestHandler: {
		connectionTimeout: awsClient.connectionTimeoutMilliseconds,
		requestTimeout: awsClient.requestTimeoutMilliseconds,
		throwOnRequestTimeout: true,
	},
};
