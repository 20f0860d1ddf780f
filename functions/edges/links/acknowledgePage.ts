import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { holdsLinks } from "../../pipeline/page/link.ts";
import { EdgeError, type LinkAnswer } from "../../pipeline/ports.ts";
import type { AcknowledgePorts } from "../../pipeline/respond/acknowledge.ts";
import { everyPolicy } from "../../pipeline/route/policy.ts";
import { answerLink } from "../../pipeline/run.ts";
import type { RuntimeSettings } from "../../pipeline/settings.ts";
import { acknowledgePath, readAcknowledgeLink } from "./acknowledgeLinks.ts";
import { heard, isKeyPress } from "./keyPress.ts";
import { buttonOf, escaped, personPage } from "./personPage.ts";

/** Whether a request to the function URL follows an acknowledge link: where no page holds one there is no such page. */
export const isAcknowledgement = (settings: Pick<RuntimeSettings, "policies">, { rawPath }: LambdaFunctionURLEvent): boolean =>
	rawPath.startsWith(acknowledgePath) && everyPolicy(settings).some(holdsLinks);

interface Meaning {
	readonly status: number;
	readonly text: string;
	/** On the phone; absent: the text. */
	readonly said?: string;
}

/** What each outcome means to the person, and as a status. An answer that stands already is what the person wants: no error. */
const pages: Readonly<Record<LinkAnswer["outcome"], Meaning>> = {
	acknowledged: { status: 200, text: "Acknowledged: nobody else is paged for it while this answer holds." },
	"already-acknowledged": { status: 200, text: "This incident is acknowledged already." },
	forged: { status: 403, text: "This link is not valid.", said: "This key is not valid." },
	expired: {
		status: 410,
		text: "This link has expired: a newer page of this incident holds a newer one.",
		said: "This call is too old: there is a newer one.",
	},
	"not-open": { status: 410, text: "This incident is over: there is nothing to acknowledge." },
};

/**
 * The page behind an acknowledge link: GET shows what would be acknowledged and a button, only its POST does it, since mail scanners and link
 * previews open links too.
 */
export async function answerAcknowledgePage(ports: AcknowledgePorts, event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
	const { method } = event.requestContext.http;
	if (method !== "GET" && method !== "HEAD" && method !== "POST") return personPage(405, "Expected GET or POST.");
	if (isKeyPress(event)) return heard(await said(ports, event));
	const page = await shown(ports, event, method === "POST");
	return method === "HEAD" && typeof page !== "string" ? { ...page, body: "" } : page;
}

async function shown(ports: AcknowledgePorts, event: LambdaFunctionURLEvent, press: boolean): Promise<LambdaFunctionURLResult> {
	const answer = await answerOf(ports, event, press);
	if (answer === undefined) return personPage(503, "This could not be done now. Please try again: pressing twice does no harm.");
	const { outcome } = answer;
	const what = escaped(answer.detail);
	if (outcome === "acknowledged" && !press) return personPage(200, `Acknowledge this incident? ${what}`, buttonOf("Acknowledge"));
	const { status, text } = pages[outcome];
	return personPage(status, what === "" ? text : `${text} (${what})`);
}

/** A key does what the button does; they have just heard what it is about. */
async function said(ports: AcknowledgePorts, event: LambdaFunctionURLEvent): Promise<string> {
	const answer = await answerOf(ports, event, true);
	if (answer === undefined) return "This could not be done now. Whoever is next is called, unless you answer by another way.";
	const { text, said: onThePhone = text } = pages[answer.outcome];
	return onThePhone;
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
