import type { EscalationPolicy } from "../settings.ts";

/** Reads of one run of the workflow, over all channels of all tiers: nine actions each, of the 10,000 that the platform allows. */
export const mostReads = 400;
/** Questions to the ledger in one run, over all tiers: seven actions each. */
export const mostPolls = 450;
/** How often the workflow asks, while it waits for an acknowledgement, whether there is one. */
const pollSeconds = 60;

type Pace = Pick<EscalationPolicy, "proofSeconds" | "readBackSeconds" | "acknowledgeSeconds" | "tiers">;

/** How often the workflow reads a page back: as the settings say, or as seldom as it takes for all its channels to be read. */
export function readEverySeconds({ proofSeconds, readBackSeconds, tiers }: Pace): number {
	const channels = tiers.reduce((sum, tier) => sum + tier.channels.length, 0);
	return Math.max(readBackSeconds, Math.ceil(proofSeconds / Math.floor(mostReads / channels)));
}

/** How often the workflow asks whether somebody acknowledged: every minute, or as seldom as it takes for all its tiers to wait. */
export const pollEverySeconds = ({ acknowledgeSeconds, tiers }: Pace): number =>
	Math.max(pollSeconds, Math.ceil(acknowledgeSeconds / Math.floor(mostPolls / tiers.length)));
