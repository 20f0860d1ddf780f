import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { LambdaClient } from "@aws-sdk/client-lambda";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { SQSClient } from "@aws-sdk/client-sqs";
import { SSMClient } from "@aws-sdk/client-ssm";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { metricNamespace } from "../../contracts/metrics.ts";
import type { Clock, Deadline } from "../pipeline/ports.ts";
import { ssmAutomation } from "./aws/automation.ts";
import { documentOptions, dynamoLedger } from "./aws/dynamodb.ts";
import { identityOf } from "./aws/identity.ts";
import { lambdaInvoke } from "./aws/invoke.ts";
import { secretsReader } from "./aws/secrets.ts";
import { sqsQueue } from "./aws/sqs.ts";
import { loadSettings } from "./environment.ts";
import { powertoolsJournal } from "./journal.ts";
import { buildPorts, type Ports } from "./ports.ts";
import { awsClient, timeoutSeconds } from "./timeouts.ts";
import { realTimers } from "./timers.ts";

/** Real time: the one place in the functions that reads it. */
const systemClock: Clock = { now: () => Date.now() };

const clientOptions = {
	maxAttempts: awsClient.maxAttempts,
	requestHandler: {
		connectionTimeout: awsClient.connectionTimeoutMilliseconds,
		requestTimeout: awsClient.requestTimeoutMilliseconds,
		throwOnRequestTimeout: true,
	},
};

/** The remediator waits for outside systems; asked twice it answers that it has begun already, so nobody asks again by himself. */
const remediatorOptions = {
	maxAttempts: 1,
	requestHandler: { ...clientOptions.requestHandler, requestTimeout: timeoutSeconds.remediator * 1000 },
};

/** The invocation under way: one execution environment runs one at a time. */
let invocation: { getRemainingTimeInMillis(): number } | undefined;
let silent = new Set<string>();
const deadline: Deadline = {
	remainingMilliseconds: () => Math.max(0, invocation?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY),
};

let built: Ports | undefined;

/**
 * The ports of this Lambda function, made once a cold start. Throws EdgeError "misconfigured", with every problem at once, when the
 * environment or `settings.json` is malformed.
 */
function lambdaPorts(): Ports {
	built ??= buildPorts({
		env: process.env,
		settings: loadSettings(),
		fetch,
		clock: systemClock,
		timers: realTimers,
		deadline,
		silent: () => silent,
		ledger: (tableName) => {
			const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientOptions), documentOptions);
			return dynamoLedger({ client, tableName, clock: systemClock });
		},
		queue: (queueUrl) => sqsQueue({ client: new SQSClient(clientOptions), queueUrl }),
		readSecret: secretsReader(new SecretsManagerClient(clientOptions), systemClock),
		journal: lambdaJournal(process.env.AWS_LAMBDA_FUNCTION_NAME ?? "unnamed"),
		newId: randomUUID,
		invoke: lambdaInvoke(new LambdaClient(remediatorOptions)),
		automation: () => ssmAutomation(new SSMClient(clientOptions)),
		identity: () => identityOf(process.env),
	});
	return built;
}

/** Makes a Lambda handler of a function over ports; the ports are built at the first event, so that importing the file does nothing. */
export const onLambda =
	<E, R>(make: (ports: Ports) => (event: E) => Promise<R>) =>
	async (event: E, context?: { getRemainingTimeInMillis(): number }): Promise<R> => {
		invocation = context;
		silent = new Set();
		return make(lambdaPorts())(event);
	};

function lambdaJournal(functionName: string) {
	return powertoolsJournal({
		logger: new Logger({ serviceName: functionName }),
		metrics: new Metrics({ namespace: metricNamespace, serviceName: functionName }),
	});
}
