import { longestAwsCallSeconds } from "../../functions/edges/timeouts.ts";
import { EdgeError, type FailureReason } from "../../functions/pipeline/ports.ts";
import type { VirtualClock } from "../world/clock.ts";
import { Latency } from "../world/latency.ts";
import { seeded } from "../world/random.ts";
import { never, WireFaults } from "../world/wireFaults.ts";
import type { AutomationService } from "./automation.ts";
import type { CloudWatch } from "./cloudWatch.ts";
import { type EnvironmentParts, ExecutionEnvironment } from "./executionEnvironment.ts";
import { FunctionFailed, type FunctionWorld } from "./functionWorld.ts";
import type { Iam } from "./iam.ts";
import { type CallWorld, Invocation, type KilledBecause } from "./invocation.ts";
import type { AccountState, DeclaredFunction, FunctionKind } from "./state.ts";

export type AwsService = "dynamodb" | "sqs" | "secretsmanager" | "lambda" | "ssm";

/** How long the AWS clients of the functions wait for one call, their repeats included. */
const awsTimeoutMilliseconds = longestAwsCallSeconds * 1000;

/** How the functions of a kind are broken: they cannot start, they never come to an end, AWS does not run them, or nothing starts them. */
export const breakWords = ["crashes", "stalls", "throttled", "unscheduled"] as const;

/** Two equal ones are two. */
export interface Break {
	readonly kind: FunctionKind;
	readonly how: (typeof breakWords)[number];
}

type FunctionsParts = Pick<EnvironmentParts, "clock" | "state" | "iam" | "world" | "automation" | "cloudWatch">;

/** Lambda of the offline account: runs the handlers as the declared functions, each with its role, environment, archive and limits. */
export class Functions {
	readonly #clock: VirtualClock;
	readonly #state: AccountState;
	readonly #iam: Iam;
	readonly #world: FunctionWorld;
	readonly #automation: AutomationService;
	/** The execution environments that run nothing now, by function. */
	readonly #idle = new Map<string, ExecutionEnvironment[]>();
	readonly #running = new Map<string, number>();
	readonly #faults = new Map<string, FailureReason>();
	/** How many outside calls the functions of a kind may still see the answer of before one of them is killed. */
	readonly #kills = new Map<FunctionKind, number>();
	readonly #latency: Latency;
	readonly #cloudWatch: CloudWatch;
	readonly #breaks = new Set<Break>();
	readonly #wireFaults: WireFaults;
	#ids = 0;

	constructor({ clock, state, iam, world, automation, cloudWatch }: FunctionsParts) {
		this.#automation = automation;
		this.#clock = clock;
		this.#state = state;
		this.#iam = iam;
		this.#world = world;
		this.#cloudWatch = cloudWatch;
		this.#latency = world.latency ?? new Latency("off", seeded(0));
		this.#wireFaults = world.faults ?? new WireFaults();
	}

	/** Breaks the functions of a kind until the function that it returns is called. */
	break(broken: Break): () => void {
		this.#breaks.add(broken);
		return () => this.#breaks.delete(broken);
	}

	isBroken(kind: FunctionKind, how: Break["how"]): boolean {
		return [...this.#breaks].some((broken) => broken.kind === kind && broken.how === how);
	}

	/** Makes every call to a service fail with `reason`, until it is called without one. */
	setFault(service: AwsService, reason?: FailureReason): void {
		if (reason === undefined) this.#faults.delete(service);
		else this.#faults.set(service, reason);
	}

	/** Kills an invocation of that kind once its `after`-th outside call from now on took effect, before it sees the answer; once. */
	killAfter(kind: FunctionKind, after: number): void {
		this.#kills.set(kind, after);
	}

	/** Runs the function with the event and answers what it answers. Throws FunctionFailed for what it throws, EdgeError where AWS refuses to run it. */
	async invoke(nameOrArn: string, event: unknown): Promise<unknown> {
		const declared = this.#named(nameOrArn);
		this.#failWhereFaulty("lambda");
		this.#iam.assume(declared.roleArn, { principal: "lambda.amazonaws.com", context: {} }, declared.name);
		const running = this.#running.get(declared.name) ?? 0;
		if (declared.reservedConcurrency >= 0 && running >= declared.reservedConcurrency)
			this.#throttle(declared, `at most ${declared.reservedConcurrency} at once of ${declared.name}, got one more`);
		if (this.isBroken(declared.kind, "throttled")) this.#throttle(declared, `room to run ${declared.name}, got an account that is full`);
		this.#running.set(declared.name, running + 1);
		const began = this.#clock.now();
		try {
			return await this.#run(declared, event);
		} catch (error) {
			this.#count(declared, "Errors", 1);
			throw new FunctionFailed(declared.name, error);
		} finally {
			this.#count(declared, "Invocations", 1);
			this.#count(declared, "Duration", this.#clock.now() - began);
			this.#world.meter?.ran(declared.kind, this.#clock.now() - began);
			this.#running.set(declared.name, (this.#running.get(declared.name) ?? 1) - 1);
		}
	}

	#throttle(declared: DeclaredFunction, expected: string): never {
		this.#count(declared, "Throttles", 1);
		throw new EdgeError("rate-limited", `Lambda: expected ${expected}`, { retry: true });
	}

	/** CloudWatch gets a value when the run is over, and takes it for that minute. */
	#count({ name }: DeclaredFunction, metric: Parameters<CloudWatch["ofFunction"]>[1], value: number): void {
		this.#cloudWatch.ofFunction(name, metric, value, this.#clock.now());
	}

	/** Runs the code in an idle environment or a new one. An environment whose invocation was killed, or that could not start, is thrown away. */
	async #run(declared: DeclaredFunction, event: unknown): Promise<unknown> {
		if (this.isBroken(declared.kind, "crashes")) throw new Error("Runtime exited with error: exit status 1");
		const handler = this.isBroken(declared.kind, "stalls") ? () => never : this.#world.handlers[declared.kind];
		const idle = this.#idle.get(declared.name) ?? [];
		this.#idle.set(declared.name, idle);
		const environment = idle.pop() ?? this.#newEnvironment(declared);
		const milliseconds = declared.timeoutSeconds * 1000;
		return new Promise((resolve, reject) => {
			const invocation = new Invocation(this.#callsOf(declared), milliseconds, (because) => {
				this.#world.killed?.(declared.kind, because);
				reject(killedError(declared, because));
			});
			const cancel = this.#clock.after(milliseconds, () => invocation.kill("timeout"));
			environment
				.run(invocation, handler, JSON.parse(JSON.stringify(event ?? null)))
				.finally(cancel)
				.finally(() => (invocation.isOver || !environment.hasStarted ? undefined : idle.push(environment)))
				.then(resolve, reject);
		});
	}

	#callsOf({ kind }: DeclaredFunction): CallWorld {
		return {
			clock: this.#clock,
			latency: this.#latency,
			faults: this.#wireFaults,
			awsTimeoutMilliseconds,
			called: (service) => this.#world.calls?.count(service, this.#clock.now()),
			killsAt: () => this.#isKilling(kind),
		};
	}

	#isKilling(kind: FunctionKind): boolean {
		const left = this.#kills.get(kind);
		if (left === undefined) return false;
		if (left > 1) this.#kills.set(kind, left - 1);
		else this.#kills.delete(kind);
		return left <= 1;
	}

	#newEnvironment(declared: DeclaredFunction): ExecutionEnvironment {
		return new ExecutionEnvironment({
			declared,
			clock: this.#clock,
			state: this.#state,
			iam: this.#iam,
			world: this.#world,
			automation: this.#automation,
			cloudWatch: this.#cloudWatch,
			failWhereFaulty: (service) => this.#failWhereFaulty(service),
			invoke: (functionName, payload) => this.#invokeNamed(functionName, payload),
			newId: this.#world.newId ?? (() => this.#nextId()),
		});
	}

	/** One function runs another, told no more than Lambda tells. */
	async #invokeNamed(functionName: string, payload: unknown): Promise<unknown> {
		const declared = this.#named(functionName);
		try {
			return await this.invoke(declared.name, payload);
		} catch (error) {
			if (error instanceof EdgeError) throw error;
			throw new EdgeError("unavailable", `Lambda: expected an answer of ${declared.name}, got an error`, { retry: true });
		}
	}

	#nextId(): string {
		this.#ids += 1;
		return `launch-${this.#ids}`;
	}

	#named(nameOrArn: string): DeclaredFunction {
		const found = this.#state.functions.find(({ name, arn }) => nameOrArn === name || nameOrArn === arn);
		if (found !== undefined) return found;
		throw new EdgeError("not-found", `Lambda: expected a declared function, got ${nameOrArn}`, { retry: false });
	}

	#failWhereFaulty(service: string): void {
		const reason = this.#faults.get(service);
		if (reason !== undefined) throw new EdgeError(reason, `${service}: expected an answer, got a fault of the rehearsal`, { retry: true });
	}
}

/** What Lambda tells the caller of a run that it ended. */
function killedError({ timeoutSeconds }: DeclaredFunction, because: KilledBecause): EdgeError {
	const expected = because === "timeout" ? `the function to end within ${timeoutSeconds} s` : "the function to end by itself";
	const got = because === "timeout" ? "no end" : "an execution environment that died";
	return new EdgeError(because === "timeout" ? "timeout" : "unavailable", `Lambda: expected ${expected}, got ${got}`, { retry: true });
}
