import type { DispatchQueue } from "./dispatchQueue.ts";
import type { IncidentLedger } from "./incidentLedger.ts";
import type { Settings } from "./settings.ts";

/** What every part of the system stands on. */
export interface Foundation {
	readonly settings: Settings;
	readonly ledger: IncidentLedger;
	readonly queue: DispatchQueue;
}
