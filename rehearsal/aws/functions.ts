import { AsyncLocalStorage } from "node:async_hooks";
import type { BackOff } from "../../functions/edges/backOff.ts";
import { buildPorts, type Ports } from "../../functions/edges/ports.ts";
import { cachedSecrets } from "../../functions/edges/secretCache.ts";
import { realTimers } from "../../functions/edges/timers.ts";
import {
	type Clock,
	type DispatchQueue,
	EdgeError,
	type Entry,
	type FailureReason,
	type Journal,
	type Ledger,
} from "../../functions/pipeline/ports.ts";
import { settingsOf } from "./archive.ts";
import { type AutomationService, guardedAutomation } from "./automation.ts";
import type { Iam } from "./iam.ts";
import type { AccountState, DeclaredFunction, FunctionKind } from "./state.ts";

/** Declared as a method, so that a handler fits that names the type of its event: AWS's events are untyped JSON. */
interface Code {
	run(event: unknown): Promise<unknown>;
}

/** The code of the functions: what each does with its ports, as `functions/<kind>.ts` exports it. */
export type Handlers = Readonly<Record<FunctionKind, (ports: Ports) => Code["run"]>>;

export interface FunctionWorld {
	readonly handlers: Handlers;
	/** Routed to the emulators: what a function reaches over HTTPS. */
	readonly fetch: typeof fetch;
	/** Receives every journal entry that a function was allowed to write. */
	readonly tell: (entry: Entry, by: FunctionKind) => void;
	readonly region: string;
	readonly accountId: string;
	/** The next launch id, equal in every run: without one, `launch-1`, `launch-2`, … */
	readonly newId?: () => string;
}

/** What a function threw, or could not be started for: Lambda tells the caller its name and message, and nothing else. */
export class FunctionFailed extends Error {
	constructor(functionName: string, cause: unknown) {
		super(`${functionName}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
		this.name = "FunctionFailed";
	}
}

export type AwsService = "dynamodb" | "sqs" | "secretsmanager" | "lambda" | "ssm";

/** What a function does with AWS: authorised as its role, and subject to the faults of the service. Throws EdgeError. */
type Allow = (action: string, resource: string) => void;

/** Lambda of the offline account: runs the handlers as the declared functions, each with its role, environment, archive and limits. */
export class Functions {
	readonly #clock: Clock;
	readonly #state: AccountState;
	readonly #iam: Iam;
	readonly #world: FunctionWorld;
	readonly #automation: AutomationService;
	readonly #warm = new Map<string, Promise<Ports>>();
	readonly #running = new Map<string, number>();
	#ids = 0;
	readonly #faults = new Map<string, FailureReason>();
	/** The instant after which the invocation at hand is over, whatever its code still does. */
	readonly #deadline = new AsyncLocalStorage<number>();

	constructor(clock: Clock, state: AccountState, iam: Iam, world: FunctionWorld, automation: AutomationService) {
		this.#automation = automation;
		this.#clock = clock;
		this.#state = state;
		this.#iam = iam;
		this.#world = world;
	}

	/** Makes every call to a service fail with `reason`, until it is called without one. */
	setFault(service: AwsService, reason?: FailureReason): void {
		if (reason === undefined) this.#faults.delete(service);
		else this.#faults.set(service, reason);
	}

	/** Runs the function with the event and answers what it answers. Throws FunctionFailed for what it throws, EdgeError where AWS refuses to run it. */
	async invoke(nameOrArn: string, event: unknown): Promise<unknown> {
		const declared = this.#named(nameOrArn);
		this.#failWhereFaulty("lambda");
		this.#iam.assume(declared.roleArn, { principal: "lambda.amazonaws.com", context: {} }, declared.name);
		const running = this.#running.get(declared.name) ?? 0;
		if (declared.reservedConcurrency >= 0 && running >= declared.reservedConcurrency) {
			const message = `Lambda: expected at most ${declared.reservedConcurrency} at once of ${declared.name}, got one more`;
			throw new EdgeError("rate-limited", message, { retry: true });
		}
		this.#running.set(declared.name, running + 1);
		try {
			return await this.#run(declared, event);
		} catch (error) {
			throw new FunctionFailed(declared.name, error);
		} finally {
			this.#running.set(declared.name, (this.#running.get(declared.name) ?? 1) - 1);
		}
	}

	#run(declared: DeclaredFunction, event: unknown): Promise<unknown> {
		const deadline = this.#clock.now() + declared.timeoutSeconds * 1000;
		return this.#deadline.run(deadline, async () => {
			const ports = await this.#portsOf(declared);
			const answer = await this.#world.handlers[declared.kind](ports)(JSON.parse(JSON.stringify(event ?? null)));
			this.#failWhereOver();
			return answer;
		});
	}

	/** One execution environment for each function: what is made at its cold start stays; a cold start that fails is tried again. */
	#portsOf(declared: DeclaredFunction): Promise<Ports> {
		const warm = this.#warm.get(declared.name);
		if (warm !== undefined) return warm;
		const made = this.#coldStart(declared);
		this.#warm.set(declared.name, made);
		made.catch(() => this.#warm.delete(declared.name));
		return made;
	}

	async #coldStart(declared: DeclaredFunction): Promise<Ports> {
		const settings = await settingsOf(declared.name, declared.code);
		const allow: Allow = (action, resource) => {
			this.#failWhereOver();
			this.#failWhereFaulty(action.split(":")[0] ?? "");
			this.#iam.authorize(declared.roleArn, action, resource, declared.name);
		};
		const secretText = async (arn: string): Promise<string> => {
			allow("secretsmanager:GetSecretValue", arn);
			return this.#state.secrets.get(arn) ?? notDeclared("Secrets Manager", "a declared secret with a value", arn);
		};
		return buildPorts({
			env: declared.env,
			settings,
			clock: this.#clock,
			timers: realTimers,
			deadline: { remainingMilliseconds: () => Math.max(0, (this.#deadline.getStore() ?? Number.POSITIVE_INFINITY) - this.#clock.now()) },
			fetch: async (...request: Parameters<typeof fetch>) => {
				this.#failWhereOver();
				return this.#world.fetch(...request);
			},
			ledger: (tableName) => guardedLedger(this.#state, tableName, allow),
			queue: (queueUrl) => guardedQueue(this.#state, queueUrl, allow),
			readSecret: cachedSecrets(secretText, this.#clock),
			journal: this.#journalOf(declared),
			newId: this.#world.newId ?? (() => this.#nextId()),
			invoke: (functionName, payload) => this.#invokeFor(allow, functionName, payload),
			automation: () => guardedAutomation(this.#automation, allow, this.#world),
		});
	}

	/** One function runs another: allowed by its role, told no more than Lambda tells. */
	async #invokeFor(allow: Allow, functionName: string, payload: unknown): Promise<unknown> {
		const declared = this.#named(functionName);
		allow("lambda:InvokeFunction", declared.arn);
		try {
			return await this.invoke(declared.name, payload);
		} catch (error) {
			if (error instanceof EdgeError) throw error;
			throw new EdgeError("unavailable", `Lambda: expected an answer of ${declared.name}, got an error`, { retry: true });
		}
	}

	/** A function that may not write its log runs all the same, and nobody hears of it: the refusal is kept. */
	#journalOf({ roleArn, name, logGroup, kind }: DeclaredFunction): Journal {
		const stream = (action: string): void => {
			const group = this.#state.logGroups.get(logGroup);
			if (group === undefined) this.#iam.refuse({ principal: roleArn, action: "logs:CreateLogGroup", resource: logGroup, function: name });
			this.#iam.authorize(roleArn, action, `${group}:log-stream:1`, name);
		};
		let opened = false;
		return {
			tell: (entry) => {
				try {
					if (!opened) stream("logs:CreateLogStream");
					opened = true;
					stream("logs:PutLogEvents");
				} catch {
					return;
				}
				this.#world.tell(entry, kind);
			},
		};
	}

	#nextId(): string {
		this.#ids += 1;
		return `launch-${this.#ids}`;
	}

	#named(nameOrArn: string): DeclaredFunction {
		const found = this.#state.functions.find(({ name, arn }) => nameOrArn === name || nameOrArn === arn);
		return found ?? notDeclared("Lambda", "a declared function", nameOrArn);
	}

	#failWhereOver(): void {
		const deadline = this.#deadline.getStore();
		if (deadline === undefined || this.#clock.now() <= deadline) return;
		throw new EdgeError("timeout", "Lambda: expected the function to end within its timeout, got no end", { retry: true });
	}

	#failWhereFaulty(service: string): void {
		const reason = this.#faults.get(service);
		if (reason !== undefined) throw new EdgeError(reason, `${service}: expected an answer, got a fault of the rehearsal`, { retry: true });
	}
}

function guardedLedger(state: AccountState, tableName: string, allow: Allow): Ledger {
	const table = state.tables.find(({ name }) => name === tableName) ?? notDeclared("DynamoDB", "a declared table", tableName);
	return {
		async read(key) {
			allow("dynamodb:GetItem", table.arn);
			return table.ledger.read(key);
		},
		async write(key, value, expectedVersion, options) {
			allow("dynamodb:PutItem", table.arn);
			return table.ledger.write(key, value, expectedVersion, options);
		},
		async due(now, limit) {
			allow("dynamodb:Query", `${table.arn}/index/due`);
			if (table.indexes.includes("due")) return table.ledger.due(now, limit);
			throw new EdgeError("rejected", `DynamoDB: expected table ${tableName} to have the index due, got none`, { retry: false });
		},
	};
}

function guardedQueue(state: AccountState, queueUrl: string, allow: Allow): DispatchQueue & BackOff {
	const declared = state.queues.find(({ url }) => url === queueUrl) ?? notDeclared("SQS", "a declared queue", queueUrl);
	return {
		async send(message, delaySeconds) {
			allow("sqs:SendMessage", declared.arn);
			await declared.queue.send(message, delaySeconds);
		},
		async backOff(delivery) {
			allow("sqs:ChangeMessageVisibility", declared.arn);
			await declared.queue.backOff(delivery);
		},
	};
}

function notDeclared(service: string, expected: string, got: string): never {
	throw new EdgeError("not-found", `${service}: expected ${expected}, got ${got}`, { retry: false });
}
