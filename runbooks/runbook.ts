import type { Condition, Severity } from "../functions/pipeline/model/incident.ts";

/** One failure that this system answers, as data: the settings of a stack may change its numbers, never its meaning. */
export interface Runbook {
	/** The condition it answers, and its key under `runbooks` in the stack configuration. */
	readonly name: Condition;
	/** What breaks for callers and agents while it lasts. */
	readonly why: string;
	/** What makes a reading a breach, and what makes it "no data". */
	readonly detects: string;
	/** Unless the stack says otherwise. */
	readonly severity: Severity;
	/** Unless the stack says otherwise: no runbook acts by itself. */
	readonly remediation: "observe";
	/** What the person who is paged can act on. */
	readonly tells: string;
}
