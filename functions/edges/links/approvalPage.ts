import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { type Approval, EdgeError } from "../../pipeline/ports.ts";
import { activeRemediation } from "../../pipeline/remedy/rules.ts";
import type { RuntimeSettings } from "../../pipeline/settings.ts";
import type { Ports } from "../ports.ts";
import { approvalPath, isSealed, type OfferedLink, readLink } from "./approvals.ts";
import { isPageMethod, personPage, type Said, tryAgain, untilPressed, wrongMethod } from "./personPage.ts";

/** Whether a request to the function URL is about an approval: without a runbook that asks for one there is no such page. */
export const isApproval = ({ runbooks }: Pick<RuntimeSettings, "runbooks">, { rawPath }: LambdaFunctionURLEvent): boolean =>
	rawPath === approvalPath && Object.values(runbooks).some((runbook) => activeRemediation(runbook)?.mode === "approve");

/** What each outcome means to the person, and as a status. Everything else is a remedy that was not begun, and why. */
const meanings: Readonly<Record<string, Said>> = {
	approved: {
		status: 200,
		heading: "The remedy has begun",
		text: "People go on being paged meanwhile: acknowledge all the same.",
	},
	forged: {
		status: 403,
		heading: "This link is not valid",
		text: "It was cut off or changed on its way, or is out of date. Nothing was done.",
	},
	expired: {
		status: 410,
		heading: "This link has expired",
		text: "The remedy was not begun by it. People are being paged.",
	},
	"already-used": {
		status: 409,
		heading: "This link has been used already",
		text: "It is good for one press. What came of that stands below.",
	},
	"not-open": {
		status: 410,
		heading: "The remedy is no longer needed",
		text: "This incident is over: there is nothing to mend, and nothing was done.",
	},
};

/** Why a remedy was not begun, where there is more to say than the word. */
const reasons: Readonly<Record<string, string>> = {
	cooldown: "The same remedy was begun a short while ago, and is not begun again before its cooldown is over.",
	"in-flight": "The same remedy is in effect for another incident, and is never begun twice at once.",
	"already-in-effect": "Somebody else has done already what it would do.",
	"already-begun": "Somebody else was faster.",
};

type ApprovalPorts = Pick<Ports, "remedies" | "journal" | "approvalSeals">;

/**
 * The page behind an approval link: GET shows what would be done and a button, only its POST does it, since mail and chat systems open links too.
 * What is no link of ours is refused here; what a link is worth only the remediator can tell.
 */
export async function answerApprovalPage(ports: ApprovalPorts, event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
	const { method } = event.requestContext.http;
	return personPage(event, isPageMethod(method) ? await shown(ports, event, method === "POST") : wrongMethod);
}

async function shown(ports: ApprovalPorts, { rawQueryString }: LambdaFunctionURLEvent, press: boolean): Promise<Said> {
	const link = readLink(new URLSearchParams(rawQueryString));
	const approval = await answerOf(ports, () => worthOf(ports, link, press));
	if (approval === undefined) return tryAgain(press);
	const { outcome, about } = approval;
	if (outcome === "approved" && !press)
		return { status: 200, heading: "Begin this remedy?", text: untilPressed, about, button: "Begin the remedy" };
	return { ...(meanings[outcome] ?? notBegun(outcome)), about };
}

async function worthOf({ remedies, approvalSeals }: ApprovalPorts, offered: OfferedLink, press: boolean): Promise<Approval> {
	if (!(await isSealed(offered, approvalSeals))) return { outcome: "forged" };
	const { seal, ...link } = offered;
	return remedies.approve(link, press);
}

/** Undefined where nobody could be asked, or the answer was lost: a press may have counted. */
async function answerOf({ journal }: ApprovalPorts, ask: () => Promise<Approval>): Promise<Approval | undefined> {
	try {
		return await ask();
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
		journal.log({ what: "error", outcome: error.reason, detail: `an approval link could not be answered: ${error.message}` });
		return undefined;
	}
}

const notBegun = (outcome: string): Said => ({
	status: 409,
	heading: "The remedy was not begun",
	text: `${reasons[outcome] ?? `Its system did not do it: ${outcome.replaceAll("-", " ")}.`} People are being paged.`,
});
