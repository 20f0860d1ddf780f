import { parseIncidentKey } from "../../functions/pipeline/model/keys.ts";
import { occurrencesOf } from "../report/occurrences.ts";
import { type Place, placesOf } from "../report/places.ts";
import type { ToldPolicies } from "../report/policyFacts.ts";
import type { Report } from "../report/report.ts";
import { policyAt } from "../report/routed.ts";
import type { TimelineEvent } from "../report/timelineEvent.ts";

/** One page that is proven to have reached somebody. */
export interface Told {
	/** A channel's kind and whom it reaches: `sms +15555550101`. */
	readonly target: string;
	/** The people: policy and tier, `telephony/primary`. */
	readonly people: string;
	/** Seconds from the start of the story. */
	readonly atSeconds: number;
}

/** One occurrence of one incident of a rehearsal, and who was paged for it. */
export interface Outcome {
	readonly key: string;
	readonly occurrence: number;
	readonly condition: string;
	readonly entity: string;
	readonly severity: string;
	readonly told: readonly Told[];
	/** Where nobody was paged, the reason that the story records. */
	readonly because: string;
	/** It is no incident of its own: the page of another one lists it. */
	readonly isListed?: true;
}

/**
 * What came of every failure of a rehearsal, in the order of their openings. A member of a group is paged for by the group, and what another
 * failure explains by the page of that one.
 */
export function outcomesOf({ events, policies = {} }: Pick<Report, "events" | "policies">): readonly Outcome[] {
	const occurrences = occurrencesOf(events);
	const toldBy = new Map(occurrences.map((each) => [each, toldIn(each.events, events, policies)]));
	const opened = occurrences.map((each): Outcome => {
		const { key, number, condition, entity, severity = "unknown", group, openedAt } = each;
		const ofGroup = occurrences.filter((other) => other.key === group);
		const pagesFor = ofGroup.findLast((other) => other.openedAt <= openedAt) ?? ofGroup[0];
		const listing = explainersIn(each.events).flatMap((by) =>
			occurrences.filter((other) => other.key === by && other.openedAt <= openedAt),
		);
		const told = [each, ...(pagesFor === undefined ? [] : [pagesFor]), ...listing].flatMap((own) => toldBy.get(own) ?? []);
		return { key, occurrence: number, condition, entity, severity, told: firstOfEach(told), because: reasonOf(each.events) };
	});
	return [...opened, ...listedIn(events, opened)];
}

/** The incidents whose pages list a failure for as long as they explain it. */
const explainersIn = (events: readonly TimelineEvent[]): readonly string[] => [
	...new Set(
		events.flatMap(({ what, outcome, detail = "" }) => (what === "observed" && outcome === "inhibited" ? explainerIn(detail) : [])),
	),
];

/** A look that is explained ends with the key of what explains it. */
const explainerIn = (detail: string): string => /: (inc:\S+)$/.exec(detail)?.[1] ?? "";

/** What was never opened, since an incident that is open explains it. */
function listedIn(events: readonly TimelineEvent[], opened: readonly Outcome[]): readonly Outcome[] {
	const inhibited = events.filter(
		({ what, outcome, incident }) => what === "observed" && outcome === "inhibited" && incident !== undefined,
	);
	const first = new Map(inhibited.toReversed().map((event) => [event.incident ?? "", event]));
	return [...first].flatMap(([key, { detail = "" }]): readonly Outcome[] => {
		if (opened.some((each) => each.key === key)) return [];
		const by = explainerIn(detail);
		const explaining = opened.find((each) => each.key === by);
		const condition = parseIncidentKey(key)?.condition ?? "unknown";
		const because = `explained by ${by}`;
		const { severity = "unknown", told = [] } = explaining ?? {};
		return [{ key, occurrence: 1, condition, entity: detail.split(": ")[0] ?? key, severity, told, because, isListed: true }];
	});
}

function toldIn(own: readonly TimelineEvent[], all: readonly TimelineEvent[], policies: ToldPolicies): readonly Told[] {
	const byPolicy = Map.groupBy(own, (event) => policyAt(all, event) ?? "");
	return [...byPolicy].flatMap(([policy, events]) => placesOf(events).flatMap((place) => toldAt(place, policy, policies)));
}

/** What only informs is no page, and a page that nobody proved is none either. */
function toldAt({ tier, channel, informs, provenAt, presumedAt }: Place, policy: string, policies: ToldPolicies): readonly Told[] {
	const atSeconds = provenAt ?? presumedAt;
	if (informs || atSeconds === undefined) return [];
	const known = policies[policy]?.tiers[tier - 1];
	const target = known?.channels.find(({ name }) => name === channel)?.reaches ?? channel;
	return [{ target, people: `${policy}/${known?.name ?? `tier ${tier}`}`, atSeconds }];
}

const firstOfEach = (told: readonly Told[]): readonly Told[] =>
	told.filter((each) => !told.some((other) => other.target === each.target && isBefore(other, each, told)));

const isBefore = (one: Told, other: Told, all: readonly Told[]): boolean =>
	one.atSeconds < other.atSeconds || (one.atSeconds === other.atSeconds && all.indexOf(one) < all.indexOf(other));

function reasonOf(events: readonly TimelineEvent[]): string {
	const said = events.find(({ what }) => what === "silenced" || what === "held");
	if (said !== undefined) return `${said.what} by ${said.outcome ?? "a rule"}`;
	const failed = events.find(({ what }) => what === "page-failed" || what === "page-unproven");
	return failed === undefined ? "no page was sent" : `no page was proven: ${failed.channel ?? "channel"} ${failed.outcome ?? "failed"}`;
}
