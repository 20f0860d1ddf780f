import type { Operation, ValuesOf } from "./contract.ts";
import { owner } from "./ledger.ts";

/** A place of the policy: `tier` counts from 1. */
const place = { ...owner, channel: "string", tier: "integer" } as const;

/**
 * What the workflow asks the messenger, which pages where no data action can: nothing in Genesys Cloud signs a request. The workflow has asked the
 * ledger before, and writes what comes of it.
 */
export const messenger = {
	/** Pages a place. `receipt`: the vendor's id of what it took, "" where it took nothing; `reason`: why not, from the closed set of failures. */
	send: { says: place, answers: { receipt: "string", reason: "string" } },
	/** Reads the page back: `state` is what its vendor says of it. */
	read: {
		says: { ...place, receipt: "string" },
		answers: { state: ["absent", "pending", "sent", "delivered", "acknowledged", "resolved", "failed"] },
	},
} as const satisfies Readonly<Record<string, Operation>>;

type Messenger = typeof messenger;
export type MessengerOperation = keyof Messenger;
export type MessengerAsks<Name extends MessengerOperation> = ValuesOf<Messenger[Name]["says"]>;
export type MessengerAnswers<Name extends MessengerOperation> = ValuesOf<Messenger[Name]["answers"]>;
