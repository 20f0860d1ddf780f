import type { FailureReason } from "../ports.ts";
import { type RecordRequest, workflowFailure } from "../respond/rules.ts";
import type { EscalationPolicy } from "../settings.ts";
import { responderName } from "./names.ts";
import { type CredentialNews, credentialOfPage } from "./rules.ts";

/** What a failure at work says of the credential that was used; undefined where it says nothing. */
export function newsOfFailure(reason: FailureReason, detail: string): CredentialNews | undefined {
	if (reason === "rejected") return { what: "doubted" };
	return reason === "unauthorized" || reason === "forbidden" ? { what: "refused", reason, detail } : undefined;
}

/**
 * What a workflow's record says of a credential: its own client's at its start, and a vendor's when a page is refused. Without the policy that
 * the workflow carries out, nobody knows which one that is.
 */
export function newsOfRecord(
	{ what, detail, tier, channel }: RecordRequest,
	policy: EscalationPolicy | undefined,
): { readonly name: string; readonly news: CredentialNews } | undefined {
	if (what === "credentials-checked" && detail === "ok") return { name: responderName, news: { what: "taken" } };
	const refused = what === "page-failed" && policy !== undefined ? credentialOfPage(policy, tier, channel) : undefined;
	const name = what === "credentials-checked" ? responderName : refused;
	const news = newsOfFailure(workflowFailure(detail), `a workflow was told: ${detail}`);
	return name === undefined || news === undefined ? undefined : { name, news };
}
