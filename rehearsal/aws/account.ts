import { EdgeError, type FailureReason } from "../../functions/pipeline/ports.ts";
import type { AwsCallers } from "../vendors/emulator.ts";
import type { VirtualClock } from "../world/clock.ts";
import { type AutomationExecution, AutomationService } from "./automation.ts";
import { callersOf } from "./callers.ts";
import { type AlarmNews, CloudWatch } from "./cloudWatch.ts";
import { declare } from "./declare.ts";
import type { Created } from "./declaring.ts";
import { type PartnerEvent, putPartnerEvent } from "./eventBridge.ts";
import { type AwsService, type Break, Functions } from "./functions.ts";
import { fetchFunctionUrl } from "./functionUrl.ts";
import type { FunctionWorld } from "./functionWorld.ts";
import { Iam, type Refusal } from "./iam.ts";
import { type BatchFailed, Mappings } from "./mapping.ts";
import type { Grant } from "./policy.ts";
import { type AccountState, type DeclaredSchedule, emptyState, type FunctionKind } from "./state.ts";

export interface AwsOptions extends FunctionWorld {
	readonly clock: VirtualClock;
	/** Told of documents that were started. */
	readonly automationStarted?: (execution: AutomationExecution) => void;
	/** Whether the queue hands each batch out a second time now. */
	readonly deliversTwice?: () => boolean;
	/** The event sources that partners offer to this account; none when absent. */
	readonly partnerSources?: () => readonly string[];
	/** Told of batches that a mapped function did not finish. */
	readonly batchFailed?: BatchFailed;
}

/** A call of a function by Genesys Cloud, which assumes a role of this account with an external id. */
export interface OutsideCall {
	readonly functionArn: string;
	readonly roleArn: string;
	readonly externalId: string;
	readonly payload: unknown;
}

/** One AWS account and region, offline: it holds what was declared and nothing else, and refuses what no declared policy allows. */
export interface OfflineAws {
	/** Makes a resource as the AWS provider would; throws Error for a type, property or name that it cannot take. */
	create(type: string, name: string, inputs: unknown): Created;
	/** Runs a function by name or ARN. Throws FunctionFailed for what it throws, EdgeError where AWS refuses to run it. */
	invoke(functionName: string, event: unknown): Promise<unknown>;
	/** Runs a function for Genesys Cloud: 200 with its JSON, or the status and error body of AWS. Never throws. */
	invokeAs(call: OutsideCall): Promise<{ readonly status: number; readonly body: string }>;
	schedules(): readonly DeclaredSchedule[];
	/** One tick of a schedule: its role is assumed and must be allowed to invoke the function. Throws as `invoke` does. */
	runSchedule(schedule: DeclaredSchedule): Promise<unknown>;
	/** A request to a function URL. */
	fetchUrl(request: Request): Promise<Response>;
	/** An event of a partner, on its event source. */
	putPartnerEvent(event: PartnerEvent): void;
	/** Who calls other services of AWS: the functions' roles. */
	readonly callers: AwsCallers;
	setFault(service: AwsService, reason?: FailureReason): void;
	/** Kills an invocation of that kind once its `after`-th outside call from now on took effect. */
	killAfter(kind: FunctionKind, after: number): void;
	/** Breaks the functions of a kind until the function that it returns is called. */
	break(broken: Break): () => void;
	/** Whether the schedule of a function of that kind is switched off now. */
	isUnscheduled(kind: FunctionKind): boolean;
	/** One look of CloudWatch at every alarm, once a minute. */
	look(): readonly AlarmNews[];
	/** Systems Manager Automation: what exists in the account before anything is deployed, and what was started. */
	readonly automation: AutomationService;
	readonly refusals: readonly Refusal[];
	/** Every declared IAM grant of the account, with whether a call ever needed it. */
	grants(): readonly (Grant & { readonly used: boolean })[];
	/** What was declared so far, for assertions and reports. */
	readonly state: AccountState;
}

/**
 * The account of Genesys Cloud that the trust policy of a Lambda data action's role names, by public Terraform modules of
 * GenesysCloudDevOps; the second one is the FedRAMP region's.
 */
const genesysPrincipals = ["arn:aws:iam::765628985471:root", "arn:aws:iam::325654371633:root"] as const;

/** Makes an empty offline account. */
export function createAws(options: AwsOptions): OfflineAws {
	const { clock, region, accountId } = options;
	const state = emptyState();
	const iam = new Iam();
	const automation = new AutomationService(clock, options.automationStarted ?? (() => {}));
	const cloudWatch = new CloudWatch(state, accountId);
	const functions = new Functions({ clock, state, iam, world: options, automation, cloudWatch });
	const mappings = new Mappings({
		clock,
		state,
		iam,
		functions,
		region,
		failed: options.batchFailed ?? (() => {}),
		deliversTwice: options.deliversTwice ?? (() => false),
	});
	const declaring = {
		clock,
		region,
		accountId,
		state,
		iam,
		partnerSources: options.partnerSources ?? (() => []),
		visible: (queueArn: string, at: number) => mappings.visible(queueArn, at),
	};
	let requests = 0;
	return {
		create: (type, name, inputs) => declare(declaring, type, name, inputs),
		invoke: (functionName, event) => functions.invoke(functionName, event),
		invokeAs: (call) => invokeAs(iam, functions, call),
		schedules: () => state.schedules,
		runSchedule: (schedule) => runSchedule({ iam, functions, accountId, region, now: clock.now() }, schedule),
		fetchUrl: (request) => {
			requests += 1;
			return fetchFunctionUrl({ now: () => clock.now(), state, iam, functions }, request, `request-${requests}`);
		},
		putPartnerEvent: (event) => putPartnerEvent({ state, iam, accountId, region }, event),
		callers: callersOf({ state, iam, accountId }),
		setFault: (service, reason) => functions.setFault(service, reason),
		killAfter: (kind, after) => functions.killAfter(kind, after),
		break: (broken) => functions.break(broken),
		isUnscheduled: (kind) => functions.isBroken(kind, "unscheduled"),
		look: () => cloudWatch.look(clock.now()),
		automation,
		refusals: iam.refusals,
		grants: () => iam.grants(),
		state,
	};
}

async function invokeAs(iam: Iam, functions: Functions, { functionArn, roleArn, externalId, payload }: OutsideCall) {
	try {
		assumeFromGenesys(iam, roleArn, externalId);
		iam.authorize(roleArn, "lambda:InvokeFunction", functionArn);
		return { status: 200, body: JSON.stringify((await functions.invoke(functionArn, payload)) ?? null) };
	} catch (error) {
		const { name, message } = error instanceof Error ? error : new Error(String(error));
		return { status: statusOf(error), body: JSON.stringify({ errorType: name, errorMessage: message }) };
	}
}

/** Genesys does not say from which of its accounts it calls: the one that is trusted counts, and a refusal names the ordinary one. */
function assumeFromGenesys(iam: Iam, roleArn: string, externalId: string): void {
	const context = { "sts:ExternalId": externalId };
	const trusted = genesysPrincipals.find((principal) => iam.trusts(roleArn, { principal, context }));
	iam.assume(roleArn, { principal: trusted ?? genesysPrincipals[0], context });
}

/** The statuses of Lambda's Invoke; a function that failed is a 200 there, which Genesys takes for a failure: here it is a 502. */
function statusOf(error: unknown): number {
	if (!(error instanceof EdgeError)) return 502;
	const statuses: Partial<Record<FailureReason, number>> = { forbidden: 403, "not-found": 404, "rate-limited": 429 };
	return statuses[error.reason] ?? 502;
}

interface Tick {
	readonly iam: Iam;
	readonly functions: Functions;
	readonly accountId: string;
	readonly region: string;
	readonly now: number;
}

async function runSchedule({ iam, functions, accountId, region, now }: Tick, schedule: DeclaredSchedule): Promise<unknown> {
	const { roleArn, functionArn, functionName, arn, input } = schedule;
	// The source is the group of a schedule, never the schedule.
	const group = arn.replace(/:schedule\/([^/]+)\/.*$/, ":schedule-group/$1");
	const context = { "aws:SourceAccount": accountId, "aws:SourceArn": group };
	iam.assume(roleArn, { principal: "scheduler.amazonaws.com", context }, functionName);
	iam.authorize(roleArn, "lambda:InvokeFunction", functionArn, functionName);
	const standard = {
		version: "0",
		id: `${schedule.name}-${now}`,
		"detail-type": "Scheduled Event",
		source: "aws.scheduler",
		account: accountId,
		time: new Date(now).toISOString(),
		region,
		resources: [arn],
		detail: "{}",
	};
	return functions.invoke(functionName, input === undefined ? standard : JSON.parse(input));
}
