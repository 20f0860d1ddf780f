import { awsClient } from "../../functions/edges/timeouts.ts";
import { EdgeError } from "../../functions/pipeline/ports.ts";
import type { VirtualClock } from "../world/clock.ts";
import type { Latency, Service } from "../world/latency.ts";
import { exchangeOf, never, type WireFaults } from "../world/wireFaults.ts";

/** How outside calls go, and who is to be killed at one. */
export interface CallWorld {
	readonly clock: VirtualClock;
	readonly latency: Latency;
	readonly faults: WireFaults;
	/** How long an AWS client waits for one call, its repeats included. */
	readonly awsTimeoutMilliseconds: number;
	/** Told of each call of an AWS service when it is made. */
	readonly called?: (service: Exclude<Service, "http">) => void;
	/** Told of each outside call once it took effect; true kills the invocation before it sees the answer. */
	readonly killsAt: () => boolean;
}

/** Why an invocation was ended by the platform. */
export type KilledBecause = "timeout" | "killed";

/** One run of a function's code. Once it is killed, its outside calls have neither effect nor answer. */
export class Invocation {
	readonly #world: CallWorld;
	readonly #endsAt: number;
	readonly #killed: (because: KilledBecause) => void;
	/** What did not answer in time so far. */
	readonly silent = new Set<string>();
	#isOver = false;

	constructor(world: CallWorld, timeoutMilliseconds: number, killed: (because: KilledBecause) => void) {
		this.#world = world;
		this.#endsAt = world.clock.now() + timeoutMilliseconds;
		this.#killed = killed;
	}

	get isOver(): boolean {
		return this.#isOver;
	}

	remainingMilliseconds(): number {
		return Math.max(0, this.#endsAt - this.#world.clock.now());
	}

	/** The platform ends it: the caller is told, and the code hears of nothing any more. */
	kill(because: KilledBecause): void {
		if (this.#isOver) return;
		this.#isOver = true;
		this.#killed(because);
	}

	/** Waits without a call. */
	async pause(milliseconds: number): Promise<void> {
		await this.#world.clock.sleep(milliseconds);
		if (this.#isOver) await never();
	}

	/** Makes one call to something that keeps its own time (the network, another function). */
	async call<T>(work: () => Promise<T>): Promise<T> {
		if (this.#isOver) return never();
		const done = await settled(work);
		return this.#see(done);
	}

	/** Makes one call to an AWS service: it takes the service's time, and the faults of the service befall it. */
	async callAws<T>(service: Exclude<Service, "http">, work: () => Promise<T>): Promise<T> {
		if (this.#isOver) return never();
		this.#world.called?.(service);
		const done = await settled(() => this.#exchange(service, work));
		return this.#see(done);
	}

	#see<T>(done: PromiseSettledResult<T>): T | Promise<T> {
		if (this.#isOver) return never();
		if (this.#world.killsAt()) {
			this.kill("killed");
			return never();
		}
		if (done.status === "rejected") throw done.reason;
		return done.value;
	}

	async #exchange<T>(service: Exclude<Service, "http">, work: () => Promise<T>): Promise<T> {
		const { clock, latency, faults, awsTimeoutMilliseconds } = this.#world;
		await pass(clock, latency.oneWay(service));
		// A request that is under way when its function dies arrives all the same; one that had not left does not.
		if (this.#isOver) return never();
		const { unreachable, hangs, throttled, slowMilliseconds, loses } = exchangeOf(faults.of(service));
		if (unreachable) throw edge("unreachable", service, "an answer", "no connection");
		if (throttled !== undefined) throw edge("rate-limited", service, "to be served", "too many requests");
		const longest = awsTimeoutMilliseconds;
		if (hangs || slowMilliseconds >= longest) {
			if (!hangs) await work().catch(() => undefined);
			await clock.sleep(longest);
			throw edge("timeout", service, `an answer within ${longest / 1000} s`, "none");
		}
		const answer = await settled(work);
		await pass(clock, slowMilliseconds + latency.oneWay(service));
		if (loses) return this.#repeat(service, work);
		if (answer.status === "rejected") throw answer.reason;
		return answer.value;
	}

	/** The AWS SDK repeats by itself what got no answer: a conditional write that was done then fails for its own sake. */
	async #repeat<T>(service: Exclude<Service, "http">, work: () => Promise<T>): Promise<T> {
		const { clock, faults } = this.#world;
		for (let attempt = 2; attempt <= sdkAttempts; attempt += 1) {
			await clock.sleep(sdkPauseMilliseconds);
			if (this.#isOver) return never();
			const answer = await settled(work);
			if (exchangeOf(faults.of(service)).loses) continue;
			if (answer.status === "rejected") throw answer.reason;
			return answer.value;
		}
		throw edge("unreachable", service, `an answer to one of ${sdkAttempts} attempts`, "connections that broke");
	}
}

const sdkAttempts = awsClient.maxAttempts;
const sdkPauseMilliseconds = 100;

const pass = (clock: VirtualClock, milliseconds: number): Promise<void> | undefined =>
	milliseconds > 0 ? clock.sleep(milliseconds) : undefined;

const edge = (reason: EdgeError["reason"], service: string, expected: string, got: string): EdgeError =>
	new EdgeError(reason, `${service}: expected ${expected}, got ${got}`, { retry: true });

async function settled<T>(work: () => Promise<T>): Promise<PromiseSettledResult<T>> {
	try {
		return { status: "fulfilled", value: await work() };
	} catch (reason) {
		return { status: "rejected", reason };
	}
}
