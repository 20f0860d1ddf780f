import { queue } from "./edges/aws/services.ts";
import { everywhere, queueing } from "./edges/makers/everywhere.ts";
import { detecting } from "./edges/makers/genesys.ts";
import { beating } from "./edges/makers/heartbeat.ts";
import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { type PollPorts, poll } from "./pipeline/run.ts";

/** Every minute: looks at trunks, edges and queues, as far as the runbooks need, and takes what it saw through the pipeline. */
export const pollerHandler = (ports: PollPorts & Pick<Ports, "heartbeat">) => async (): Promise<void> => {
	await poll(ports);
	await ports.heartbeat();
};

export const handler = onLambda(pollerHandler, { ...everywhere, ...queueing, ...detecting, ...beating }, { queue });
