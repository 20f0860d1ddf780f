import { longestRunSeconds, mostActions } from "../limits.ts";
import type { Action } from "../model.ts";
import { nameOf } from "./actionName.ts";
import type { Answer, Json, Outcome, TraceEntry } from "./effects.ts";
import { type FlowFailure, failure } from "./failure.ts";

/** The time, the count of actions and the trace of one run, within the platform's limits. */
export class Progress {
	readonly #started: number;
	readonly #trace: TraceEntry[] = [];
	#now: number;
	#actions = 0;

	constructor(now: number) {
		this.#started = now;
		this.#now = now;
	}

	/** Milliseconds since the epoch. */
	get now(): number {
		return this.#now;
	}

	/** Milliseconds until the run must have ended. */
	get left(): number {
		return this.#started + longestRunSeconds * 1000 - this.#now;
	}

	/** Throws FlowFailure for the action after the last one that is allowed. */
	count(action: Action): void {
		if (this.#actions >= mostActions) throw failure(action, `Expected at most ${mostActions} actions in one run, got more.`);
		this.#actions += 1;
	}

	/** Throws FlowFailure when the run has lasted too long. */
	advance(action: Action, { now }: Answer): void {
		if (now < this.#now) throw new Error(`Expected an answer at ${this.#now} or later, got ${now}.`);
		this.#now = now;
		if (this.left < 0) throw outOfTime(action);
	}

	note(action: Action, path: string, values: Readonly<Record<string, Json>>, at = this.#now): void {
		this.#trace.push({ at, action: nameOf(action), kind: action.kind === "unmodelled" ? action.type : action.kind, path, values });
	}

	account(): Pick<Outcome, "actions" | "seconds" | "trace"> {
		return { actions: this.#actions, seconds: (this.#now - this.#started) / 1000, trace: this.#trace };
	}
}

/** The flow error of a run that lasts longer than the platform allows. */
export function outOfTime(action: Action): FlowFailure {
	return failure(action, `Expected a run of at most ${longestRunSeconds / 3600} hours, got a longer one.`);
}
