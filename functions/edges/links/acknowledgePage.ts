import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { holdsLinks } from "../../pipeline/page/link.ts";
import { EdgeError, type LinkAnswer } from "../../pipeline/ports.ts";
import type { AcknowledgePorts } from "../../pipeline/respond/acknowledge.ts";
import { everyPolicy } from "../../pipeline/route/policy.ts";
import { answerLink } from "../../pipeline/run.ts";
import type { RuntimeSettings } from "../../pipeline/settings.ts";
import { acknowledgePath, readAcknowledgeLink } from "./acknowledgeLinks.ts";
import { heard, isKeyPress } from "./keyPress.ts";
import { isPageMethod, personPage, type Said, tryAgain, untilPressed, wrongMethod } from "./personPage.ts";

/** Whether a request to the function URL follows an acknowledge link: where no page holds one there is no such page. */
export const isAcknowledgement = (settings: Pick<RuntimeSettings, "policies">, { rawPath }: LambdaFunctionURLEvent): boolean =>
	rawPath.startsWith(acknowledgePath) && everyPolicy(settings).some(holdsLinks);

interface Meaning {
	readonly status: number;
	readonly heading: string;
	readonly text: string;
	/** On the phone. */
	readonly said: string;
}

/** What each outcome means to the person, and as a status. An answer that stands already is what the person wants: no error. */
const meanings: Readonly<Record<LinkAnswer["outcome"], Meaning>> = {
	acknowledged: {
		status: 200,
		heading: "Acknowledged",
		text: "Nobody else is paged for it while this answer holds.",
		said: "Acknowledged: nobody else is paged for it while this answer holds.",
	},
	"already-acknowledged": {
		status: 200,
		heading: "Acknowledged already",
		text: "Somebody has answered for this incident: there is nothing more to do here.",
		said: "This incident is acknowledged already.",
	},
	forged: {
		status: 403,
		heading: "This link is not valid",
		text: "It was cut off or changed on its way, or is out of date. The newest page of the incident holds a good one.",
		said: "This key is not valid.",
	},
	expired: {
		status: 410,
		heading: "This link has expired",
		text: "A newer page of this incident holds a newer one. Nothing was done.",
		said: "This call is too old: there is a newer one.",
	},
	"not-open": {
		status: 410,
		heading: "This incident is over",
		text: "There is nothing to acknowledge any more.",
		said: "This incident is over: there is nothing to acknowledge.",
	},
};

/**
 * The page behind an acknowledge link: GET shows what would be acknowledged and a button, only its POST does it, since mail scanners and link
 * previews open links too.
 */
export async function answerAcknowledgePage(ports: AcknowledgePorts, event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
	const { method } = event.requestContext.http;
	if (!isPageMethod(method)) return personPage(event, wrongMethod);
	if (isKeyPress(event)) return heard(await said(ports, event));
	return personPage(event, await shown(ports, event, method === "POST"));
}

async function shown(ports: AcknowledgePorts, event: LambdaFunctionURLEvent, press: boolean): Promise<Said> {
	const answer = await answerOf(ports, event, press);
	if (answer === undefined) return tryAgain(press);
	const { outcome, about } = answer;
	if (outcome === "acknowledged" && !press)
		return { status: 200, heading: "Acknowledge this incident?", text: untilPressed, about, button: "Acknowledge" };
	return { ...meanings[outcome], about };
}

/** A key does what the button does; they have just heard what it is about. */
async function said(ports: AcknowledgePorts, event: LambdaFunctionURLEvent): Promise<string> {
	const answer = await answerOf(ports, event, true);
	if (answer === undefined) return "This could not be done now. Whoever is next is called, unless you answer by another way.";
	return meanings[answer.outcome].said;
}

/** Undefined where it could not be written: an answer that was lost on its way back may be. */
async function answerOf(ports: AcknowledgePorts, event: LambdaFunctionURLEvent, press: boolean): Promise<LinkAnswer | undefined> {
	try {
		return await answerLink(ports, readAcknowledgeLink(event.rawPath), press);
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
		ports.journal.log({ what: "error", outcome: error.reason, detail: `an acknowledge link could not be answered: ${error.message}` });
		return undefined;
	}
}
