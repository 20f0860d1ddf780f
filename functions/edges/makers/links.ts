import { signedAcknowledgeLinks } from "../links/acknowledgeLinks.ts";
import { signedApprovals } from "../links/approvals.ts";
import type { Parts } from "../parts.ts";
import type { Ports } from "../ports.ts";

/** For the functions that page, and for the one that takes the answers. */
export const linking = {
	acknowledgeLinks: ({ signingSecrets, environment }: Parts): Ports["acknowledgeLinks"] =>
		signedAcknowledgeLinks(signingSecrets("acknowledge"), () => environment.acknowledgeUrl()),
};

/** For the remediator, which makes the approval links and believes them. */
export const approving = {
	approvals: ({ signingSecrets, environment }: Parts): Ports["approvals"] =>
		signedApprovals(signingSecrets("remedy-approval"), signingSecrets("approval-links"), () => environment.approvalUrl()),
};
