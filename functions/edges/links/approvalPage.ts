import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import type { Approval, Remedies } from "../../pipeline/ports.ts";
import { activeRemediation } from "../../pipeline/remedy/rules.ts";
import type { RuntimeSettings } from "../../pipeline/settings.ts";
import { approvalPath, readLink } from "./approvals.ts";
import { buttonOf, escaped, personPage } from "./personPage.ts";

/** Whether a request to the function URL is about an approval: without a runbook that asks for one there is no such page. */
export const isApproval = ({ runbooks }: Pick<RuntimeSettings, "runbooks">, { rawPath }: LambdaFunctionURLEvent): boolean =>
	rawPath === approvalPath && Object.values(runbooks).some((runbook) => activeRemediation(runbook)?.mode === "approve");

/** What each outcome means to the person, and as a status. Everything else is a remedy that was not begun, and why. */
const pages: Readonly<Record<string, { readonly status: number; readonly text: string }>> = {
	approved: { status: 200, text: "The remedy has begun. It is undone if it does not help." },
	forged: { status: 403, text: "This link is not valid." },
	expired: { status: 410, text: "This link has expired: people are being paged, the remedy was not begun." },
	"already-used": { status: 409, text: "This link has been used already." },
	"not-open": { status: 410, text: "The incident is over: there is nothing to mend." },
};

/**
 * The page behind an approval link: GET shows what would be done and a button, only its POST does it, since mail and chat systems open links too.
 */
export async function answerApprovalPage(remedies: Remedies, event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
	const { method } = event.requestContext.http;
	if (method !== "GET" && method !== "POST") return personPage(405, "Expected GET or POST.");
	const approval = await remedies.approve(readLink(new URLSearchParams(event.rawQueryString)), method === "POST");
	if (approval.outcome === "approved" && method === "GET")
		return personPage(200, escaped(`Begin ${approval.detail}?`), buttonOf("Begin the remedy"));
	const { status, text } = pages[approval.outcome] ?? notBegun(approval);
	return personPage(status, escaped(approval.detail === "" ? text : `${text} (${approval.detail})`));
}

const notBegun = ({ outcome }: Approval) => ({ status: 409, text: `The remedy was not begun: ${outcome}. People are being paged.` });
