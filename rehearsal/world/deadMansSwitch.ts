/** What the watch of every rehearsal is given: the address of the dead-man's switch, and that of an incident system that takes alarms. */
export const watchSecrets = {
	heartbeat: "https://heartbeat.example/ping/0b9a6f1c-rehearsal-heartbeat",
	pager: "https://pager.example/integration/5d2e7a90-rehearsal-pager/enqueue",
} as const;

/** How often it is to be called, and how late a call may be, as services of this kind are set up. */
const periodMilliseconds = 60_000;
const graceMilliseconds = 180_000;

/** A service outside, at its own provider, that tells people when it is not called any more. */
export interface DeadMansSwitch {
	readonly hosts: readonly string[];
	readonly fetch: (request: Request) => Response;
	/** What has become of it since the look before; undefined where nothing has. */
	look(now: number): "heartbeat-missed" | "heartbeat-resumed" | undefined;
}

/** It waits for calls from its first look on, where the stack is to call it. */
export function createDeadMansSwitch(now: () => number, isCalled: boolean): DeadMansSwitch {
	const { host, pathname } = new URL(watchSecrets.heartbeat);
	let calledAt: number | undefined;
	let isMissed = false;
	return {
		hosts: [host],
		fetch: (request) => {
			if (new URL(request.url).pathname !== pathname) return new Response("not found", { status: 404 });
			calledAt = now();
			return new Response("OK");
		},
		look: (at) => {
			calledAt ??= at;
			const isLate = isCalled && at - calledAt > periodMilliseconds + graceMilliseconds;
			if (isLate === isMissed) return undefined;
			isMissed = isLate;
			return isLate ? "heartbeat-missed" : "heartbeat-resumed";
		},
	};
}
