import type { AwsOptions, OfflineAws, OutsideCall } from "../../rehearsal/aws/account.ts";
import { AutomationService } from "../../rehearsal/aws/automation.ts";
import { fetchFunctionUrl } from "../../rehearsal/aws/functionUrl.ts";
import { FunctionFailed } from "../../rehearsal/aws/functionWorld.ts";
import type { AccountState, DeclaredFunction, DeclaredSchedule } from "../../rehearsal/aws/state.ts";
import type { Recorded } from "./calls/records.ts";
import type { Wanted } from "./calls/wanted.ts";
import { accountId, region } from "./judge.ts";
import { FunctionError } from "./lambda/environment.ts";
import type { Runners } from "./lambda/runners.ts";

/** What an account needs of the cloud that it lies in. */
export interface AccountParts {
	readonly runners: Runners;
	readonly state: AccountState;
	readonly record: (did: Recorded) => void;
}

/** An account in moto, as a rehearsal reaches one: what triggers the functions is written here, what they do goes to moto. */
export function motoAccount({ runners, record, state }: AccountParts, options: AwsOptions): OfflineAws {
	const { clock } = options;
	const assume = (roleArn: string, principal: string, context: Wanted["context"]): void =>
		record({ roleName: roleNameOf(roleArn), by: principal, action: "sts:AssumeRole", resource: roleArn, context, principal });
	const mayInvoke = (roleArn: string, by: string, functionArn: string): void =>
		record({ roleName: roleNameOf(roleArn), by, action: "lambda:InvokeFunction", resource: functionArn, context: {} });
	const invoke = async (nameOrArn: string, event: unknown): Promise<unknown> => {
		const declared = functionOf(state, nameOrArn);
		assume(declared.roleArn, "lambda.amazonaws.com", {});
		try {
			return await clock.busy(runners.run(declared, event, clock.now()));
		} catch (error) {
			if (!(error instanceof FunctionError)) options.killed?.(declared.kind, String(error).includes("timed out") ? "timeout" : "killed");
			throw new FunctionFailed(declared.name, error);
		}
	};
	let requests = 0;
	return {
		create: (type, name) => {
			throw new Error(`${type} ${name}: expected to be made in moto`);
		},
		invoke,
		invokeAs: (call) => {
			assume(call.roleArn, genesysPrincipal, { "sts:ExternalId": call.externalId });
			mayInvoke(call.roleArn, "Genesys Cloud", call.functionArn);
			return answered(call, invoke);
		},
		schedules: () => state.schedules,
		runSchedule: async ({ roleArn, functionArn }: DeclaredSchedule) => {
			assume(roleArn, "scheduler.amazonaws.com", { "aws:SourceAccount": accountId, "aws:SourceArn": scheduleGroup });
			mayInvoke(roleArn, "EventBridge Scheduler", functionArn);
			return invoke(functionArn, { source: "aws.scheduler", time: new Date(clock.now()).toISOString() });
		},
		fetchUrl: (request) => {
			requests += 1;
			return fetchFunctionUrl({ now: () => clock.now(), state, iam: { refusals: [] }, functions: { invoke } }, request, `url-${requests}`);
		},
		putPartnerEvent: unexpected,
		callers: callersOf(runners, record),
		setFault: unexpected,
		killAfter: unexpected,
		break: unexpected,
		isUnscheduled: () => false,
		// moto judges no alarm.
		look: () => [],
		automation: new AutomationService(clock, options.automationStarted ?? (() => undefined)),
		refusals: [],
		grants: () => [],
		state,
	};
}

/** The account of Genesys Cloud that calls functions of its customers. */
const genesysPrincipal = "arn:aws:iam::765628985471:root";
const scheduleGroup = `arn:aws:scheduler:${region}:${accountId}:schedule-group/default`;

const unexpected = (): never => {
	throw new Error("expected a story in which nothing is wrong with AWS");
};

/** A function that failed is a failure for Genesys Cloud. */
async function answered({ functionArn, payload }: OutsideCall, invoke: (name: string, event: unknown) => Promise<unknown>) {
	try {
		return { status: 200, body: JSON.stringify((await invoke(functionArn, payload)) ?? null) };
	} catch (error) {
		return { status: 502, body: JSON.stringify({ errorType: "Error", errorMessage: String(error) }) };
	}
}

/** The functions as callers of those services of AWS that are emulated as vendors are. */
const callersOf = (runners: Runners, record: AccountParts["record"]): OfflineAws["callers"] => ({
	secretsOf: (accessKeyId) => runners.keysOf(accessKeyId),
	permits: (accessKeyId, { service, action, resource, region: there }) => {
		const declared = runners.holderOf(accessKeyId);
		if (declared === undefined) return false;
		const arn = resource === "*" ? resource : `arn:aws:${service}:${there}:${accountId}:${resource}`;
		record({ roleName: roleNameOf(declared.roleArn), by: declared.name, action, resource: arn, context: {} });
		return true;
	},
});

export const roleNameOf = (roleArn: string): string => roleArn.split("/").at(-1) ?? roleArn;

export function functionOf(state: AccountState, nameOrArn: string): DeclaredFunction {
	const found = state.functions.find(({ name, arn }) => nameOrArn === name || nameOrArn === arn);
	if (found === undefined) throw new Error(`expected a function, got ${nameOrArn}`);
	return found;
}
