import type { FunctionName } from "../../../components/functions/bundle.ts";

const incidentKey = "inc:1:dev:trunk-down:none:none:1";
const owner = { launchId: "launch-1", incidentKey, occurrence: 1 };
const place = { ...owner, channel: "pagerduty", tier: 1 };

const messageOf = (body: unknown) => ({
	Records: [{ messageId: "1", receiptHandle: "1", body: JSON.stringify(body), attributes: { ApproximateReceiveCount: "1" } }],
});

/** The runs of a schedule: their first answer is a whole look at everything, not a start. */
export const isRun = (name: FunctionName): boolean => name === "poller" || name === "overseer";

/** What each function is asked first: of an incident that there is not, so that its answer takes one call of AWS, as the bare function's does. */
export const firstEvents: Readonly<Record<FunctionName, unknown>> = {
	ledger: { operation: "read", input: { ...owner, tier: 1 } },
	messenger: { operation: "read", input: { ...place, receipt: "" } },
	remediator: { operation: "undo", by: "overseer", input: { ...owner, why: "measured" } },
	dispatcher: messageOf({ incidentKey, occurrence: 1 }),
	listener: messageOf({}),
	normalizer: {
		rawPath: `/a/${"A".repeat(22)}/${incidentKey}`,
		headers: { accept: "text/html" },
		requestContext: { http: { method: "GET" } },
	},
	poller: {},
	overseer: {},
};

const arn = (secret: string): string => `arn:aws:secretsmanager:eu-central-1:123456789012:secret:runbooks-dev/${secret}-AbCdEf`;

/** Every variable that a function may have. Its own keys, and an account on this machine. */
export const environmentOf = (address: string): Readonly<Record<string, string>> => ({
	AWS_REGION: "eu-central-1",
	AWS_ACCESS_KEY_ID: "AKIAMEASURED",
	AWS_SECRET_ACCESS_KEY: "measured",
	AWS_ENDPOINT_URL: `http://${address}`,
	AWS_LAMBDA_RUNTIME_API: address,
	AWS_LAMBDA_FUNCTION_NAME: "runbooks-dev-measured",
	TABLE_NAME: "runbooks-dev-incidents",
	QUEUE_URL: `http://${address}/123456789012/runbooks-dev-dispatch`,
	REMEDIATOR: "runbooks-dev-remediator",
	APPROVAL_URL: `http://${address}/`,
	ACKNOWLEDGE_URL: `http://${address}/`,
	VENDOR_SECRETS: "runbooks-dev/",
	SECRET_WEBHOOK: arn("webhook"),
	SECRET_ACKNOWLEDGE: arn("acknowledge"),
	SECRET_REMEDY_APPROVAL: arn("remedy-approval"),
	SECRET_GENESYS_DETECTOR: arn("genesys-detector"),
	SECRET_GENESYS_LAUNCHER: arn("genesys-launcher"),
});
