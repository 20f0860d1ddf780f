import { credentialsFailing } from "./credentialsFailing.ts";
import { detectorSilent } from "./detectorSilent.ts";
import { edgeOffline } from "./edgeOffline.ts";
import { platformUnreachable } from "./platformUnreachable.ts";
import { queueOverflow } from "./queueOverflow.ts";
import type { Runbook } from "./runbook.ts";
import { trunkDegraded } from "./trunkDegraded.ts";
import { trunkDown } from "./trunkDown.ts";

export type { Runbook } from "./runbook.ts";

/** The set of runbooks. The first four are the poller's, and a stack can enable and tune them; the others are the overseer's own and always on. */
export const runbooks = [
	trunkDown,
	trunkDegraded,
	edgeOffline,
	queueOverflow,
	platformUnreachable,
	credentialsFailing,
	detectorSilent,
] as const satisfies readonly Runbook[];
