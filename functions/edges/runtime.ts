import { randomUUID } from "node:crypto";
import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { lambdaLedger } from "#ledger";
import { metricNamespace } from "../../contracts/metrics.ts";
import type { Clock, Deadline } from "../pipeline/ports.ts";
import { clientOptions } from "./aws/clientOptions.ts";
import { identityOf } from "./aws/identity.ts";
import { secretsReader } from "./aws/secrets.ts";
import { type Makers, portsOf } from "./compose.ts";
import { loadSettings } from "./environment.ts";
import { powertoolsJournal } from "./journal.ts";
import { partsOf, type Services, type Surroundings } from "./parts.ts";
import { realTimers } from "./timers.ts";

/** Real time: the one place in the functions that reads it. */
const systemClock: Clock = { now: () => Date.now() };

/** The invocation under way: one execution environment runs one at a time. */
let invocation: { getRemainingTimeInMillis(): number } | undefined;
let silent = new Set<string>();
const deadline: Deadline = {
	remainingMilliseconds: () => Math.max(0, invocation?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY),
};

/** Lambda, as every function finds it. Throws EdgeError "misconfigured" where `settings.json` is malformed. */
function lambdaSurroundings(): Surroundings {
	return {
		env: process.env,
		settings: loadSettings(),
		fetch,
		clock: systemClock,
		timers: realTimers,
		deadline,
		silent: () => silent,
		ledger: lambdaLedger(systemClock),
		readSecret: secretsReader(new SecretsManagerClient(clientOptions), systemClock),
		journal: lambdaJournal(process.env.AWS_LAMBDA_FUNCTION_NAME ?? "unnamed"),
		newId: randomUUID,
		identity: () => identityOf(process.env),
	};
}

/**
 * Makes a Lambda handler of a function over ports: of how each port is made, and of the services that the making names. The ports are built at the
 * first event, so that importing the file does nothing; they last as long as the execution environment.
 */
export function onLambda<Ports, E, R, Own extends Partial<Services>>(
	make: (ports: Ports) => (event: E) => Promise<R>,
	makers: Makers<NoInfer<Ports>, NoInfer<Own>>,
	services: Own,
): (event: E, context?: { getRemainingTimeInMillis(): number }) => Promise<R> {
	let ports: Ports | undefined;
	return async (event, context) => {
		invocation = context;
		silent = new Set();
		ports ??= portsOf(makers, { ...partsOf(lambdaSurroundings()), ...services });
		return make(ports)(event);
	};
}

function lambdaJournal(functionName: string) {
	return powertoolsJournal({
		logger: new Logger({ serviceName: functionName }),
		metrics: new Metrics({ namespace: metricNamespace, serviceName: functionName }),
	});
}
