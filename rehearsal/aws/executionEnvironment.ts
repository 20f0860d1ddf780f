import { cachedSecrets, type SecretVersion } from "../../functions/edges/aws/secretCache.ts";
import { stages } from "../../functions/edges/aws/secrets.ts";
import type { Ports } from "../../functions/edges/ports.ts";
import { pauseAfterLostRace } from "../../functions/edges/timers.ts";
import { eventLevels } from "../../functions/pipeline/model/events.ts";
import type { Journal } from "../../functions/pipeline/ports.ts";
import type { VirtualClock } from "../world/clock.ts";
import { never } from "../world/wireFaults.ts";
import { settingsOf } from "./archive.ts";
import { type AutomationService, guardedAutomation } from "./automation.ts";
import { keysOf } from "./callers.ts";
import type { CloudWatch } from "./cloudWatch.ts";
import { buildPorts } from "./everyPort.ts";
import type { FunctionWorld, Handlers } from "./functionWorld.ts";
import { type Allow, type CallService, guardedLedger, guardedQueue, notDeclared } from "./guardedServices.ts";
import type { Iam } from "./iam.ts";
import type { Invocation } from "./invocation.ts";
import { redisServer } from "./redisServer.ts";
import { type AccountState, arnOfSecret, type DeclaredFunction, type FunctionKind } from "./state.ts";

/** What an environment needs of the account around it. */
export interface EnvironmentParts {
	readonly declared: DeclaredFunction;
	readonly clock: VirtualClock;
	readonly state: AccountState;
	readonly iam: Iam;
	readonly world: FunctionWorld;
	readonly automation: AutomationService;
	readonly cloudWatch: CloudWatch;
	/** Throws EdgeError while that service is faulty. */
	readonly failWhereFaulty: (service: string) => void;
	readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
	readonly newId: () => string;
}

/** One execution environment of a function: runs one invocation at a time; what is made at its cold start stays. */
export class ExecutionEnvironment {
	readonly #parts: EnvironmentParts;
	#ports: Ports | undefined;
	#invocation: Invocation | undefined;
	#hasLog = false;

	constructor(parts: EnvironmentParts) {
		this.#parts = parts;
	}

	/** Whether its cold start is over and went well. */
	get hasStarted(): boolean {
		return this.#ports !== undefined;
	}

	/** Runs the handler. Never settles once the invocation was killed at an outside call. */
	async run(invocation: Invocation, handler: Handlers[FunctionKind], event: unknown): Promise<unknown> {
		this.#invocation = invocation;
		this.#ports ??= await this.#coldStart();
		const answer = await handler(this.#ports)(event);
		return invocation.isOver ? never() : answer;
	}

	get #current(): Invocation {
		if (this.#invocation === undefined) throw new Error("expected an invocation under way, got none");
		return this.#invocation;
	}

	async #coldStart(): Promise<Ports> {
		const { declared, clock, state, iam, world, automation, failWhereFaulty, invoke, newId } = this.#parts;
		const settings = await settingsOf(declared.name, declared.code);
		const allow: Allow = (action, resource, context) => {
			failWhereFaulty(action.split(":")[0] ?? "");
			iam.authorize(declared.roleArn, action, resource, declared.name, { "lambda:SourceFunctionArn": declared.arn, ...context });
		};
		const called = (): void => world.meter?.called(declared.kind);
		const call: CallService = (service, work) => {
			called();
			return this.#current.callAws(service, work);
		};
		const secretText = (id: string, version: SecretVersion): Promise<string | undefined> =>
			call("aws", async () => {
				const arn = arnOfSecret(state, id);
				allow("secretsmanager:GetSecretValue", arn);
				const versions = state.secrets.get(arn) ?? notDeclared("Secrets Manager", "a declared secret", id);
				return versions.at(stages[version])?.text;
			});
		const timers = this.#timers();
		const ports = buildPorts({
			env: declared.env,
			settings,
			clock,
			timers,
			deadline: { remainingMilliseconds: () => this.#current.remainingMilliseconds() },
			silent: () => this.#current.silent,
			fetch: (...request: Parameters<typeof fetch>) => {
				called();
				return this.#current.call(() => world.fetch(...request));
			},
			ledger: (own) => ({
				...(declared.env.REDIS_URL === undefined
					? guardedLedger(state, own.environment.tableName(), allow, call)
					: redisServer({ state, declared, ...own, call, failWhereFaulty })),
				pause: (tried) => pauseAfterLostRace(timers, tried),
			}),
			queue: (queueUrl) => guardedQueue(state, queueUrl, allow, call),
			readSecret: cachedSecrets(secretText, clock),
			journal: this.#journal(),
			newId,
			invoke: (functionName, payload) => {
				called();
				return this.#current.call(() => this.#invokeFor(allow, invoke, functionName, payload));
			},
			identity: () => keysOf(declared.roleArn),
			automation: () => {
				const service = guardedAutomation(automation, allow, world);
				return {
					start: (...order) => call("aws", () => service.start(...order)),
					status: (id) => call("aws", () => service.status(id)),
				};
			},
		});
		return world.wrapPorts?.(declared.kind, ports) ?? ports;
	}

	#timers() {
		const { clock, world } = this.#parts;
		return {
			signalAfter: (milliseconds: number) => clock.signalAfter(milliseconds),
			sleep: (milliseconds: number) => this.#current.pause(milliseconds),
			random: world.random ?? (() => 0.5),
		};
	}

	async #invokeFor(allow: Allow, invoke: EnvironmentParts["invoke"], functionName: string, payload: unknown): Promise<unknown> {
		const { state } = this.#parts;
		const target = state.functions.find(({ name, arn }) => functionName === name || functionName === arn);
		if (target === undefined) return notDeclared("Lambda", "a declared function", functionName);
		allow("lambda:InvokeFunction", target.arn);
		return invoke(target.name, payload);
	}

	/** A function that may not write its log runs all the same, and nobody hears of it: the refusal is kept. A killed one is mute. */
	#journal(): Journal {
		const { declared, state, iam, world, cloudWatch, clock } = this.#parts;
		const { roleArn, name, logGroup, kind } = declared;
		const stream = (action: string): void => {
			const group = state.logGroups.get(logGroup);
			if (group === undefined) iam.refuse({ principal: roleArn, action: "logs:CreateLogGroup", resource: logGroup, function: name });
			iam.authorize(roleArn, action, `${group}:log-stream:1`, name);
		};
		return {
			log: (entry) => {
				if (this.#current.isOver) return;
				try {
					if (!this.#hasLog) stream("logs:CreateLogStream");
					this.#hasLog = true;
					stream("logs:PutLogEvents");
				} catch {
					return;
				}
				cloudWatch.ofJournal(name, entry, clock.now());
				world.meter?.told(kind, entry);
				// Below what a function writes: counted only.
				if (eventLevels[entry.what] !== "debug") world.log(entry, kind);
			},
		};
	}
}
