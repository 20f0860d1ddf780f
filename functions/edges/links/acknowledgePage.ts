import type { LambdaFunctionURLEvent, LambdaFunctionURLResult } from "aws-lambda";
import { holdsLinks } from "../../pipeline/page/link.ts";
import { EdgeError, type LinkAnswer } from "../../pipeline/ports.ts";
import type { AcknowledgePorts } from "../../pipeline/respond/acknowledge.ts";
import { everyPolicy } from "../../pipeline/route/policy.ts";
import { answerLink } from "../../pipeline/run.ts";
import type { RuntimeSettings } from "../../pipeline/settings.ts";
import { acknowledgePath, readAcknowledgeLink } from "./acknowledgeLinks.ts";
import { buttonOf, escaped, personPage } from "./personPage.ts";

/** Whether a request to the function URL follows an acknowledge link: where no page holds one there is no such page. */
export const isAcknowledgement = (settings: Pick<RuntimeSettings, "policies">, { rawPath }: LambdaFunctionURLEvent): boolean =>
	rawPath.startsWith(acknowledgePath) && everyPolicy(settings).some(holdsLinks);

/** What each outcome means to the person, and as a status. An answer that stands already is what the person wants: no error. */
const pages: Readonly<Record<LinkAnswer["outcome"], { readonly status: number; readonly text: string }>> = {
	acknowledged: { status: 200, text: "Acknowledged: nobody else is paged for it while this answer holds." },
	"already-acknowledged": { status: 200, text: "This incident is acknowledged already." },
	forged: { status: 403, text: "This link is not valid." },
	expired: { status: 410, text: "This link has expired: a newer page of this incident holds a newer one." },
	"not-open": { status: 410, text: "This incident is over: there is nothing to acknowledge." },
};

/**
 * The page behind an acknowledge link: GET shows what would be acknowledged and a button, only its POST does it, since mail scanners and link
 * previews open links too.
 */
export async function answerAcknowledgePage(ports: AcknowledgePorts, event: LambdaFunctionURLEvent): Promise<LambdaFunctionURLResult> {
	const { method } = event.requestContext.http;
	if (method !== "GET" && method !== "HEAD" && method !== "POST") return personPage(405, "Expected GET or POST.");
	const page = await shown(ports, event, method === "POST");
	return method === "HEAD" && typeof page !== "string" ? { ...page, body: "" } : page;
}

async function shown(ports: AcknowledgePorts, event: LambdaFunctionURLEvent, press: boolean): Promise<LambdaFunctionURLResult> {
	try {
		const { outcome, detail } = await answerLink(ports, readAcknowledgeLink(event.rawPath), press);
		const what = escaped(detail);
		if (outcome === "acknowledged" && !press) return personPage(200, `Acknowledge this incident? ${what}`, buttonOf("Acknowledge"));
		const { status, text } = pages[outcome];
		return personPage(status, detail === "" ? text : `${text} (${what})`);
	} catch (error) {
		if (!(error instanceof EdgeError)) throw error;
		ports.journal.log({ what: "error", outcome: error.reason, detail: `an acknowledge link could not be answered: ${error.message}` });
		// An answer that was lost on its way back may be written.
		return personPage(503, "This could not be done now. Please try again: pressing twice does no harm.");
	}
}
