import { dispatcherHandler } from "../../functions/dispatcher.ts";
import { ledgerHandler } from "../../functions/ledger.ts";
import { listenerHandler } from "../../functions/listener.ts";
import { messengerHandler } from "../../functions/messenger.ts";
import { normalizerHandler } from "../../functions/normalizer.ts";
import { overseerHandler } from "../../functions/overseer.ts";
import { pollerHandler } from "../../functions/poller.ts";
import { remediatorHandler } from "../../functions/remediator.ts";
import { createAws, type OfflineAws } from "../aws/account.ts";
import type { FunctionWorld } from "../aws/functionWorld.ts";
import type { GenesysCloud } from "../genesyscloud/index.ts";
import type { Timeline } from "../report/timeline.ts";
import type { Trouble } from "../report/verdict.ts";
import type { CallCounts } from "./callCounts.ts";
import type { VirtualClock } from "./clock.ts";
import type { Latency } from "./latency.ts";
import { seeded } from "./random.ts";
import type { RemedyEffects } from "./remedyWorld.ts";
import type { TwiceRun } from "./twiceRun.ts";
import type { WireFaults } from "./wireFaults.ts";
import { seededIds } from "./worldIds.ts";

/** What the account of the offline AWS is connected with. */
interface AccountParts {
	readonly genesys: GenesysCloud;
	readonly clock: VirtualClock;
	readonly timeline: Timeline;
	readonly troubles: Trouble[];
	readonly effects: RemedyEffects;
	readonly wires: typeof fetch;
	readonly latency: Latency;
	readonly faults: WireFaults;
	readonly calls: CallCounts;
	readonly twice: TwiceRun;
	readonly given: Given;
}

/** What whoever makes the world decides of it. */
interface Given {
	readonly seed: number;
	readonly wrapPorts?: FunctionWorld["wrapPorts"];
	readonly meter?: FunctionWorld["meter"];
	/** Makes the account; the offline one when absent. */
	readonly account?: typeof createAws;
}

const account = { region: "eu-central-1", accountId: "111122223333" };

/** The offline AWS of a world: what goes wrong in it is told to the world. */
export function createAccount(parts: AccountParts): OfflineAws {
	const { clock, timeline, troubles, wires, effects, latency, faults, calls, twice, genesys, given } = parts;
	const { seed, wrapPorts, account: make = createAws, meter } = given;
	return make({
		clock,
		...account,
		fetch: wires,
		handlers,
		log: (entry, by) => {
			const { what, outcome, detail } = timeline.logEntry(entry, by);
			if (what !== "error") return;
			troubles.push({
				at: clock.now(),
				resource: `${by} function`,
				reason: [outcome, detail].filter(Boolean).join(": "),
				explainedBy: ["any"],
			});
		},
		deliversTwice: () => [...twice].some((run) => run.function === "dispatcher"),
		partnerSources: () => genesys.world.eventSources(account),
		automationStarted: () => effects.done(),
		newId: seededIds(seed),
		latency,
		faults,
		calls,
		meter,
		random: seeded(seed ^ 0x71776e),
		...(wrapPorts === undefined ? {} : { wrapPorts }),
		killed: (kind, because) => {
			timeline.log({ who: kind, what: "killed", outcome: because });
			troubles.push({ at: clock.now(), resource: `${kind} function`, reason: `it was killed: ${because}`, explainedBy: ["any"] });
		},
		batchFailed: ({ queue, error }) => {
			troubles.push({
				at: clock.now(),
				resource: `queue ${queue}`,
				reason: `a batch failed: ${String(error ?? "its messages stay")}`,
				explainedBy: ["any"],
			});
		},
	});
}

/** The code that the archives hold, run from its sources. */
const handlers = {
	poller: pollerHandler,
	normalizer: normalizerHandler,
	dispatcher: dispatcherHandler,
	ledger: ledgerHandler,
	overseer: overseerHandler,
	remediator: remediatorHandler,
	messenger: messengerHandler,
	listener: listenerHandler,
};
