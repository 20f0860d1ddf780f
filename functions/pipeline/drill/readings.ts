import { drill } from "../../../conditions/drill.ts";
import { drillFailed } from "../../../conditions/drillFailed.ts";
import type { Instant, Reading } from "../model/incident.ts";
import type { DrillRequest, FailingPolicy } from "./records.ts";

const entityOf = (policy: string): Reading["entity"] => ({ id: policy, name: `Drill of ${policy}` });

/** A drill as a reading, so that it takes the way of every failure. */
export const drillReading = ({ policy, by, id }: DrillRequest, now: Instant): Reading => ({
	schema: "genesyscloud-runbooks/reading/1",
	condition: "drill",
	entity: entityOf(policy),
	severity: drill.severity,
	verdict: "breach",
	reason: `nothing is broken, answer it as you would a failure (${by})`,
	observedAt: now,
	metrics: {},
	source: "drill",
	raw: { id },
});

/** A drill that failed, as a reading of the overseer's own. A missed one says nothing of pages: nobody has to be woken as for a failure. */
export const failedReading = (policy: string, { verdict, words, over }: FailingPolicy, now: Instant): Reading => ({
	schema: "genesyscloud-runbooks/reading/1",
	condition: "drill-failed",
	entity: { id: policy, name: `Policy ${policy}` },
	severity: verdict === "missed" ? "medium" : drillFailed.severity,
	verdict: over === true ? "clear" : "breach",
	reason: over === true ? "a later drill of it has passed" : words,
	observedAt: now,
	metrics: {},
	source: "overseer",
	raw: null,
});
