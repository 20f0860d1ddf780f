import { remedyId, remedyKindOf, valuesOf } from "../../../remedies/kinds.ts";
import type { Incident, RemedyRun } from "../model/incident.ts";
import { tried } from "../page/course.ts";
import type { Fact } from "../page/fact.ts";
import { goodUntil, linkFacts, meantFor } from "../page/linkFacts.ts";
import { durationOf } from "../page/times.ts";
import type { Approval, ApprovalLink, LinkFacts } from "../ports.ts";
import type { RuntimeSettings } from "../settings.ts";
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
	if (incident === undefined || run === undefined || outcome === "forged") return { outcome: "forged" };
	const answer = (is: string, of: Incident): Approval => ({ outcome: is, about: factsOf(ports, of, link, is === "approved" && !press) });
	if (outcome !== "approved" || !press) return answer(outcome, incident);
	const remediation = activeRemediation(settings.runbooks[incident.condition]);
	if (remediation === undefined || remedyId(remediation.remedy) !== remedyId(run.remedy)) return answer("expired", incident);
	const begun = await beginRemedy(ports, incident, remediation, "person");
	return answer(begun.decision === "begun" ? "approved" : begun.reason, (await occurrenceOf(ports, link)) ?? incident);
}

/** Without an offer there is nothing to compare with: the answer takes its time all the same. */
async function isValid({ approvals }: RemedyPorts, incident: Incident | undefined, link: ApprovalLink): Promise<boolean> {
	const remedy = incident?.remedy?.remedy ?? { kind: "webhook" as const, url: "" };
	return approvals.valid(approvalText(link.incidentKey, link.occurrence, remedy, link.expires), link.signature);
}

/** What whoever holds the link is told: what the remedy would do where it is asked for, and what came of it otherwise. */
function factsOf({ settings, clock }: RemedyPorts, incident: Incident, { expires }: ApprovalLink, isAsked: boolean): LinkFacts {
	const now = clock.now();
	const whose = meantFor(settings, incident, Math.max(1, incident.tier));
	return linkFacts(
		{ settings, incident, now },
		isAsked
			? { first: offeredFacts(settings, incident), terms: [goodUntil(expires * 1000, now, true), whose, meanwhile] }
			: { first: [...tried(incident), ...(incident.remedy?.state === "in-effect" ? [undoingFact(incident.remedy)] : [])], terms: [whose] },
	);
}

/** Approving holds nobody back. */
const meanwhile = "People go on being paged meanwhile: acknowledge all the same.";

function offeredFacts(settings: RuntimeSettings, { condition, remedy: run }: Incident): readonly Fact[] {
	if (run === undefined) return [];
	const does = remedyKindOf(run.remedy.kind).does(valuesOf(run.remedy));
	return [{ name: "What the remedy does", text: does }, undoingFact(run, activeRemediation(settings.runbooks[condition])?.windowSeconds)];
}

/** How it is undone; `seconds` is how long it has to help, where that is not told otherwise. */
function undoingFact({ remedy }: RemedyRun, seconds?: number): Fact {
	const window = seconds === undefined ? "" : `It has ${durationOf(0, seconds * 1000)}. `;
	return { name: "If it does not help", text: `${window}${remedyKindOf(remedy.kind).undoes(valuesOf(remedy))}` };
}
