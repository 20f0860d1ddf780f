import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { announce, oversee } from "./pipeline/run.ts";

/** Every minute: proves pages, finds stale incidents, takes over where the workflow cannot, tells recoveries and closes; then what callers may be told. */
export const overseerHandler = (ports: Ports) => async (): Promise<void> => {
	try {
		await oversee(ports);
	} finally {
		// Last, so that no page waits for it; and whatever a check of the tick came to.
		await announce(ports);
	}
	await ports.heartbeat();
};

export const handler = onLambda(overseerHandler);
