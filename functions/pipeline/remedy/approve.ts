import { remedyId } from "../../../remedies/kinds.ts";
import type { Incident } from "../model/incident.ts";
import type { Approval, ApprovalLink } from "../ports.ts";
import { beginRemedy, type RemedyPorts } from "./flow.ts";
import { occurrenceOf } from "./items.ts";
import { activeRemediation, approvalText, whyApproval } from "./rules.ts";

/**
 * What a person's link is worth, and with `press` the remedy itself: opening the link does nothing, since mail and chat systems open links too.
 * A link is used up by the first press, whatever becomes of the remedy.
 */
export async function answerApproval(ports: RemedyPorts, link: ApprovalLink, press: boolean): Promise<Approval> {
	const { clock, settings } = ports;
	const incident = await occurrenceOf(ports, link);
	const outcome = whyApproval(incident, await isValid(ports, incident, link), link.expires, clock.now());
	const run = incident?.remedy;
	if (incident === undefined || run === undefined || outcome === "forged") return { outcome: "forged", detail: "" };
	const detail = `${remedyId(run.remedy)} for ${incident.entityName} (${incident.condition})`;
	if (outcome !== "approved" || !press) return { outcome, detail };
	const remediation = activeRemediation(settings.runbooks[incident.condition]);
	if (remediation === undefined || remedyId(remediation.remedy) !== remedyId(run.remedy)) return { outcome: "expired", detail };
	const begun = await beginRemedy(ports, incident, remediation, "person");
	return { outcome: begun.decision === "begun" ? "approved" : begun.reason, detail };
}

/** Without an offer there is nothing to compare with: the answer takes its time all the same. */
async function isValid({ approvals }: RemedyPorts, incident: Incident | undefined, link: ApprovalLink): Promise<boolean> {
	const remedy = incident?.remedy?.remedy ?? { kind: "webhook" as const, url: "" };
	return approvals.valid(approvalText(link.incidentKey, link.occurrence, remedy, link.expires), link.signature);
}
