import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { poll } from "./pipeline/run.ts";

/** Every minute: looks at trunks, edges and queues, as far as the runbooks need, and takes what it saw through the pipeline. */
export const pollerHandler = (ports: Ports) => async (): Promise<void> => {
	await poll(ports);
	await ports.heartbeat();
};

export const handler = onLambda(pollerHandler);
