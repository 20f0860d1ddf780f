import type { WatchedCondition } from "../model/incident.ts";
import type { Judged } from "./snapshot.ts";

/** What one poll says of one entity under one condition. */
export interface Observation extends Judged {
	readonly condition: WatchedCondition;
}
