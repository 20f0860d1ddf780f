import type { PollerHealth } from "../detect/health.ts";
import { nextRound } from "../escalate/rounds.ts";
import { isDrill } from "../model/drill.ts";
import type { Incident, Instant } from "../model/incident.ts";
import type { OperatorAct } from "../model/operatorAct.ts";
import { answerByHand } from "../page/byHand.ts";
import { roundOf } from "../page/rules.ts";
import { policyOf, type RoutingSettings } from "../route/policy.ts";
import { routeIncident } from "../route/rules.ts";

/** What an operator can do to an incident. */
export const operations = ["acknowledge", "resolve", "again"] as const;

/** What an operator asks for, under their name and with their reason. */
export interface Asked {
	readonly act: (typeof operations)[number];
	readonly by: string;
	readonly why: string;
}

/** The most characters of a name and of a reason. */
export const longestOf = { by: 64, why: 300 } as const;

export type OperateReason =
	| "acknowledged"
	| "already-acknowledged"
	/** It ends, and everybody is told. */
	| "resolved"
	/** It is noted, and closes nothing: the detector saw it fail within the last two polls. */
	| "still-seen"
	/** The same: the detector has not looked since, so nobody knows that it is over. */
	| "not-looked-at"
	| "already-noted"
	/** A new round began at the first tier. */
	| "told-again"
	/** A round began within the last minute. */
	| "told-a-moment-ago"
	/** Nobody is paged while it is clear and only flap damping holds it open. */
	| "held"
	/** A silence keeps it from paging anybody. */
	| "silenced"
	/** Its group pages for it. */
	| "grouped"
	/** A drill asks everybody once. */
	| "drill"
	/** Its end is being told. */
	| "over"
	| "closed"
	| "no-such-incident";

/** Whether an act was taken, or has nothing left to do: everything else changed nothing. */
export const isTaken = (reason: OperateReason): boolean =>
	["acknowledged", "already-acknowledged", "resolved", "still-seen", "not-looked-at", "already-noted", "told-again"].includes(reason);

export interface Operated {
	readonly reason: OperateReason;
	/** To write. */
	readonly incident?: Incident;
}

/** What the rules know beside the incident. */
export interface OperateFacts {
	readonly settings: RoutingSettings;
	/** Of the poller; undefined before its first poll. */
	readonly health: Pick<PollerHealth, "okAt"> | undefined;
}

/** What becomes of an incident by an operator's act. */
export function operate(incident: Incident | undefined, asked: Asked, facts: OperateFacts, now: Instant): Operated {
	if (incident === undefined) return { reason: "no-such-incident" };
	if (incident.state !== "open") return { reason: incident.state === "closed" ? "closed" : "over" };
	switch (asked.act) {
		case "acknowledge":
			return acknowledge(incident, asked, now);
		case "resolve":
			return resolve(incident, asked, facts, now);
		case "again":
			return again(incident, asked, facts, now);
	}
}

/** More acts than these are forgotten, the oldest first: an item stays small. */
const mostActs = 20;

/** The incident with one more act by hand. */
export function withAct(incident: Incident, act: Omit<OperatorAct, "told">): Incident {
	return { ...incident, acts: [...(incident.acts ?? []), act].slice(-mostActs) };
}

const didNow = ({ by, why }: Asked, did: OperatorAct["did"], now: Instant): OperatorAct => ({ did, at: now, by, why });

/** One that was ended by hand is taken on again by who acknowledges it. */
function acknowledge(incident: Incident, asked: Asked, now: Instant): Operated {
	const { acknowledged, memberOf } = incident;
	if (memberOf !== undefined) return { reason: "grouped" };
	if (acknowledged !== undefined && acknowledged.resolvedAt === undefined) return { reason: "already-acknowledged" };
	const answered: Incident = { ...incident, acknowledged: answerByHand(asked.by, now) };
	return { reason: "acknowledged", incident: withAct(answered, didNow(asked, "acknowledged", now)) };
}

/** Nothing that still fails is closed by hand: only the detector says that it is over. What nobody will tell the end of is. */
function resolve(incident: Incident, asked: Asked, { health }: OperateFacts, now: Instant): Operated {
	const seen = whySeen(incident, health, now);
	if (seen === "not-seen") {
		const ended: Incident = { ...incident, state: "recovered", recoveredAt: now };
		return { reason: "resolved", incident: withAct(ended, didNow(asked, "resolved", now)) };
	}
	const { acknowledged, memberOf } = incident;
	if (memberOf !== undefined) return { reason: "grouped" };
	if (acknowledged?.resolvedAt !== undefined) return { reason: "already-noted" };
	const noted: Incident = { ...incident, acknowledged: { ...(acknowledged ?? answerByHand(asked.by, now)), resolvedAt: now } };
	return { reason: seen, incident: withAct(noted, didNow(asked, "noted", now)) };
}

export type SeenReason = "still-seen" | "not-looked-at" | "not-seen";

/** Two polls and a half: what was not seen for so long is not seen. */
const seenMilliseconds = 150_000;
/** A poll and a half: one that looked within it is a later one than the last that saw. */
const lookedMilliseconds = 90_000;

/** Whether a failure is still seen, as far as the ledger knows. What the overseer tells of itself it sees, or it would have ended it. */
export function whySeen(incident: Incident, health: OperateFacts["health"], now: Instant): SeenReason {
	const { heldSince, members, reading, lastSeenAt, polledAt } = incident;
	if (heldSince !== undefined) return "not-seen";
	if (members !== undefined) return members.failing > 0 ? "still-seen" : "not-seen";
	// Nothing fails in a drill.
	if (reading.source === "drill") return "not-seen";
	if (reading.source === "overseer" || now < lastSeenAt + seenMilliseconds) return "still-seen";
	if (polledAt === undefined) return "not-seen";
	return now < (health?.okAt ?? 0) + lookedMilliseconds ? "not-seen" : "not-looked-at";
}

/** Shorter than anybody's answer: whoever asks twice by mistake pages once. */
const momentMilliseconds = 60_000;

function again(incident: Incident, asked: Asked, { settings }: OperateFacts, now: Instant): Operated {
	const { memberOf, heldSince, silenced, openedAt, repeatedAt = [] } = incident;
	if (isDrill(incident)) return { reason: "drill" };
	if (memberOf !== undefined) return { reason: "grouped" };
	if (silenced !== undefined) return { reason: "silenced" };
	if (heldSince !== undefined) return { reason: "held" };
	if (now < (repeatedAt.at(-1) ?? openedAt) + momentMilliseconds) return { reason: "told-a-moment-ago" };
	const begun = { ...nextRound(incident, policyOf(settings, incident), "asked-by-hand", now), tier: 1 };
	const routed = routeIncident(settings, begun, now);
	return { reason: "told-again", incident: withAct(routed, { ...didNow(asked, "told-again", now), round: roundOf(routed) }) };
}
