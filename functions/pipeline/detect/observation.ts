import type { WatchedCondition } from "../model/incident.ts";
import type { Judged } from "./sight.ts";

/** What one poll says of one entity under one condition. */
export interface Observation extends Judged {
	readonly condition: WatchedCondition;
}
