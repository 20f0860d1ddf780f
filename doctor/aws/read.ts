import { GetAccountSettingsCommand, GetFunctionConcurrencyCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { awsFailure } from "../../functions/edges/aws/failure.ts";
import { failure } from "../../functions/edges/http/http.ts";
import type { AwsIdentity } from "../../functions/edges/vendors/awsSignature.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import { isRead, type Read, reading } from "../finding.ts";
import type { Track } from "../progress.ts";
import { type SourceState, sourceState } from "./eventSource.ts";

export interface AwsAccess {
	readonly region: string;
	/** As `aws:profile` names it. */
	readonly profile?: string;
	/** Where its services are, elsewhere than at AWS. */
	readonly endpoint?: string;
	/** Absent: those that AWS's own clients find. */
	readonly credentials?: AwsIdentity;
}

/** The executions that an account can have at once in a region, and what nobody has reserved of them. */
export interface Concurrency {
	readonly total: number;
	readonly unreserved: number;
	/** What functions of ours have reserved already. */
	readonly ours: number;
}

export interface AwsReadings {
	readonly account: Read<string>;
	readonly concurrency: Read<Concurrency>;
	/** By the name of the event source. */
	readonly sources: ReadonlyMap<string, Read<SourceState>>;
}

/** What of an account is asked about. */
export interface AwsQuestions {
	/** The functions that reserve executions. */
	readonly reserving: readonly string[];
	/** Event sources of partners. */
	readonly sources: readonly string[];
}

const callMilliseconds = 10_000;

/** The keys that the deployment would use; unread where there are none. */
export async function findIdentity(access: AwsAccess): Promise<Read<AwsIdentity>> {
	const client = new STSClient(optionsOf(access));
	return reading(async () => {
		try {
			const { accessKeyId, secretAccessKey, sessionToken } = await inTime(client.config.credentials());
			return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
		} catch (error) {
			// A profile that does not exist and a login that has ended are named so, too; their words may hold paths of this machine.
			if (error instanceof Error && !(error instanceof EdgeError)) throw failure("misconfigured", "no AWS credentials were found");
			throw error;
		} finally {
			client.destroy();
		}
	});
}

/** Who the keys are, the limits of their account, and what partners offer it. */
export async function readAws(access: AwsAccess, { reserving, sources }: AwsQuestions, track: Track): Promise<AwsReadings> {
	const identity = await track("AWS: credentials", () => findIdentity(access));
	if (!isRead(identity)) return { account: identity, concurrency: identity, sources: new Map(sources.map((name) => [name, identity])) };
	const options = { ...optionsOf(access), credentials: identity.value };
	const sts = new STSClient(options);
	const lambda = new LambdaClient(options);
	const [account, concurrency, ...states] = await Promise.all([
		track("AWS: identity", () =>
			asked("who it is", async (until) => (await sts.send(new GetCallerIdentityCommand({}), until)).Account ?? ""),
		),
		track("AWS: limits of Lambda", () => asked("the limits of Lambda", (until) => concurrencyOf(lambda, reserving, until))),
		...sources.map((name) =>
			track("AWS: event source", () =>
				reading(() => sourceState({ name, region: access.region, endpoint: access.endpoint, identity: identity.value, at: Date.now() })),
			),
		),
	]);
	sts.destroy();
	lambda.destroy();
	return {
		account,
		concurrency,
		sources: new Map(sources.flatMap((name, index) => (states[index] === undefined ? [] : [[name, states[index]]]))),
	};
}

type Until = { readonly abortSignal: AbortSignal };

const asked = <T>(what: string, work: (until: Until) => Promise<T>): Promise<Read<T>> =>
	reading(async () => {
		try {
			return await work({ abortSignal: AbortSignal.timeout(callMilliseconds) });
		} catch (error) {
			throw awsFailure("AWS", what, error);
		}
	});

async function concurrencyOf(lambda: LambdaClient, names: readonly string[], until: Until): Promise<Concurrency> {
	const { AccountLimit: limit } = await lambda.send(new GetAccountSettingsCommand({}), until);
	if (limit?.ConcurrentExecutions === undefined || limit.UnreservedConcurrentExecutions === undefined)
		throw failure("malformed", "AWS: expected the limits of Lambda, got an answer without them");
	const reserved = await Promise.all(names.map((name) => reservedBy(lambda, name, until)));
	return {
		total: limit.ConcurrentExecutions,
		unreserved: limit.UnreservedConcurrentExecutions,
		ours: reserved.reduce((sum, each) => sum + each, 0),
	};
}

/** Nothing where the function is not there yet, or may not be asked about. */
async function reservedBy(lambda: LambdaClient, name: string, until: Until): Promise<number> {
	try {
		const { ReservedConcurrentExecutions: kept } = await lambda.send(new GetFunctionConcurrencyCommand({ FunctionName: name }), until);
		return kept ?? 0;
	} catch {
		return 0;
	}
}

const optionsOf = ({ region, profile, endpoint, credentials }: AwsAccess) => ({
	region,
	maxAttempts: 2,
	...(profile === undefined ? {} : { profile }),
	...(endpoint === undefined ? {} : { endpoint }),
	...(credentials === undefined ? {} : { credentials }),
});

async function inTime<T>(work: Promise<T>): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_, reject) => {
		timer = setTimeout(() => reject(failure("timeout", "AWS: expected credentials within 10 s, got none")), callMilliseconds);
	});
	try {
		return await Promise.race([work, late]);
	} finally {
		clearTimeout(timer);
	}
}
