/** How loud an event is in a function's log. Of `debug` there is no line, only the metric. */
export type Level = "error" | "warn" | "info" | "debug";

/**
 * Every event that a function tells, and its level: `error` for a call that should have worked, `warn` for what was meant for somebody and did not get
 * there by the usual way, `info` for the story of an incident.
 */
export const eventLevels = {
	error: "error",

	"page-failed": "warn",
	"page-unproven": "warn",
	"inform-failed": "warn",
	"inform-unproven": "warn",
	"taken-over": "warn",
	exhausted: "warn",
	stale: "warn",
	"lease-refused": "warn",
	"rolled-back": "warn",
	"heartbeat-unsent": "warn",
	"credential-switched": "warn",
	"drill-failed": "warn",
	"drill-missed": "warn",

	observed: "info",
	"incident-opened": "info",
	"incident-seen-again": "info",
	routed: "info",
	held: "info",
	relapsed: "info",
	grouped: "info",
	ungrouped: "info",
	queued: "info",
	"lease-taken": "info",
	"lease-released": "info",
	"workflow-launched": "info",
	"workflow-claimed": "info",
	"workflow-refused": "info",
	"credentials-checked": "info",
	remediated: "info",
	"remediation-skipped": "info",
	"remediation-verified": "info",
	"page-sent": "info",
	"page-proven": "info",
	"page-updated": "info",
	"page-presumed": "info",
	announced: "info",
	informed: "info",
	"inform-proven": "info",
	acknowledged: "info",
	unacknowledged: "info",
	approved: "info",
	operated: "info",
	repeated: "info",
	silenced: "info",
	"silence-ended": "info",
	escalated: "info",
	"drill-begun": "info",
	"drill-passed": "info",
	"drill-put-off": "info",
	recovered: "info",
	"recovery-sent": "info",
	"incident-resolved": "info",

	/** A scheduled function came to a good end: counted each minute, told by its absence. */
	heartbeat: "debug",
	/** Nothing came of an event of the bus: of a storm there are thousands, each with its reason. */
	"event-left-out": "debug",
} as const satisfies Readonly<Record<string, Level>>;

/** What a function can tell: a closed set. */
export type EventName = keyof typeof eventLevels;
