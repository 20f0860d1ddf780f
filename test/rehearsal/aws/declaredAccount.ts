import type { Ports } from "../../../functions/edges/ports.ts";
import type { Entry } from "../../../functions/pipeline/ports.ts";
import { type AwsOptions, createAws } from "../../../rehearsal/aws/account.ts";
import type { Handlers } from "../../../rehearsal/aws/functionWorld.ts";
import type { FunctionKind } from "../../../rehearsal/aws/state.ts";
import { VirtualClock } from "../../../rehearsal/world/clock.ts";
import { exampleSettings } from "../../functions/edges/runtimeSettings.ts";

export const start = Date.UTC(2026, 10, 24, 9);
const accountId = "123456789012";
const region = "eu-central-1";

export const arns = {
	table: `arn:aws:dynamodb:${region}:${accountId}:table/runbooks-dev-incidents`,
	queue: `arn:aws:sqs:${region}:${accountId}:runbooks-dev-dispatch`,
	logs: (kind: FunctionKind) => `arn:aws:logs:${region}:${accountId}:log-group:/aws/lambda/runbooks-dev-${kind}`,
	lambda: (kind: FunctionKind) => `arn:aws:lambda:${region}:${accountId}:function:runbooks-dev-${kind}`,
	role: (name: string) => `arn:aws:iam::${accountId}:role/${name}`,
};

export const allow = (
	...statements: readonly { readonly Action: unknown; readonly Resource: unknown; readonly [key: string]: unknown }[]
) => JSON.stringify({ Version: "2012-10-17", Statement: statements.map((statement) => ({ Effect: "Allow", ...statement })) });

export const trust = (Principal: Readonly<Record<string, string>>, Condition?: unknown) =>
	JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal, Condition }] });

/** An archive as Pulumi hands it over: assets and texts are promises. */
export const archive = (files: Readonly<Record<string, string>> = {}) => {
	const all: Record<string, string> = { "index.mjs": "export {}", "settings.json": JSON.stringify(exampleSettings()), ...files };
	return {
		assets: Promise.resolve(Object.fromEntries(Object.entries(all).map(([name, text]) => [name, { text: Promise.resolve(text) }]))),
	};
};

const idle = () => async () => null;

/** An empty account in virtual time whose functions do what `code` says; what they tell is collected. */
export function offline(code: Partial<Handlers> = {}, options: Partial<AwsOptions> = {}) {
	const clock = new VirtualClock(start);
	const logged: (Entry & { readonly by: FunctionKind })[] = [];
	const handlers: Handlers = {
		poller: idle,
		normalizer: idle,
		dispatcher: idle,
		ledger: idle,
		overseer: idle,
		remediator: idle,
		messenger: idle,
		listener: idle,
		...code,
	};
	const unreachable: typeof fetch = async () => {
		throw new TypeError("fetch failed");
	};
	const log = (entry: Entry, by: FunctionKind) => logged.push({ ...entry, by });
	const aws = createAws({ clock, region, accountId, handlers, fetch: unreachable, log, ...options });
	/** Runs the clock until everything that was started at this instant has ended. */
	const run = async <T>(work: () => Promise<T>): Promise<T> => {
		const ended: { result?: PromiseSettledResult<T> } = {};
		clock.spawn(async () => {
			[ended.result] = await Promise.allSettled([work()]);
		});
		await clock.run(clock.now() + 3_600_000);
		if (ended.result === undefined) throw new Error("expected the work to end within an hour");
		if (ended.result.status === "rejected") throw ended.result.reason;
		return ended.result.value;
	};
	return { aws, clock, logged, run };
}

export type Offline = ReturnType<typeof offline>;

/** Declares the table, the queues and one function with its role, log group and policies. */
export function declareFunction(
	{ aws }: Offline,
	kind: FunctionKind,
	{ policy, inputs = {} }: { readonly policy?: string; readonly inputs?: Readonly<Record<string, unknown>> } = {},
): void {
	const name = `runbooks-dev-${kind}`;
	aws.create("aws:cloudwatch/logGroup:LogGroup", `${kind}-logs`, { name: `/aws/lambda/${name}` });
	const role = aws.create("aws:iam/role:Role", `${kind}-role`, { name, assumeRolePolicy: trust({ Service: "lambda.amazonaws.com" }) });
	const logs = allow({ Sid: "Logs", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: `${arns.logs(kind)}:*` });
	aws.create("aws:iam/rolePolicy:RolePolicy", `${kind}-logs`, { name: `${kind}-logs`, role: name, policy: logs });
	if (policy !== undefined) aws.create("aws:iam/rolePolicy:RolePolicy", `${kind}-needs`, { name: `${kind}-needs`, role: name, policy });
	aws.create("aws:lambda/function:Function", kind, {
		name,
		role: role.outputs.arn,
		handler: "index.handler",
		timeout: 30,
		environment: { variables: { TABLE_NAME: "runbooks-dev-incidents", QUEUE_URL: queueUrl } },
		code: archive(),
		...inputs,
	});
}

export const queueUrl = `https://sqs.${region}.amazonaws.com/${accountId}/runbooks-dev-dispatch`;

export function declareTable({ aws }: Offline): void {
	aws.create("aws:dynamodb/table:Table", "incidents", {
		name: "runbooks-dev-incidents",
		hashKey: "pk",
		ttl: { attributeName: "exp", enabled: true },
		globalSecondaryIndexes: [{ name: "due", projectionType: "KEYS_ONLY" }],
	});
}

export function declareQueue({ aws }: Offline): void {
	const dead = aws.create("aws:sqs/queue:Queue", "dead", { name: "runbooks-dev-dispatch-dead" });
	aws.create("aws:sqs/queue:Queue", "dispatch", {
		name: "runbooks-dev-dispatch",
		visibilityTimeoutSeconds: 180,
		redrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.outputs.arn, maxReceiveCount: 2 }),
	});
}

/** A handler that is only its work with the ports. */
export const doing =
	(work: (ports: Ports, event: unknown) => Promise<unknown>) =>
	(ports: Ports) =>
	(event: unknown): Promise<unknown> =>
		work(ports, event);
