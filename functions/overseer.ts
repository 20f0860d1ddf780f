import { invoke, queue } from "./edges/aws/services.ts";
import { everywhere, queueing } from "./edges/makers/everywhere.ts";
import { launching } from "./edges/makers/genesys.ts";
import { beating } from "./edges/makers/heartbeat.ts";
import { linking } from "./edges/makers/links.ts";
import { checking, paging } from "./edges/makers/paging.ts";
import { askingRemediator } from "./edges/makers/remedies.ts";
import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { type OverseePorts, oversee } from "./pipeline/run.ts";

/** Every minute: proves pages, finds stale incidents, takes over where the workflow cannot, tells recoveries and closes. */
export const overseerHandler = (ports: OverseePorts & Pick<Ports, "heartbeat">) => async (): Promise<void> => {
	await oversee(ports);
	await ports.heartbeat();
};

export const handler = onLambda(
	overseerHandler,
	{ ...everywhere, ...queueing, ...launching, ...paging, ...checking, ...linking, ...askingRemediator, ...beating },
	{ invoke, queue },
);
