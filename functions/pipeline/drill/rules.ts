import type { DrillEnd, DrillReason } from "../model/drill.ts";
import type { Incident, Instant, Page } from "../model/incident.ts";
import type { EscalationPolicy } from "../settings.ts";
import type { DrillSettings } from "./settings.ts";

/** What is to be done with a drill that has begun. */
export type DrillStep =
	| { readonly do: "wait"; readonly reason: "for-proof" | "for-an-answer" | "to-close" }
	| ({ readonly do: "end" } & DrillEnd);

const passed = (reason: DrillReason): DrillStep => ({ do: "end", verdict: "passed", reason });
const failed = (reason: DrillReason): DrillStep => ({ do: "end", verdict: "failed", reason });

const pagesOf = ({ pages }: Incident): readonly Page[] => pages.filter(({ purpose }) => purpose === "page");
const isProven = ({ state }: Page): boolean => state === "proven";
/** A text that its carrier says no more of is told as far as anybody can know: no proof, and nothing that is missing. */
const isMissing = ({ state }: Page): boolean => state !== "proven" && state !== "presumed";

const named = ({ tier, channel }: Page): string => `tier ${tier} ${channel}`;

/** Pages that reached somebody's channel, for people. */
export const provenPages = (incident: Incident): readonly string[] => pagesOf(incident).filter(isProven).map(named);

/** Pages that were tried and are not proven. */
export const missingPages = (incident: Incident): readonly string[] =>
	pagesOf(incident)
		.filter((page) => !isProven(page))
		.map((page) => (page.state === "presumed" ? `${named(page)} (presumed)` : named(page)));

/** Whether it passed, and whether it ends now. It always ends: at the latest when the whole policy has had its time. */
export function drillStep(
	incident: Incident,
	policy: Pick<EscalationPolicy, "attemptsPerChannel" | "waitsSeconds" | "proofSeconds" | "acknowledgeSeconds" | "tiers">,
	{ provenWithinSeconds, closeAfterSeconds }: Pick<DrillSettings, "provenWithinSeconds" | "closeAfterSeconds">,
	now: Instant,
): DrillStep {
	const { state, openedAt, acknowledged, exhausted, drill } = incident;
	const isReached = pagesOf(incident).some(isProven) || acknowledged !== undefined;
	// What was written with its end stands, whatever its pages say by now.
	if (state !== "open") return drill === undefined ? ended(isReached) : { do: "end", ...drill };
	if (!isReached && now >= openedAt + provenWithinSeconds * 1000) return failed("nothing-proven");
	if (now >= openedAt + (provenWithinSeconds + longestSeconds(policy) + closeAfterSeconds) * 1000) return failed("no-end");
	const over = acknowledged?.at ?? exhausted;
	if (!isReached || over === undefined) return { do: "wait", reason: isReached ? "for-an-answer" : "for-proof" };
	const missing = pagesOf(incident).filter(isMissing);
	if (missing.length > 0) {
		const wanted = Math.max(...missing.map(({ intendedAt }) => intendedAt));
		return now >= wanted + provenWithinSeconds * 1000 ? failed("channel-not-proven") : { do: "wait", reason: "for-proof" };
	}
	if (now < over + closeAfterSeconds * 1000) return { do: "wait", reason: "to-close" };
	return passed(acknowledged === undefined ? "escalated" : "acknowledged");
}

const ended = (isReached: boolean): DrillStep => (isReached ? passed("ended-by-hand") : failed("ended-by-hand"));

/** What the calls of an attempt, and ticks that come late, may take beside the waits. */
const callsSeconds = 120;

/** How long a policy may take from its first page to the end of its last tier's time, every channel tried in vain. */
export function longestSeconds({
	attemptsPerChannel,
	waitsSeconds,
	proofSeconds,
	acknowledgeSeconds,
	tiers,
}: Parameters<typeof drillStep>[1]): number {
	const waits = waitsSeconds.reduce((sum, wait) => sum + wait, 0);
	const channel = waits + proofSeconds + attemptsPerChannel * callsSeconds;
	return tiers.reduce((sum, { channels }) => sum + channels.length * channel + acknowledgeSeconds + callsSeconds, 0);
}

/** The incident with its end. */
export const endDrill = (incident: Incident, { verdict, reason }: DrillEnd, now: Instant): Incident => ({
	...incident,
	state: "recovered",
	recoveredAt: now,
	drill: { verdict, reason },
});
