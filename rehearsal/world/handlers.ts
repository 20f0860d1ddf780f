import { dispatcherHandler } from "../../functions/dispatcher.ts";
import { ledgerHandler } from "../../functions/ledger.ts";
import { listenerHandler } from "../../functions/listener.ts";
import { messengerHandler } from "../../functions/messenger.ts";
import { normalizerHandler } from "../../functions/normalizer.ts";
import { overseerHandler } from "../../functions/overseer.ts";
import { pollerHandler } from "../../functions/poller.ts";
import { remediatorHandler } from "../../functions/remediator.ts";

/** The code that the archives hold, run from its sources. */
export const handlers = {
	poller: pollerHandler,
	normalizer: normalizerHandler,
	dispatcher: dispatcherHandler,
	ledger: ledgerHandler,
	overseer: overseerHandler,
	remediator: remediatorHandler,
	messenger: messengerHandler,
	listener: listenerHandler,
};
