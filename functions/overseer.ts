import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { oversee } from "./pipeline/run.ts";

/** Every minute: proves pages, finds stale incidents, takes over where the workflow cannot, tells recoveries and closes. */
export const overseerHandler = (ports: Ports) => async (): Promise<void> => {
	await oversee(ports);
	await ports.heartbeat();
};

export const handler = onLambda(overseerHandler);
