import type { Incident } from "../../functions/pipeline/model/incident.ts";
import type { Ledger } from "../../functions/pipeline/ports.ts";

/** Where the ledger is, where that is not what the stack's settings make. */
export interface LedgerPlace {
	readonly table?: string | undefined;
	/** Of a served world, or of a tunnel to a Redis server. */
	readonly endpoint?: string | undefined;
}

/** The ledger of a deployed stack, as somebody reaches it with credentials of his own. */
export interface StackLedger {
	readonly ledger: Ledger;
	/** Every incident that it holds, closed ones as well. Throws EdgeError. */
	incidents(): Promise<readonly Incident[]>;
	/** Where it looks, for a message. */
	readonly where: string;
	end(): void;
}
