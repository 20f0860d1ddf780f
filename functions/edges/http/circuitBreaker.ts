import { type Breaker, breakerAfter, breakerAllows, type CallOutcome } from "../../pipeline/limits/budget.ts";
import { type Clock, EdgeError, type Ledger, type PageOrder, type Pager, type Stored } from "../../pipeline/ports.ts";
import { failure } from "./http.ts";

export interface CircuitBreakerOptions {
	readonly ledger: Ledger;
	readonly clock: Clock;
	/** The name of the vendor's credential, as its budget has it: `pagerduty-<service>`, `twilio`. */
	readonly name: string;
}

/** An item that is gone is a closed breaker. */
const keptFor = 3_600_000;

/**
 * Reading back has a breaker of its own: a page is sent however often it could not be read.
 * A pager that throws EdgeError "circuit-open" instead of calling a vendor which failed five times in a row; one probe is let through each 30 s,
 * so a caller that comes once a minute always gets one. A ledger that does not answer lets every call through.
 */
export function withCircuitBreaker(pager: Pager, options: CircuitBreakerOptions): Pager {
	const { acknowledge, update } = pager;
	return {
		send: (order: PageOrder) => guarded(options, () => pager.send(order)),
		read: (order: PageOrder) => guarded({ ...options, name: `${options.name}:read` }, () => pager.read(order)),
		resolve: (order: PageOrder) => guarded(options, () => pager.resolve(order)),
		...(acknowledge && { acknowledge: (order: PageOrder) => guarded(options, () => acknowledge(order)) }),
		...(update && { update: (order: PageOrder) => guarded(options, () => update(order)) }),
	};
}

async function guarded<T>(options: CircuitBreakerOptions, call: () => Promise<T>): Promise<T> {
	const { name, clock } = options;
	const stored = await storedBreaker(options);
	const answer = breakerAllows(breakerOf(stored), clock.now());
	if (!answer.allowed) {
		throw failure("circuit-open", `${name}: expected a closed circuit, got one that is ${answer.reason}`, answer.retryAfterSeconds);
	}
	if (answer.reason === "probe" && !(await kept(options, answer.breaker, stored?.version ?? 0))) {
		throw failure("circuit-open", `${name}: expected to be the one probe, got another one under way`, 1);
	}
	try {
		const value = await call();
		if (answer.breaker !== undefined) await report(options, "success");
		return value;
	} catch (error) {
		if (!(error instanceof EdgeError) || ours.has(error.reason)) throw error;
		await report(options, error.retry ? "retryable-failure" : "refused", error.retryAfterSeconds);
		throw error;
	}
}

/** These say nothing of the vendor. */
const ours: ReadonlySet<string> = new Set(["budget-spent", "circuit-open", "misconfigured"]);

/** A lost write loses one count, no more. */
async function report(options: CircuitBreakerOptions, outcome: CallOutcome, retryAfterSeconds?: number): Promise<void> {
	const stored = await storedBreaker(options);
	await kept(options, breakerAfter(breakerOf(stored), outcome, options.clock.now(), retryAfterSeconds), stored?.version ?? 0);
}

async function storedBreaker({ ledger, name }: CircuitBreakerOptions): Promise<Stored | undefined> {
	try {
		return await ledger.read(`breaker:1:${name}`);
	} catch (error) {
		if (error instanceof EdgeError) return undefined;
		throw error;
	}
}

/** Whether this caller may go on: false only when somebody else wrote first. */
async function kept({ ledger, clock, name }: CircuitBreakerOptions, breaker: Breaker | undefined, version: number): Promise<boolean> {
	try {
		const value = breaker ?? { failures: 0 };
		return (await ledger.write(`breaker:1:${name}`, value, version, { exp: clock.now() + keptFor })) === "written";
	} catch (error) {
		if (error instanceof EdgeError) return true;
		throw error;
	}
}

function breakerOf(stored: Stored | undefined): Breaker | undefined {
	const value = stored?.value;
	return isBreaker(value) && value.failures > 0 ? value : undefined;
}

function isBreaker(value: unknown): value is Breaker {
	return typeof value === "object" && value !== null && "failures" in value && typeof value.failures === "number";
}
