/**
 * How long anything outside is waited for, in one place, in seconds: the functions' own timeouts are worked out from these
 * (`components/functions/functionTimeouts.ts`).
 */
export const timeoutSeconds = {
	/** One call of the Genesys Cloud API, and one token. */
	genesys: 8,
	/** One call of a vendor: each answers within a second or is in trouble. */
	vendor: 5,
	/** The dead-man's switch: nothing waits for its answer. */
	heartbeat: 3,
	/** The customer's own endpoint of a remedy. */
	customer: 8,
	/** The remediator, as its askers wait for it. */
	remediator: 20,
} as const;

/** The AWS clients of the functions, but for the one that asks the remediator. */
export const awsClient = {
	maxAttempts: 2,
	connectionTimeoutMilliseconds: 300,
	requestTimeoutMilliseconds: 1000,
	/** The longest pause of the SDK before its second attempt: its own base delay is 100 ms. */
	pauseMilliseconds: 200,
} as const;

/** One call to DynamoDB, SQS or Secrets Manager that gets no answer, the SDK's second attempt included. */
export const longestAwsCallSeconds =
	(awsClient.maxAttempts * (awsClient.connectionTimeoutMilliseconds + awsClient.requestTimeoutMilliseconds) +
		(awsClient.maxAttempts - 1) * awsClient.pauseMilliseconds) /
	1000;
