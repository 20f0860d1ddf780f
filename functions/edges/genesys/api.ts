import type { Models } from "purecloud-platform-client-v2";
import { sideBySide } from "../../pipeline/limits/sideBySide.ts";
import type { EdgeSource, EdgeState, QueueSource, TrunkInstance, TrunkSource, WorkflowInputs, Workflows } from "../../pipeline/ports.ts";
import { type Budget, type Clock, EdgeError, type ExecutionStatus, type FailureReason } from "../../pipeline/ports.ts";
import { type Credentials, withCredentials, withoutPrevious } from "../credentials/documents.ts";
import { failure, field, request, text } from "../http/http.ts";
import { timeoutSeconds } from "../timeouts.ts";
import { allEntities, type Call, inBatches, named, requestsAtOnce, system } from "./listing.ts";
import { readQueues } from "./queues.ts";

export interface GenesysCloudOptions {
	readonly fetch: typeof fetch;
	/** `mypurecloud.de`, `usw2.pure.cloud`, … */
	readonly domain: string;
	/** Asked for each new token, so that a rotated secret is seen without a restart. */
	readonly credentials: Credentials<{ readonly clientId: string; readonly clientSecret: string }>;
	/** Names the shared allowance of this OAuth client: limits are per token. */
	readonly clientName: string;
	readonly clock: Clock;
	readonly budget: Pick<Budget, "take">;
	readonly perMinute: number;
	/** The response workflows by their policies; needed to launch only. */
	readonly flowIds?: Readonly<Record<string, string>>;
}

/** `…/trunks/metrics` documents no maximum; its sibling for edges says 100. */
const idsPerMetricsCall = 100;
const renewBeforeExpirySeconds = 60;

/** Genesys Cloud as one OAuth client sees it: trunks with their metrics, edges, queues, and executions of the response workflow. Throws only EdgeError. */
export function genesysCloud(options: GenesysCloudOptions): TrunkSource & EdgeSource & QueueSource & Workflows {
	const call = authorized(options);
	return {
		trunks: async () => {
			const trunks: readonly Partial<Models.Trunk>[] = await allEntities(
				call,
				"/api/v2/telephony/providers/edges/trunks?trunkType=EXTERNAL",
			);
			const metrics = await allMetrics(
				call,
				trunks.flatMap(({ id }) => id ?? []),
			);
			return trunks.flatMap((trunk) => trunkInstance(trunk, metrics.get(trunk.id ?? "")));
		},
		edges: async () => {
			const edges: readonly Partial<Models.Edge>[] = await allEntities(call, "/api/v2/telephony/providers/edges");
			return edges.flatMap(edgeState);
		},
		queues: (names) => readQueues(call, names),
		launch: async (policy, inputs, name) => {
			const answer = await call("/api/v2/flows/executions", launchRequest(options.flowIds?.[policy], policy, inputs, name));
			return text(answer, "id", system);
		},
		status: (executionId) => executionStatus(call, executionId),
	};
}

type Method = NonNullable<Parameters<Call>[2]>;

/** Takes from the budget before every call, and asks once more with a fresh token when the one in hand is refused. */
export function authorized(options: GenesysCloudOptions): Call {
	const tokens = tokenSource(options);
	const patience = patienceOf(options.clock);
	const once = async (path: string, body: unknown, method: Method, token: string) => {
		patience.check();
		await options.budget.take(`genesys-${options.clientName}`, options.perMinute);
		const headers = { authorization: `Bearer ${token}`, accept: "application/json" };
		const url = `https://api.${options.domain}${path}`;
		const name = `${method} ${path.split("?")[0]}`;
		const common = { fetch: options.fetch, url, method, timeoutSeconds: timeoutSeconds.genesys, system, name };
		const answer = patience.learn(
			body === undefined
				? request({ ...common, headers, mayBeEmpty: method === "DELETE" })
				: request({ ...common, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(body) }),
		);
		return (await answer).json;
	};
	return async (path, body, method = body === undefined ? "GET" : "POST") => {
		const token = await tokens.current();
		try {
			return await once(path, body, method, token);
		} catch (error) {
			if (!(error instanceof EdgeError && error.reason === "unauthorized")) throw error;
			return once(path, body, method, await tokens.insteadOf(token));
		}
	};
}

/** A client that was told to wait (429) asks nothing until then: each question would only lengthen it. */
function patienceOf(clock: Clock) {
	let until = 0;
	return {
		check: (): void => {
			const seconds = Math.ceil((until - clock.now()) / 1000);
			if (seconds > 0) throw failure("rate-limited", `${system}: expected to be asked to wait no longer, got ${seconds} s more`, seconds);
		},
		learn: <T>(answer: Promise<T>): Promise<T> =>
			answer.catch((error: unknown) => {
				if (error instanceof EdgeError && error.reason === "rate-limited") until = clock.now() + (error.retryAfterSeconds ?? 0) * 1000;
				throw error;
			}),
	};
}

/** One token for all calls until 60 s before it expires; calls side by side ask for a new one once. */
function tokenSource(options: GenesysCloudOptions) {
	let held: { readonly token: string; readonly until: number } | undefined;
	let asked: Promise<string> | undefined;
	const renewed = (): Promise<string> => {
		asked ??= ask().finally(() => {
			asked = undefined;
		});
		return asked;
	};
	const ask = async (): Promise<string> => {
		held = undefined;
		const answer = await tokenAnswer(options);
		const seconds = Number(field(answer, "expires_in"));
		const token = text(answer, "access_token", system);
		// Without a readable validity the token serves this once.
		held = { token, until: options.clock.now() + (Number.isFinite(seconds) ? seconds - renewBeforeExpirySeconds : 0) * 1000 };
		return token;
	};
	return {
		/** A token that is not the one that was refused. */
		insteadOf: async (refused: string) => (held === undefined || held.token === refused ? renewed() : held.token),
		current: async () => (held === undefined || held.until <= options.clock.now() ? renewed() : held.token),
	};
}

/** A check asks whether what is meant to be valid is taken: the client before, which the program may have deleted, is not asked. */
export const currentOrNext = (options: GenesysCloudOptions): GenesysCloudOptions => ({
	...options,
	credentials: withoutPrevious(options.credentials),
});

/** Whether the client still gets a token, and nothing else. Throws EdgeError. */
export async function proveClient(options: GenesysCloudOptions): Promise<void> {
	text(await tokenAnswer(options), "access_token", system);
}

const tokenAnswer = (options: GenesysCloudOptions): Promise<unknown> =>
	withCredentials(options.credentials, (client) => askForToken(options, client));

async function askForToken(
	{ fetch, domain }: GenesysCloudOptions,
	{ clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
): Promise<unknown> {
	const answer = await request({
		fetch,
		url: `https://login.${domain}/oauth/token`,
		method: "POST",
		headers: {
			authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}`,
			"content-type": "application/x-www-form-urlencoded",
			accept: "application/json",
		},
		body: "grant_type=client_credentials",
		timeoutSeconds: timeoutSeconds.genesys,
		system,
		name: "the token",
		vendorReason: tokenReason,
	});
	return answer.json;
}

/** The login host says both of these with a 400 (the vendor's Go SDK and Terraform provider read them so). */
function tokenReason(status: number, json: unknown): FailureReason | undefined {
	if (status !== 400) return undefined;
	if (String(field(json, "error_description") ?? field(json, "description")).startsWith("rate limit exceeded")) return "rate-limited";
	return field(json, "error") === "invalid_client" ? "unauthorized" : undefined;
}

async function allMetrics(call: Call, ids: readonly string[]): Promise<ReadonlyMap<string, Partial<Models.TrunkMetrics>>> {
	const metrics = new Map<string, Partial<Models.TrunkMetrics>>();
	await sideBySide(inBatches(ids, idsPerMetricsCall), requestsAtOnce, async (batch) => {
		const answer = await call(`/api/v2/telephony/providers/edges/trunks/metrics?trunkIds=${batch.map(encodeURIComponent).join(",")}`);
		if (!Array.isArray(answer)) throw failure("malformed", `${system}: expected an array of trunk metrics, got ${typeof answer}`);
		for (const each of answer.filter(isMetrics)) metrics.set(each.trunk?.id ?? "", each);
	});
	return metrics;
}

function isMetrics(value: unknown): value is Partial<Models.TrunkMetrics> {
	return typeof value === "object" && value !== null;
}

/** What is missing or of another type becomes `undefined`: no data, never a made-up state. */
function trunkInstance(trunk: Partial<Models.Trunk>, metrics: Partial<Models.TrunkMetrics> | undefined): readonly TrunkInstance[] {
	if (typeof trunk.id !== "string") return [];
	const name = trunk.name ?? trunk.id;
	const calls = metrics?.calls;
	return [
		{
			id: trunk.id,
			name,
			// An instance without a base stands for itself.
			trunkBase: { id: trunk.trunkBase?.id ?? trunk.id, name: trunk.trunkBase?.name ?? name },
			...named({ edge: trunk.edge, division: trunk.division }),
			state: trunk.state ?? "unknown",
			inService: flag(trunk.inService),
			enabled: flag(trunk.enabled),
			connected: flag(trunk.connectedStatus?.connected),
			options: isEnabled(trunk.optionsEnabledStatus) ? flags(trunk.optionsStatus?.map((each) => each.optionState)) : undefined,
			registers: isEnabled(trunk.registersEnabledStatus) ? flags(trunk.registersStatus?.map((each) => each.registerState)) : undefined,
			calls: calls ? (calls.inboundCallCount ?? 0) + (calls.outboundCallCount ?? 0) : undefined,
			qosMismatches: metrics?.qos?.mismatchCount ?? undefined,
		},
	];
}

const onlineStates: Readonly<Record<string, boolean>> = { ONLINE: true, OFFLINE: false };

function edgeState({ id, name, state, statusCode, onlineStatus, site, division }: Partial<Models.Edge>): readonly EdgeState[] {
	if (typeof id !== "string") return [];
	const online = typeof onlineStatus === "string" ? onlineStates[onlineStatus.toUpperCase()] : undefined;
	return [{ id, name: name ?? id, state: state ?? "unknown", statusCode: statusCode ?? undefined, online, ...named({ site, division }) }];
}

function isEnabled(status: string | undefined): boolean {
	return typeof status === "string" && status.toLowerCase() === "enabled";
}

function flag(value: unknown): boolean | undefined {
	return typeof value === "boolean" ? value : undefined;
}

/** Enabled, and nothing reported yet, is no data as well. */
function flags(values: readonly unknown[] | undefined): readonly boolean[] | undefined {
	const known = (values ?? []).filter((value) => typeof value === "boolean");
	return known.length > 0 ? known : undefined;
}

function launchRequest(flowId: string | undefined, policy: string, inputs: WorkflowInputs, name: string) {
	if (flowId === undefined)
		throw failure("misconfigured", `${system}: expected the id of the response workflow of policy ${policy}, got none`);
	return { flowId, name, inputData: inputs };
}

const statuses: Readonly<Record<string, ExecutionStatus>> = {
	RUNNING: "running",
	COMPLETED: "completed",
	ERROR: "failed",
	FAILED: "failed",
	TERMINATED: "failed",
};

/** Executions are kept several days, and one just launched may not be readable yet: 404 is "unknown", not an error. */
async function executionStatus(call: Call, executionId: string): ReturnType<Workflows["status"]> {
	try {
		const execution = await call(`/api/v2/flows/executions/${encodeURIComponent(executionId)}`);
		const status = statuses[text(execution, "status", system)] ?? "unknown";
		const reason = field(execution, "completionReason") ?? field(field(execution, "flowErrorInfo"), "code");
		return typeof reason === "string" && reason !== "" ? { status, reason } : { status };
	} catch (error) {
		if (error instanceof EdgeError && error.reason === "not-found") return { status: "unknown", reason: "not-found" };
		throw error;
	}
}
