import { causeIn, EventIndex } from "../causes.ts";
import type { Actor, TimelineEvent } from "../timelineEvent.ts";
import { actorOf, type Dated, dated } from "./dated.ts";
import type { IncidentItem } from "./item.ts";
import { pageNews } from "./pageNews.ts";

/**
 * What the ledger holds of incidents as the events of a timeline, counted in seconds from `begins`. An item has of each step when it was, not every
 * attempt: what was tried between is told by its number.
 */
export function eventsOf(items: readonly IncidentItem[], begins: number): readonly TimelineEvent[] {
	const all = items.flatMap((item) =>
		datedOf(item).map(({ at, news }) => ({ at, news: { ...news, incident: item.key, occurrence: item.occurrence } })),
	);
	const index = new EventIndex();
	return all
		.toSorted((one, other) => one.at - other.at)
		.map(({ at, news }, place) => {
			const because = news.what === "incident-opened" ? undefined : causeIn(news, index);
			const event: TimelineEvent = {
				...news,
				id: place + 1,
				atSeconds: Math.max(0, at - begins) / 1000,
				...(because === undefined ? {} : { because }),
			};
			index.add(event);
			return event;
		});
}

/** In the order in which they come about where they have one instant. */
function datedOf(item: IncidentItem): readonly Dated[] {
	const { recoveredAt, closedAt } = item;
	return [
		...beginning(item),
		...workflow(item),
		...pageNews(item, ["page"]),
		...course(item),
		...pageNews(item, ["acknowledgement"]),
		...dated(recoveredAt, { who: "poller", what: "recovered", outcome: "recovered" }),
		...pageNews(item, ["recovery"]),
		...dated(closedAt, { who: "overseer", what: "incident-resolved" }),
	];
}

const sources: Readonly<Record<string, Actor>> = {
	poller: "poller",
	overseer: "overseer",
	webhook: "normalizer",
	"event-bus": "listener",
};

function beginning({
	openedAt,
	severity,
	summary,
	policy,
	routed,
	memberOf,
	members,
	reading,
	waitingSince,
}: IncidentItem): readonly Dated[] {
	const who = sources[reading?.source ?? "poller"] ?? "poller";
	const size = members === undefined ? "" : ` (${members.joined} members, ${members.failing} of them still failing)`;
	return [
		...dated(openedAt, { who, what: "incident-opened", outcome: severity, detail: `${summary}${size}` }),
		// A member pages nobody: it was not routed.
		...(policy === undefined || memberOf !== undefined
			? []
			: dated(openedAt, { who, what: "routed", outcome: policy, detail: routed?.words ?? "" })),
		...(memberOf === undefined ? [] : dated(openedAt, { who, what: "grouped", outcome: "member", detail: memberOf.key })),
		...dated(waitingSince, { who: "dispatcher", what: "lease-refused", detail: "no lease was free" }),
	];
}

function workflow({ launch, takenOver }: IncidentItem): readonly Dated[] {
	const { at, claimedAt, endedAt, outcome } = launch ?? {};
	return [
		...dated(at, { who: "dispatcher", what: "workflow-launched" }),
		...dated(claimedAt, { who: "workflow", what: "workflow-claimed" }),
		...dated(endedAt, { who: "workflow", what: "workflow-ended", ...(outcome === undefined ? {} : { outcome }) }),
		...dated(takenOver?.at, { who: "overseer", what: "taken-over", outcome: takenOver?.reason ?? "" }),
	];
}

function course({ acknowledged, stale, exhausted, repeatedAt = [], heldSince, remedy }: IncidentItem): readonly Dated[] {
	const { at, by, tier, channel } = acknowledged ?? {};
	return [
		...(remedy === undefined
			? []
			: [
					...dated(remedy.actedAt, { who: actorOf(remedy.by), what: "remediated", outcome: remedy.reason }),
					...dated(remedy.verifiedAt, { who: "overseer", what: "remediation-verified", outcome: remedy.state }),
					...dated(remedy.undoTriedAt, { who: "overseer", what: "rolled-back", outcome: remedy.state }),
				]),
		...dated(stale, { who: "overseer", what: "stale" }),
		...dated(exhausted, { who: "overseer", what: "exhausted" }),
		...repeatedAt.flatMap((each, index) => dated(each, { who: "overseer", what: "repeated", outcome: `round ${index + 2}` })),
		...dated(at, {
			who: "person",
			what: "acknowledged",
			outcome: "acknowledged",
			detail: `by ${by}`,
			...(tier === undefined || tier < 1 ? {} : { tier }),
			...(channel === undefined ? {} : { channel }),
		}),
		...dated(heldSince, { who: "poller", what: "held", outcome: "flapping" }),
	];
}
