import type { DispatchQueue } from "./aws/dispatchQueue.ts";
import type { IncidentLedger } from "./aws/incidentLedger.ts";
import type { Settings } from "./settings/settings.ts";

/** What every part of the system stands on. */
export interface Foundation {
	readonly settings: Settings;
	readonly ledger: IncidentLedger;
	readonly queue: DispatchQueue;
}
