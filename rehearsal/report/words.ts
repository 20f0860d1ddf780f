import type { Happening, TimelineEvent } from "./timelineEvent.ts";

/** What an event is to whoever reads the story: decides its sign and its colour. */
export type Tone = "failed" | "proven" | "sent" | "person" | "opened" | "over" | "plain";

/** Words that say more than the event's own name. */
const words: Partial<Record<Happening, string>> = {
	"trunk-down": "trunk goes down",
	"trunk-up": "trunk is back",
	"fault-began": "fault begins",
	"fault-ended": "fault ends",
	"incident-opened": "incident opened",
	"incident-resolved": "incident closed",
	"page-sent": "page sent",
	"page-failed": "page failed",
	"page-proven": "page proven",
	"page-unproven": "page not proven",
	"page-presumed": "page presumed to have arrived",
	"lease-taken": "turn taken",
	"lease-refused": "no turn free",
	"lease-released": "turn given back",
	"recovery-sent": "end sent",
	"taken-over": "taken over",
	recovered: "failure is over",
	"asks-drill": "asks for a drill",
	exhausted: "nobody left to ask",
	stale: "too old without an answer",
	repeated: "everybody is asked anew",
	unacknowledged: "answer withdrawn",
	observed: "looked",
	killed: "function died",
};

/** What happened, in few words. */
export function wordsOf({ what, outcome }: Pick<TimelineEvent, "what" | "outcome">): string {
	if (what === "page-proven" && outcome === "recovery") return "end proven";
	if (what === "page-proven" && outcome === "acknowledgement") return "answer proven";
	if (what === "acknowledged" && outcome === "mirrored") return "answer passed on";
	if (what === "observed" && outcome !== undefined) return `looked: ${outcome}`;
	return words[what] ?? what.replaceAll("-", " ");
}

/** Outcomes that the words tell already. */
const told: ReadonlySet<string> = new Set(["page", "recovery", "acknowledgement", "mirrored", "accepted", "recovered", "acknowledged"]);

/** Where it happened: tier, channel, attempt. */
export const whereOf = ({ tier, channel, attempt }: Pick<TimelineEvent, "tier" | "channel" | "attempt">): readonly string[] => [
	...(channel === undefined ? [] : [channel]),
	...(tier === undefined ? [] : [`tier ${tier}`]),
	...(attempt === undefined || attempt === 1 ? [] : [`attempt ${attempt}`]),
];

/** What came of it and what is said of it, where the words do not say it. */
export const moreOf = ({ what, outcome, detail }: Pick<TimelineEvent, "what" | "outcome" | "detail">): readonly string[] => [
	...(outcome === undefined || told.has(outcome) || what === "observed" ? [] : [outcome]),
	...(detail === undefined || detail === "" ? [] : [detail]),
];

const tones: Partial<Record<Happening, Tone>> = {
	"page-sent": "sent",
	informed: "sent",
	"recovery-sent": "sent",
	"page-proven": "proven",
	"inform-proven": "proven",
	acknowledged: "person",
	approved: "person",
	"link-followed": "person",
	acted: "person",
	called: "person",
	"incident-opened": "opened",
	escalated: "opened",
	stale: "opened",
	repeated: "opened",
	"drill-passed": "over",
	recovered: "over",
	"trunk-up": "over",
	"edge-online": "over",
	"queue-drains": "over",
	"fault-ended": "over",
	"incident-resolved": "over",
	"remediation-verified": "over",
};

/** What a scenario does to an entity that makes it fail. */
export const breaks: ReadonlySet<Happening> = new Set<Happening>([
	"trunk-down",
	"trunk-disabled",
	"trunk-deleted",
	"trunk-degrades",
	"edge-offline",
	"queue-fills",
]);

const failing: ReadonlySet<Happening> = new Set<Happening>([
	...breaks,
	"fault-began",
	"page-failed",
	"page-unproven",
	"inform-failed",
	"inform-unproven",
	"exhausted",
	"error",
	"killed",
	"workflow-refused",
	"lease-refused",
	"taken-over",
	"rolled-back",
	"drill-failed",
	"drill-missed",
	"unacknowledged",
]);

export const toneOf = ({ what }: Pick<TimelineEvent, "what">): Tone => (failing.has(what) ? "failed" : (tones[what] ?? "plain"));
