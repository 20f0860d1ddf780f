import { serve } from "@hono/node-server";
import type { AwsOptions, OfflineAws } from "../../rehearsal/aws/account.ts";
import { emptyState } from "../../rehearsal/aws/state.ts";
import { type DeclaredResource, type DeployOptions, deploy } from "../../rehearsal/world/deploy.ts";
import { asForwarded } from "../../rehearsal/world/forwarded.ts";
import type { WorldOptions } from "../../rehearsal/world/offlineWorld.ts";
import { functionOf, motoAccount, roleNameOf } from "./account.ts";
import { type AwsAnswer, serveEndpoint } from "./calls/endpoint.ts";
import { type Judged, judgeRecords, type Recorded, rolesOf } from "./calls/records.ts";
import { type WireCall, wantedOf } from "./calls/wanted.ts";
import type { Judge } from "./judge.ts";
import { entryOf } from "./lambda/journal.ts";
import { Runners } from "./lambda/runners.ts";
import { Messages } from "./messages.ts";
import { makeInAws } from "./provision/index.ts";

/** An empty account in moto, for one story: what a rehearsal plays in, in the place of its own. */
export interface Cloud extends Required<Pick<WorldOptions, "account" | "deploy">> {
	/** Makes one declared resource. Throws Error with all that is wrong with it. */
	make(resource: DeclaredResource): ReturnType<typeof makeInAws>;
	/** What was done in the name of a role so far. */
	readonly records: readonly Recorded[];
	/** Which statement allows each of it, or each of something else. */
	judged(done?: readonly Recorded[]): Promise<Judged>;
	close(): Promise<void>;
}

interface Story {
	readonly options: AwsOptions;
	readonly account: OfflineAws;
	readonly messages: Messages;
}

/** Empties moto, and serves it and the emulators to the functions. */
export async function startCloud(judge: Judge): Promise<Cloud> {
	await fetch(`${judge.endpoint}/moto-api/reset`, { method: "POST" });
	const state = emptyState();
	const records: Recorded[] = [];
	let story: Story | undefined;
	const told = (): Story => story ?? unmade();
	const record = (did: Recorded): void => void records.push(did);
	const wants = (functionName: string, by: string, call: WireCall): void => {
		const roleName = roleNameOf(functionOf(state, functionName).roleArn);
		for (const wanted of wantedOf(call, state)) record({ roleName, by, ...wanted });
	};
	const endpoint = await serveEndpoint({
		moto: judge.endpoint,
		called: async (accessKeyId, call) => {
			const caller = runners.holderOf(accessKeyId);
			if (caller === undefined) return undefined;
			wants(caller.name, caller.name, call);
			return answerHere(told(), call, runners);
		},
		taken: (call) => told().messages.taken(call),
	});
	const outside = await serveOutside((request) => told().options.fetch(request));
	const runners = new Runners({
		judge,
		endpoint: () => endpoint.url,
		outside: () => outside.url,
		printed: ({ kind }, line) => {
			const entry = entryOf(line);
			if (entry !== undefined) told().options.log(entry, kind);
		},
	});
	const making = {
		call: (service: string, operation: string, input: unknown) => judge.call({ service, operation, input, endpoint: endpoint.url }),
		state,
	};
	const make = (resource: DeclaredResource) => makeInAws(making, resource);
	return {
		records,
		make,
		account: (options) => {
			const account = motoAccount({ runners, state, record }, options);
			const called = (functionName: string, call: WireCall) => wants(functionName, "Lambda's event source mapping", call);
			story = {
				options,
				account,
				messages: new Messages({ ...options, judge, endpoint: () => endpoint.url, state, called, invoke: account.invoke }),
			};
			return account;
		},
		deploy: (options: DeployOptions) =>
			deploy({ ...options, create: (made) => (made.type.startsWith("aws:") ? make(made) : options.create(made)) }),
		judged: async (done = records) => judgeRecords(judge, await rolesOf(judge, endpoint.url), done),
		close: async () => {
			await runners.close();
			await endpoint.close();
			await outside.close();
		},
	};
}

const unmade = (): never => {
	throw new Error("expected a story, got none yet");
};

/** What moto has not: functions that run, and Automation documents. */
async function answerHere(
	{ account, options }: Story,
	{ service, operation, body }: WireCall,
	runners: Runners,
): Promise<AwsAnswer | undefined> {
	const text = (name: string): string => String(body[name]);
	switch (`${service}:${operation}`) {
		case "lambda:Invoke":
			return invoked(() => runners.run(functionOf(account.state, text("FunctionName")), JSON.parse(text("Payload")), options.clock.now()));
		case "ssm:StartAutomationExecution": {
			const { Parameters = {}, ClientToken } = body;
			return json({ AutomationExecutionId: account.automation.start(text("DocumentName"), Object(Parameters), String(ClientToken)) });
		}
		case "ssm:GetAutomationExecution":
			return json({ AutomationExecution: { AutomationExecutionStatus: account.automation.status(text("AutomationExecutionId")) } });
		default:
			return undefined;
	}
}

const json = (body: unknown): AwsAnswer => ({ status: 200, body: JSON.stringify(body ?? null) });

async function invoked(run: () => Promise<unknown>): Promise<AwsAnswer> {
	try {
		return json(await run());
	} catch (error) {
		return { ...json({ errorMessage: String(error) }), headers: { "x-amz-function-error": "Unhandled" } };
	}
}

/** Everything but AWS, as the functions reach it: a host that nobody has breaks the connection. */
function serveOutside(reach: (request: Request) => Promise<Response>): Promise<{ readonly url: string; close(): Promise<void> }> {
	return new Promise((resolve) => {
		const answer = (request: Request): Promise<Response> =>
			reach(asForwarded(request)).catch((error: unknown) => new Response(String(error), { status: 599 }));
		const server = serve({ fetch: answer, port: 0, hostname: "127.0.0.1" }, ({ port }) =>
			resolve({
				url: `http://127.0.0.1:${port}`,
				close: () =>
					new Promise((closed) => {
						server.close(() => closed());
						if ("closeAllConnections" in server) server.closeAllConnections();
					}),
			}),
		);
	});
}
