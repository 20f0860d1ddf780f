import type { DispatchQueue } from "./aws/dispatchQueue.ts";
import type { LedgerAccess } from "./functions/responderFunction.ts";
import type { Settings } from "./settings/settings.ts";

/** What every part of the system stands on. */
export interface Foundation {
	readonly settings: Settings;
	readonly ledger: LedgerAccess;
	readonly queue: DispatchQueue;
}
