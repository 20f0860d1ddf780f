import { invoke, queue } from "./edges/aws/services.ts";
import { announcing } from "./edges/makers/announcing.ts";
import { everywhere, queueing } from "./edges/makers/everywhere.ts";
import { launching } from "./edges/makers/genesys.ts";
import { beating } from "./edges/makers/heartbeat.ts";
import { linking } from "./edges/makers/links.ts";
import { checking, paging } from "./edges/makers/paging.ts";
import { askingRemediator } from "./edges/makers/remedies.ts";
import type { Ports } from "./edges/ports.ts";
import { onLambda } from "./edges/runtime.ts";
import { type AnnouncePorts, announce, type OverseePorts, oversee } from "./pipeline/run.ts";

/** Every minute: proves pages, finds stale incidents, takes over where the workflow cannot, tells recoveries and closes; then what callers may be told. */
export const overseerHandler = (ports: OverseePorts & AnnouncePorts & Pick<Ports, "heartbeat">) => async (): Promise<void> => {
	try {
		await oversee(ports);
	} finally {
		// Last, so that no page waits for it; and whatever a check of the tick came to.
		await announce(ports);
	}
	await ports.heartbeat();
};

export const handler = onLambda(
	overseerHandler,
	{ ...everywhere, ...queueing, ...launching, ...paging, ...checking, ...linking, ...askingRemediator, ...announcing, ...beating },
	{ invoke, queue },
);
