import { longestSeconds } from "../../../functions/pipeline/drill/rules.ts";
import { drillSettingsOf } from "../../../functions/pipeline/drill/settings.ts";
import { incidentKey, isDrillKey } from "../../../functions/pipeline/model/keys.ts";
import type { TimelineEvent } from "../../report/timelineEvent.ts";
import { roundSeconds, stormSeconds, tickSeconds } from "../bounds.ts";
import type { Facts } from "../facts.ts";
import { policyOfStory } from "../policies.ts";
import type { Violation } from "../violation.ts";
import { nameOf } from "./story.ts";

const isDrill = ({ incident }: { readonly incident?: string | undefined }): boolean => isDrillKey(incident ?? "");

/** What comes late: a tick, its work, and the one after it. */
const lateSeconds = 3 * (tickSeconds + roundSeconds);

/** What a drill must never do: begin a remedy, be silent, be part of a group, or ask people twice. */
const forbidden: ReadonlySet<TimelineEvent["what"]> = new Set<TimelineEvent["what"]>([
	"remediated",
	"rolled-back",
	"silenced",
	"grouped",
	"repeated",
]);

export function drillsHarmful({ events }: Facts): readonly Violation[] {
	return events
		.filter((event) => isDrill(event) && forbidden.has(event.what))
		.map(({ incident, what, atSeconds }) => ({ atSeconds, what: `${incident}: a drill, and ${what}` }));
}

/** Who holds a lease at each event: its incident, and since when. */
type Holders = ReadonlyMap<string, number>;

/**
 * A failure that wants a lease finds at least half of them free of drills, and no drill begins while a workflow answers a failure. One whose workflow
 * a fault may have ended unseen is left out: its lease ends by itself.
 */
export function drillsInTheWay(facts: Facts): readonly Violation[] {
	const { events, settings, cover } = facts;
	const most = Math.max(1, Math.floor(settings.limits.incidentsInResponse / 2));
	const held = new Map<string, number>();
	return events.flatMap((event): readonly Violation[] => {
		const { what, incident = "", atSeconds } = event;
		if (what === "lease-taken") held.set(incident, atSeconds);
		if (what === "lease-released" || what === "workflow-ended") held.delete(incident);
		if (what === "lease-taken" && isDrillKey(incident) && drillsIn(held) > most)
			return [{ atSeconds, what: `${incident}: expected at most ${most} leases held by drills, got ${drillsIn(held)}` }];
		const isBegun = what === "incident-opened" && isDrillKey(incident);
		if (!isBegun || cover.touches(0, atSeconds)) return [];
		return failuresIn(held, atSeconds - tickSeconds - roundSeconds).map((other) => ({
			atSeconds,
			what: `${incident}: a drill begins while a workflow answers ${other}`,
		}));
	});
}

const drillsIn = (held: Holders): number => [...held.keys()].filter(isDrillKey).length;

const failuresIn = (held: Holders, before: number): readonly string[] =>
	[...held].flatMap(([incident, since]) => (since <= before && !isDrillKey(incident) ? [incident] : []));

export function drillsEndless(facts: Facts): readonly Violation[] {
	const { provenWithinSeconds, closeAfterSeconds } = drillSettingsOf(facts.settings);
	return facts.stories.filter(isDrill).flatMap((story) => {
		const longest = provenWithinSeconds + longestSeconds(policyOfStory(facts, story)) + closeAfterSeconds + lateSeconds;
		const limit = facts.cover.after(story.openedAt, longest + stormSeconds(facts, story));
		const over = story.events.find(({ what }) => what === "recovered")?.atSeconds ?? Infinity;
		return limit > facts.end || over <= limit ? [] : [{ atSeconds: limit, what: `${nameOf(story)}: a drill that does not end` }];
	});
}

export function drillsUntold(facts: Facts): readonly Violation[] {
	const { environment } = facts.settings;
	return facts.events.flatMap(({ what, outcome: policy = "", atSeconds }) => {
		if (what !== "drill-failed" && what !== "drill-missed") return [];
		const key = incidentKey({ environment, condition: "drill-failed", entityId: policy });
		const limit = facts.cover.after(atSeconds, lateSeconds);
		const isTold = facts.events.some(
			(event) =>
				event.incident === key &&
				(event.what === "incident-opened" || event.what === "incident-seen-again") &&
				event.atSeconds >= atSeconds &&
				event.atSeconds <= limit,
		);
		return isTold || limit > facts.end ? [] : [{ atSeconds: limit, what: `${policy}: its ${what}, and it is no incident` }];
	});
}
