import { launcherName } from "../../pipeline/credentials/names.ts";
import { noticedWorkflows } from "../credentials/noticed.ts";
import { type GenesysCloudOptions, genesysCloud } from "../genesys/api.ts";
import { bulkAllowance } from "../http/bulkAllowance.ts";
import { timedFetch } from "../http/http.ts";
import type { Parts } from "../parts.ts";
import type { Ports } from "../ports.ts";

/** What the poller keeps back of its time for judging what it read. */
const judgingMilliseconds = 25_000;

type Detector = ReturnType<typeof genesysCloud>;

/** Many requests at once: they, and their waits for tokens, end so long before the function does. */
export function inBulk({ sources, budget }: Parts, options: GenesysCloudOptions, keptMilliseconds: number): GenesysCloudOptions {
	const { fetch, timers, deadline, silent, clock } = sources;
	const working = { remainingMilliseconds: () => Math.max(0, deadline.remainingMilliseconds() - keptMilliseconds) };
	return {
		...options,
		fetch: timedFetch(fetch, timers, deadline, silent, keptMilliseconds),
		budget: bulkAllowance(budget(), { clock, timers, deadline: working }),
	};
}

const detectors = new WeakMap<Parts, Detector>();

/** One client for all that is read: its token and its allowance are the same. */
function detector(parts: Parts): Detector {
	const made = detectors.get(parts) ?? genesysCloud(inBulk(parts, parts.genesys("detector"), judgingMilliseconds));
	detectors.set(parts, made);
	return made;
}

/** Genesys Cloud as the client "detector". */
export const detecting = {
	trunks: (parts: Parts): Ports["trunks"] => detector(parts),
	edges: (parts: Parts): Ports["edges"] => detector(parts),
	contactQueues: (parts: Parts): Ports["contactQueues"] => detector(parts),
};

/** Genesys Cloud as the client "launcher". */
export const launching = {
	workflows: ({ sources, environment, genesys, ledger }: Parts): Ports["workflows"] => {
		const flow = sources.env.FLOW_IDS === undefined ? {} : { flowIds: environment.flowIds() };
		const { clock, settings } = sources;
		return noticedWorkflows(genesysCloud({ ...genesys(launcherName), ...flow }), { ledger, clock, settings, name: launcherName });
	},
};
