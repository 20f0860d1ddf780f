import type { ChannelKind } from "../model/incident.ts";
import type { EscalationPolicy } from "../settings.ts";

/** Where somebody acknowledges what a channel of each kind brought: at its vendor, or nowhere but at ours. */
const acknowledgedAt: Readonly<Record<ChannelKind, "vendor" | "link">> = { pagerduty: "vendor", sms: "link" };

/** Whether its vendor takes an answer and tells it when it is read back. */
export const canAcknowledge = (kind: ChannelKind): boolean => acknowledgedAt[kind] === "vendor";

/** Whether a page of this kind ends in a link by which it is acknowledged. */
export const holdsLink = ({ acknowledgeLinks = false }: Pick<EscalationPolicy, "acknowledgeLinks">, kind: ChannelKind): boolean =>
	acknowledgeLinks && !canAcknowledge(kind);

/** As far as a policy decides whether pages hold links. */
export interface LinkPolicy extends Pick<EscalationPolicy, "acknowledgeLinks"> {
	readonly tiers: readonly { readonly channels: readonly { readonly kind: ChannelKind }[] }[];
}

/** Whether any page of a policy does. */
export const holdsLinks = (policy: LinkPolicy): boolean =>
	policy.tiers.some(({ channels }) => channels.some(({ kind }) => holdsLink(policy, kind)));
