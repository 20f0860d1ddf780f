import { type Deadline, EdgeError, type Journal } from "../../pipeline/ports.ts";
import { longestAwsCallSeconds, timeoutSeconds } from "../timeouts.ts";
import { realTimers } from "../timers.ts";
import { failure, type TimedFetch } from "./http.ts";

export interface HeartbeatOptions {
	readonly fetch: TimedFetch;
	readonly deadline: Deadline;
	readonly journal: Journal;
	/** The address that is called; its path is a secret. Absent: none is. Throws EdgeError. */
	readonly url: (() => Promise<string>) | undefined;
}

/** Tells that a run came to a good end. Never throws: a run that went well has gone well. */
export type Heartbeat = () => Promise<void>;

const system = "The dead-man's switch";
const neededMilliseconds = (timeoutSeconds.heartbeat + longestAwsCallSeconds) * 1000;

/**
 * Counts a run that went well, whose absence an alarm tells, and calls the dead-man's switch outside: who hears nothing there tells people without
 * anything of ours. What keeps the call from it is told, without its address.
 */
export function heartbeat({ deadline, journal, url, fetch }: HeartbeatOptions): Heartbeat {
	return async () => {
		journal.log({ what: "heartbeat" });
		if (url === undefined) return;
		try {
			if (deadline.remainingMilliseconds() < neededMilliseconds)
				throw failure("timeout", `${system}: expected ${neededMilliseconds / 1000} s that are left of the run, got less`);
			await call(fetch, await url());
		} catch (error) {
			const { reason, message } =
				error instanceof EdgeError ? error : failure("malformed", `${system}: expected to be called, got an error`);
			journal.log({ what: "heartbeat-unsent", outcome: reason, detail: message });
		}
	};
}

/** A 2xx is a yes, whatever it holds. No part of the address gets into an error. */
async function call(fetch: TimedFetch, url: string): Promise<void> {
	const signal = (fetch.signalAfter ?? realTimers.signalAfter)(timeoutSeconds.heartbeat * 1000);
	let response: Response;
	try {
		response = await fetch(url, { method: "GET", signal, redirect: "manual" });
		await response.body?.cancel();
	} catch (error) {
		const isLate = error instanceof Error && (error.name === "TimeoutError" || error.name === "AbortError");
		throw failure(isLate ? "timeout" : "unreachable", `${system}: expected an answer within ${timeoutSeconds.heartbeat} s, got none`);
	}
	if (!response.ok) throw failure("rejected", `${system}: expected 2xx, got ${response.status}`);
}
