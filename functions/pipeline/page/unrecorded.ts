import { pollEverySeconds } from "../limits/pace.ts";
import type { Incident, Instant, Page } from "../model/incident.ts";
import type { EscalationPolicy } from "../settings.ts";
import { mayHaveBeenAccepted } from "./fate.ts";
import { findPage, firstPage, roundOf } from "./rules.ts";

/** How Genesys Cloud calls the end of a workflow whose own last word did not arrive. */
const unspoken: readonly (string | undefined)[] = ["completed", "failed"];

/** A claimed workflow that says nothing for so much longer than it waits between two questions may be unable to reach the ledger. */
const lateMilliseconds = 60_000;

/**
 * The pages that a workflow may have sent while it could not reach the ledger, which it sends all the same: every channel of the tiers that it
 * came to, or may have come to, and that no page is written of. What is only owed was sent by nobody who could write it down.
 */
export const unrecordedPages = (incident: Incident, policy: Pick<EscalationPolicy, "tiers">, now: Instant): readonly Page[] =>
	unwritten(incident, policy, isLost(incident), now);

/** The same, while the incident is open: who says nothing at present may be anywhere in the policy. */
export const unseenPages = (incident: Incident, policy: EscalationPolicy, now: Instant): readonly Page[] =>
	unwritten(incident, policy, isLost(incident) || isLate(incident, policy, now), now);

/**
 * The pages that a workflow may have sent that was launched and could never say so: it pages all the same. Nobody looks for them while the
 * incident is open, because whoever took over sends the same pages under the same keys.
 */
export function unclaimedPages(incident: Incident, policy: Pick<EscalationPolicy, "tiers">, now: Instant): readonly Page[] {
	if (incident.launch === undefined || incident.launch.claimedAt !== undefined || roundOf(incident) > 1) return [];
	const isKnown = ({ tier, channel }: Page): boolean => {
		const written = findPage(incident, tier, channel);
		return written !== undefined && mayHaveBeenAccepted(written);
	};
	const all = policy.tiers.flatMap(({ channels }, index) =>
		channels.map((channel) => firstPage(incident, { tier: index + 1, channel }, "workflow", now)),
	);
	return all.filter((page) => !isKnown(page));
}

/** A tier of which something is written may have been told by another channel in a gap; without one its channels are known. */
function unwritten(incident: Incident, policy: Pick<EscalationPolicy, "tiers">, mayBeAnywhere: boolean, now: Instant): readonly Page[] {
	const { launch } = incident;
	if (launch?.claimedAt === undefined || roundOf(incident) > 1) return [];
	return policy.tiers.flatMap(({ channels }, index) => {
		const tier = index + 1;
		const isWritten = incident.pages.some((page) => page.purpose === "page" && page.tier === tier && page.state !== "owed");
		const isOpen = isWritten ? launch.gap === true : mayBeAnywhere || tier <= incident.tier;
		const free = channels.filter((channel) => !isWritten || findPage(incident, tier, channel.name) === undefined);
		return isOpen ? free.map((channel) => firstPage(incident, { tier, channel }, "workflow", now)) : [];
	});
}

/** Whether nobody knows how far the workflow came: its last word did not arrive, or somebody had to take over. */
const isLost = ({ launch, takenOver }: Incident): boolean =>
	launch?.endedAt === undefined ? takenOver !== undefined : unspoken.includes(launch.outcome);

function isLate({ launch }: Incident, policy: EscalationPolicy, now: Instant): boolean {
	if (launch?.claimedAt === undefined || launch.endedAt !== undefined) return false;
	return now >= (launch.seenAt ?? launch.claimedAt) + pollEverySeconds(policy) * 1000 + lateMilliseconds;
}
