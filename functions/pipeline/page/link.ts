import { type ChannelKind, traitsOf } from "../../../vendors/kinds.ts";
import type { EscalationPolicy } from "../settings.ts";

/** Whether its vendor takes an answer and tells it when it is read back. */
export const canAcknowledge = (kind: ChannelKind): boolean => traitsOf(kind).acknowledges;

/** Whether its end is one more message, which rings like a page; elsewhere the end ends the page itself. */
export const endsByMessage = (kind: ChannelKind): boolean => traitsOf(kind).resolves === "new-message";

/** Whether a page of this kind ends in a link by which it is acknowledged. */
export const holdsLink = ({ acknowledgeLinks }: Pick<EscalationPolicy, "acknowledgeLinks">, kind: ChannelKind): boolean =>
	acknowledgeLinks && !canAcknowledge(kind);

/** As far as a policy decides whether pages hold links. */
export interface LinkPolicy extends Pick<EscalationPolicy, "acknowledgeLinks"> {
	readonly tiers: readonly { readonly channels: readonly { readonly kind: ChannelKind }[] }[];
}

/** Whether any page of a policy does. */
export const holdsLinks = (policy: LinkPolicy): boolean =>
	policy.tiers.some(({ channels }) => channels.some(({ kind }) => holdsLink(policy, kind)));
