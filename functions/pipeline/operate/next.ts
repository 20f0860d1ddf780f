import { askedAnewAt, whyRepeat } from "../escalate/rounds.ts";
import { nextStep, type Step, staleTier } from "../escalate/rules.ts";
import type { Incident, Instant } from "../model/incident.ts";
import { tierReachedAt } from "../page/rules.ts";
import { closes, whyClose } from "../resolve/rules.ts";
import { policyOf, type RoutingSettings } from "../route/policy.ts";
import type { EscalationPolicy } from "../settings.ts";

/** What is due next, and why, from the policy's own rules. */
export interface Next {
	readonly what: "nothing" | "close" | "tell-the-end" | "new-round" | "page" | "next-channel" | "next-tier" | "exhaust" | "wait";
	/** Why, from the closed sets of the rules that decide it. */
	readonly reason: string;
	/** Absent: at the next tick, within a minute; or when something happens. */
	readonly at?: Instant;
	/** Which tier is meant, from 1. */
	readonly tier?: number;
}

/** What is due next of an incident, the soonest first. */
export function whatIsNext(settings: RoutingSettings, incident: Incident, now: Instant): readonly Next[] {
	const policy = policyOf(settings, incident);
	const { state, memberOf, heldSince, silenced } = incident;
	if (state === "closed") return [{ what: "nothing", reason: "closed" }];
	if (memberOf !== undefined) return [{ what: "nothing", reason: "grouped" }];
	if (state === "recovered") {
		const reason = whyClose(incident, policy, now);
		return [{ what: closes(reason) ? "close" : "tell-the-end", reason }];
	}
	if (silenced !== undefined) return [{ what: "wait", reason: "silenced", at: silenced.until }];
	if (heldSince !== undefined) return [{ what: "nothing", reason: "held" }];
	const anew = askedAnewAt(incident, policy);
	if (anew !== undefined) return [newRound(incident, policy, anew, now)];
	const step = ofStep(incident, policy, nextStep(incident, policy, now));
	const stale = staleNext(incident, policy, now);
	const all = [step, ...stale].toSorted((one, other) => (one.at ?? now) - (other.at ?? now));
	// Whichever comes first pages that tier.
	return all.filter(({ what, tier }, index) => index === all.findIndex((other) => other.what === what && other.tier === tier));
}

/** Judged at that instant: what a day allows may have begun anew by then. */
function newRound(incident: Incident, policy: EscalationPolicy, at: Instant, now: Instant): Next {
	const reason = whyRepeat(incident, policy, Math.max(at, now));
	return reason === "enough-for-today" ? { what: "nothing", reason } : { what: "new-round", reason, at };
}

function ofStep(incident: Incident, policy: EscalationPolicy, step: Step): Next {
	switch (step.do) {
		case "send":
			return { what: "page", reason: step.reason, tier: step.place.tier };
		case "give-up":
		case "call-unproven":
			return { what: "next-channel", reason: step.reason, tier: step.page.tier };
		case "escalate":
			return { what: "next-tier", reason: step.reason, tier: step.tier };
		case "exhaust":
			return { what: "exhaust", reason: step.reason };
		case "wait":
			return step.reason === "for-acknowledgement" ? afterWait(incident, policy) : { what: "wait", reason: step.reason };
	}
}

/** What follows where a tier does not answer. */
function afterWait(incident: Incident, { tiers, acknowledgeSeconds }: EscalationPolicy): Next {
	const tier = Math.max(incident.tier, 1);
	const at = (tierReachedAt(incident, tier) ?? incident.openedAt) + acknowledgeSeconds * 1000;
	const reason = "not-acknowledged";
	return tier < tiers.length ? { what: "next-tier", reason, at, tier: tier + 1 } : { what: "exhaust", reason, at };
}

/** At its age an incident comes to the next tier, whatever its workflow is doing. */
function staleNext(incident: Incident, policy: EscalationPolicy, now: Instant): readonly Next[] {
	const { stale, staleStep, openedAt } = incident;
	const at = stale === undefined ? openedAt + policy.staleSeconds * 1000 : (staleStep?.at ?? Number.NaN) + policy.acknowledgeSeconds * 1000;
	const tier = staleTier(incident, policy, Math.max(at, now));
	return tier === undefined || tier <= incident.tier ? [] : [{ what: "next-tier", reason: "stale", at, tier }];
}
