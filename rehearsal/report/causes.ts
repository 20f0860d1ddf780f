import type { Happening, NewEvent, TimelineEvent } from "./timelineEvent.ts";

/** Which events bring about one: the latest (or `first`) of `after`, in the whole incident, at the same place (tier and channel), on the same channel, or in the tier before. */
interface Rule {
	readonly after: readonly Happening[];
	readonly at?: "place" | "channel" | "tier-before";
	readonly first?: true;
}

const ends: readonly Happening[] = [
	"acknowledged",
	"operated",
	"recovered",
	"exhausted",
	"remediation-verified",
	"workflow-refused",
	"taken-over",
	"workflow-ended",
];
const pageNews: readonly Happening[] = ["page-proven", "page-unproven", "page-failed", "page-sent"];

/** What starts the paging of a place that was not paged before. */
const occasions: readonly Happening[] = [
	"escalated",
	"stale",
	"page-unproven",
	"page-failed",
	"taken-over",
	"rolled-back",
	"lease-refused",
	"remediation-skipped",
	"credentials-checked",
	"workflow-claimed",
	"silence-ended",
	"incident-opened",
];

const paging: readonly Rule[] = [
	{ after: ["page-failed", "page-unproven", "page-sent", "recovery-sent"], at: "place" },
	{ after: occasions },
];

const rules: Partial<Record<Happening, readonly Rule[]>> = {
	"incident-opened": [{ after: ["observed"] }],
	routed: [{ after: ["repeated", "ungrouped", "silence-ended", "incident-opened"] }],
	silenced: [{ after: ["incident-opened"] }],
	"silence-ended": [{ after: ["silenced"] }],
	held: [{ after: ["observed"] }],
	relapsed: [{ after: ["observed"] }],
	"incident-seen-again": [{ after: ["observed"] }],
	recovered: [{ after: ["observed"] }],
	queued: [{ after: ["silence-ended", "incident-opened", "lease-refused"] }],
	"lease-taken": [{ after: ["queued"] }],
	"lease-refused": [{ after: ["queued"] }],
	"workflow-launched": [{ after: ["lease-taken"] }],
	"workflow-claimed": [{ after: ["workflow-launched", "lease-taken"] }],
	"workflow-refused": [{ after: ["workflow-launched", "queued"] }],
	"credentials-checked": [{ after: ["workflow-claimed"] }],
	"remediation-skipped": [{ after: ["credentials-checked", "workflow-claimed"] }],
	// A remedy begins in the course of the policy, or because a person was paged and approved it.
	remediated: [{ after: ["approved", "page-proven", "page-sent", "taken-over", "credentials-checked", "workflow-claimed"] }],
	approved: [{ after: ["page-proven", "page-sent"], at: "channel" }],
	"remediation-verified": [{ after: ["remediated"] }],
	// One that helped at first and relapsed is undone because of that verdict.
	"rolled-back": [{ after: ["remediated", "remediation-verified"] }],
	"page-sent": paging,
	"page-failed": paging,
	"page-proven": [{ after: ["page-sent", "recovery-sent", "acknowledged"], at: "place" }],
	"page-unproven": [{ after: ["page-sent", "recovery-sent"], at: "place" }],
	acknowledged: [{ after: ["page-proven"], at: "place" }],
	// The wait counts from a tier's first proof.
	escalated: [
		{ after: ["page-proven"], at: "tier-before", first: true },
		{ after: pageNews, at: "tier-before" },
	],
	exhausted: [{ after: pageNews }],
	stale: [{ after: ["silence-ended", "incident-opened"] }],
	"taken-over": [
		{
			after: [
				"rolled-back",
				"workflow-ended",
				"workflow-claimed",
				"workflow-launched",
				"lease-refused",
				"queued",
				"silence-ended",
				"incident-opened",
			],
		},
	],
	"recovery-sent": [{ after: ["recovery-sent"], at: "place" }, { after: ["recovered"] }],
	"incident-resolved": [{ after: ["page-proven", "page-unproven", "recovered"] }],
	"lease-released": [{ after: ends }],
	"workflow-ended": [{ after: ends }],
};

/** What those say who watch from outside: they know of no incident. */
const watchNews: readonly Happening[] = ["alarm-raised", "alarm-ended", "heartbeat-missed", "heartbeat-resumed"];

/** Events that only say "still so" bring nothing about. */
const idle: readonly Happening[] = ["incident-seen-again", "polled"];

/** The events so far, by what they are about: a story of a day has a hundred thousand of them. */
export class EventIndex {
	readonly #byIncident = new Map<string, TimelineEvent[]>();
	#round: TimelineEvent | undefined;
	#last: TimelineEvent | undefined;
	#fault: TimelineEvent | undefined;

	add(event: TimelineEvent): void {
		this.#last = event;
		if (event.what === "fault-began" || event.what === "fault-ended") this.#fault = event;
		if (event.what === "polled" || event.what === "webhook-sent") this.#round = event;
		if (event.incident === undefined) return;
		const own = this.#byIncident.get(event.incident);
		if (own === undefined) this.#byIncident.set(event.incident, [event]);
		else own.push(event);
	}

	/** The latest round of looking. */
	get round(): TimelineEvent | undefined {
		return this.#round;
	}

	/** The latest beginning or end of a fault. */
	get fault(): TimelineEvent | undefined {
		return this.#fault;
	}

	get last(): TimelineEvent | undefined {
		return this.#last;
	}

	/** Those of one incident, oldest first. */
	of(incident: string | undefined): readonly TimelineEvent[] {
		return this.#byIncident.get(incident ?? "") ?? [];
	}
}

/**
 * The event that brought this one about: by the rule for its kind among the events of the same occurrence, else the latest event of the occurrence,
 * else the round of looking that it belongs to. Undefined only before anything happened.
 */
export function causeIn(news: NewEvent, index: EventIndex): number | undefined {
	const { round, last } = index;
	if (watchNews.includes(news.what)) return (index.fault ?? round ?? last)?.id;
	if (news.what === "observed") return round?.id ?? last?.id;
	const own = index.of(news.incident);
	const isOwn = (event: TimelineEvent): boolean => isOfOccurrence(event, news);
	const operated = own.findLast((event) => isOwn(event) && isActOf(event, news))?.id;
	if (operated !== undefined) return operated;
	if (news.what === "acknowledged" && news.outcome === "mirrored")
		return latest(own, { after: ["acknowledged"] }, news) ?? own.findLast(isOwn)?.id;
	for (const rule of rules[news.what] ?? []) {
		const found = latest(own, rule, news);
		if (found !== undefined) return found;
	}
	return own.findLast((event) => isOwn(event) && !idle.includes(event.what))?.id ?? round?.id ?? last?.id;
}

/** What an operator's act came to, behind what the overseer tells of it. */
const actsBehind: Readonly<Record<string, readonly string[]>> = {
	"acknowledged by-hand": ["acknowledged"],
	"acknowledged resolved": ["still-seen", "not-looked-at"],
	"recovered by-hand": ["resolved"],
	"repeated by-hand": ["told-again"],
};

/** A page that was ended at its vendor has a place. */
const isActOf = ({ what, outcome = "" }: TimelineEvent, news: NewEvent): boolean =>
	what === "operated" && news.channel === undefined && actsBehind[`${news.what} ${news.outcome}`]?.includes(outcome) === true;

/** Looks carry no occurrence: they come before there is one. */
const isOfOccurrence = (event: TimelineEvent, { occurrence }: NewEvent): boolean =>
	event.occurrence === undefined || occurrence === undefined || event.occurrence === occurrence;

function latest(own: readonly TimelineEvent[], { after, at, first }: Rule, news: NewEvent): number | undefined {
	const fits = (event: TimelineEvent): boolean => {
		if (!after.includes(event.what) || !isOfOccurrence(event, news)) return false;
		if (at === "place") return event.tier === news.tier && event.channel === news.channel;
		if (at === "channel") return event.channel === news.channel;
		return at !== "tier-before" || event.tier === (news.tier ?? 0) - 1;
	};
	return (first ? own.find(fits) : own.findLast(fits))?.id;
}
